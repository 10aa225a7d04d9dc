using System.Collections.Immutable;
using System.Globalization;
using FsCheck.Xunit;
using Url2Video.Farm.Core.Contracts;
using Url2Video.Farm.Core.Outputs;
using Url2Video.Farm.Core.Planning;
using Url2Video.Farm.Core.Projects;
using static Url2Video.Farm.Core.Tests.Planning.Films;

namespace Url2Video.Farm.Core.Tests.Planning;

public sealed class SceneCutsTests
{
    private static readonly Rational s_fps = new(30, 1);
    private static readonly string[] s_rates = ["1", "6/5", "3/2", "10", "23.976", "24", "25", "29.97", "30", "50", "60", "120"];

    [Theory]
    [InlineData("150 150 150 150", 15, "150 150 150 150")] // Key frames as many as an encoder sets by itself.
    [InlineData("240 240 240", 9, "120 120|40 100 100|40 100 100")]
    [InlineData("240 240 240", 0, "120 120|120 120|120 120")] // A cut shows nothing of two scenes.
    [InlineData("100 280", 9, "100|40 120 120")]
    [InlineData("100 280", 70, "100|50 115 115")] // The transition, of half the shorter scene, in one chunk.
    [InlineData("60 60 60 60 60", 9, "120|120|60")] // Two and two are joined.
    [InlineData("150 20 150 10", 0, "150|90 90")] // Too short for a chunk: with what comes after it, and the end with what is before.
    [InlineData("150 30 130 30 20 20 20 20", 0, "150|160|110")] // Alone, but not with what comes after.
    [InlineData("30 30 30 30 30 30 30 30 30 30 30", 9, "150|40 140")] // Nothing is left alone that is too short.
    [InlineData("20 150", 9, "85 85")]
    [InlineData("150 20 20 20", 0, "150|60")]
    [InlineData("20 20 20 20 20 20 20 20 20 20 20", 9, "160|60")] // Eight of them fill a chunk.
    [InlineData("150 20 15", 9, "92 93")] // All that is left is too short.
    [InlineData("160", 9, "160")]
    [InlineData("161", 9, "80 81")]
    [InlineData("7", 9, "7")]
    public void Cut_OfScenes_BeginsChunksWhereScenesBegin(string scenes, int transition, string expected)
    {
        var chunks = SceneCuts.Cut(SceneSlots.Of(s_fps, transition, [.. scenes.Split(' ').Select(Number)]), s_fps);

        Assert.Equal(expected.Split('|', ' ').Select(Number), chunks.Select(c => c.Frames));
    }

    [Property(MaxTest = 300)]
    public void Cut_OfAnyScenes_CoversTheFilmByChunksOfOneKeyFrame(ushort[] lengths, byte transition, byte rate)
    {
        Assert.True(Rational.TryParse(s_rates[rate % s_rates.Length], out var fps));
        var (full, min) = (ChunkGrid.FileSegmentFrames(fps), ChunkGrid.FileSegmentFramesMin(fps));
        Assert.InRange(full, 4 * fps.Numerator / fps.Denominator, 8 * fps.Numerator / fps.Denominator);
        var scenes = SceneSlots.Of(fps, transition, [.. lengths.Append((ushort)1).Select(l => 1 + (l % (5 * full)))]);

        var chunks = SceneCuts.Cut(scenes, fps);

        var (frame, packet) = (0L, 0L);
        foreach (var (i, chunk) in chunks.Index())
        {
            var segment = Assert.Single(chunk.Segments);
            Assert.Equal((i, i, frame, packet), (chunk.Index, segment.Index, segment.FirstFrame, segment.FirstPacket));
            Assert.InRange(segment.Frames, chunks.Length == 1 ? 1 : min, full);
            Assert.True(segment.Packets >= 1);
            (frame, packet) = (frame + segment.Frames, packet + segment.Packets);
        }

        var frames = scenes.Sum(s => s.Frames);
        Assert.Equal((frames, SampleClock.PacketsFor(SampleClock.SamplesAt(frames, fps))), (frame, packet));

        // A scene that fills a chunk begins one, unless what is before it is too short for one; and no film has many more than it is long.
        var starts = chunks.Select(c => c.FirstFrame).ToHashSet();
        Assert.All(scenes.Skip(1).Where(s => s.Frames > full && scenes[s.Index - 1].Frames >= min), s => Assert.Contains(s.StartFrame, starts));
        Assert.InRange(chunks.Length, frames / full, (2 * frames / full) + scenes.Length + 1);
    }

    /// <summary>Scenes of two seconds have their cuts every four, whatever is before them and however the film ends.</summary>
    [Theory]
    [InlineData(60)]
    [InlineData(36)]
    public void Cut_OfManyShortScenes_StaysWhenTheLastBecomesShorter(int last)
    {
        int[] scenes = [900, .. Enumerable.Repeat(60, 29), last];

        var starts = SceneCuts.Cut(SceneSlots.Of(s_fps, transition: 9, scenes), s_fps).Select(c => c.FirstFrame).ToList();

        Assert.Equal(Enumerable.Range(0, 14).Select(i => 900L + (120 * i)), starts.Where(s => s >= 900).Take(14));
        Assert.Equal([0L, 150, 300, 450, 600, 750], starts.Where(s => s < 900).ToList());
        Assert.Equal(10, SceneCuts.Cut(SceneSlots.Of(s_fps, transition: 9, [.. Enumerable.Repeat(60, 20)]), s_fps).Count(c => c.Frames == 120));
    }

    /// <summary>What the decision promises: nothing before a scene that got longer or shorter is made anew, but for the scenes that are cut together with it.</summary>
    [Property(MaxTest = 300)]
    public void Cut_WithOneSceneOfAnotherLength_MovesNothingBeforeItsGroup(ushort[] lengths, ushort which, ushort length, byte transition, byte longest)
    {
        var (full, min) = (ChunkGrid.FileSegmentFrames(s_fps), ChunkGrid.FileSegmentFramesMin(s_fps));
        int[] before = [.. lengths.Append(length).Select(l => 1 + (l % (20 + longest)))];
        var k = which % before.Length;
        int[] after = [.. before.Select((l, i) => i == k ? 1 + (length * 7 % 400) : l)];
        var (old, young) = (SceneSlots.Of(s_fps, transition, before), SceneSlots.Of(s_fps, transition, after));

        var until = Math.Min(StartOfGroup(old, k), StartOfGroup(young, k));

        Assert.Equal(Before(old, until), Before(young, until));
        Assert.All(SceneCuts.Groups(old, full, min), g => Assert.InRange(old[g.First..g.End].Sum(s => s.Frames), 1, (2 * full) + before.Max()));

        long StartOfGroup(ImmutableArray<SceneSlot> scenes, int scene) => scenes[SceneCuts.Groups(scenes, full, min).Last(g => g.First <= scene).First].StartFrame;
        static List<long> Before(ImmutableArray<SceneSlot> scenes, long until) => [.. SceneCuts.Cut(scenes, s_fps).Select(c => c.FirstFrame).Where(f => f < until)];
    }

    /// <summary>Ten scenes of eight seconds: what is seen of one lies in its own three chunks and in the short one that begins with the transition after it.</summary>
    [Fact]
    public void Keys_AfterAnEditToOneScene_ChangeForAnEighthOfTheFilm()
    {
        var board = Facts([.. Enumerable.Range(0, 10).Select(i => Scene($"s{i}", say: null, visual: $"picture {i}", isFixed: 8_000, transition: i == 0 ? 0 : 300))]);
        var edited = board with { Scenes = board.Scenes.SetItem(5, board.Scenes[5] with { Visual = "another" }) };

        var (before, after) = (Works(board), Works(edited));

        var changed = before.Zip(after).Where(p => p.First.Key != p.Second.Key).Select(p => p.First.Chunk).ToList();
        Assert.Equal([(1_200L, 40), (1_240L, 100), (1_340L, 100), (1_440L, 40)], changed.Select(c => (c.FirstFrame, c.Frames)));
        Assert.Equal(29, before.Count);
    }

    /// <summary>Nothing before a longer scene moves; what comes after it has another place in the film, and that is in its bytes.</summary>
    [Fact]
    public void Keys_AfterASceneGotLonger_StayForAllBeforeIt()
    {
        var board = Facts([.. Enumerable.Range(0, 6).Select(i => Scene($"s{i}", say: null, visual: $"picture {i}", isFixed: 4_000, transition: i == 0 ? 0 : 300))]);
        var longer = board with { Scenes = board.Scenes.SetItem(3, board.Scenes[3] with { MsFixed = 5_000 }) };

        var (before, after) = (Works(board), Works(longer));

        Assert.Equal(before.Take(3).Select(w => w.Key), after.Take(3).Select(w => w.Key));
        Assert.Empty(before.Skip(3).Select(w => w.Key).Intersect(after.Select(w => w.Key)));
        Assert.Equal(before.Skip(4).Select(w => w.Chunk.Frames), after.Skip(4).Select(w => w.Chunk.Frames)); // Cut alike all the same.
    }

    /// <summary>Two scenes that trade time leave the others where they were; the last frames of the second are seen in the chunk after it.</summary>
    [Fact]
    public void Keys_AfterScenesTradedTime_StayForAllThatShowNeither()
    {
        var board = Facts([.. Enumerable.Range(0, 6).Select(i => Scene($"s{i}", say: null, visual: $"picture {i}", isFixed: 4_000, transition: i == 0 ? 0 : 300))]);
        var traded = board with
        {
            Scenes = board.Scenes.SetItem(2, board.Scenes[2] with { MsFixed = 3_500 }).SetItem(3, board.Scenes[3] with { MsFixed = 4_500 }),
        };

        var (before, after) = (Works(board), Works(traded));

        Assert.Equal([2, 3, 4], Enumerable.Range(0, 6).Where(i => before[i].Key != after[i].Key));
    }

    /// <summary>
    /// A stream has another distance of key frames: chunks of the two must not be taken for each other, nor those of a server from before, which takes a film whose first chunk is short
    /// for one of a stream.
    /// </summary>
    [Theory]
    [InlineData(2_000)]
    [InlineData(5_000)]
    public void Key_OfAChunk_HoldsTheDistanceOfKeyFrames(int millis)
    {
        var plan = FilmPlanner.Plan(Facts(Scene(say: null, isFixed: millis)), [null], [720]).OrThrow();
        var work = new JobWork.Render(Artifact("s"), plan.Fps, plan.Width, plan.Height, plan.Ladder, plan.Scenes, [null], plan.Chunks[0]);

        Assert.NotEqual(JobKeys.Of(work, null), JobKeys.Of(work with { GopFrames = 160 }, null));
    }

    private static List<(ChunkSlot Chunk, JobKey Key)> Works(StoryboardFacts facts)
    {
        var plan = FilmPlanner.Plan(facts, [.. facts.Scenes.Select(_ => (SceneSpeech?)null)], [720], OutputFormats.Mp4, EncodingWishes.Customary).OrThrow();
        return [.. plan.Chunks.Select(c =>
        {
            var (first, last) = JobSpecs.ScenesSeen(plan.Scenes, c.FirstFrame, c.FirstFrame + c.Frames);
            var work = new JobWork.Render(Artifact("board"), plan.Fps, plan.Width, plan.Height, plan.Ladder, plan.Scenes[first..(last + 1)], [.. Enumerable.Repeat<SceneSpeech?>(null, last - first + 1)], c);
            return (c, JobKeys.Of(work, facts));
        })];
    }

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
