using System.Collections.Immutable;
using Url2Video.Farm.Core.Contracts;
using Url2Video.Farm.Core.Planning;
using static Url2Video.Farm.Core.Tests.Planning.Films;

namespace Url2Video.Farm.Core.Tests.Planning;

public sealed class JobKeysTests
{
    private static readonly StoryboardFacts Board = Facts(
        Scene("a", visual: "red", isFixed: 9_000), Scene("b", visual: "green", isFixed: 9_000), Scene("c", visual: "blue", isFixed: 9_000));

    private static readonly Brief Wish = new(1280, 720, new Rational(30, 1), 60, null, "en", -140, true, CaptionPlacement.Burned, 1);

    [Fact]
    public void Of_SameWork_IsOneKeyOfSixtyFourHexDigits()
    {
        var key = JobKeys.Of(Render(Board, 0), Board);

        Assert.Equal(key, JobKeys.Of(Render(Board, 0), Board));
        Assert.Matches("^[0-9a-f]{64}$", key.Sha256);
    }

    /// <summary>The promise behind cheap re-rendering: an edit to the picture of one scene costs only the chunks that show it.</summary>
    [Fact]
    public void Of_RenderAfterAnEditToOneScene_ChangesOnlyTheChunksThatShowIt()
    {
        var edited = Board with { Scenes = Board.Scenes.SetItem(1, Board.Scenes[1] with { Visual = "yellow" }) };

        var changed = Enumerable.Range(0, 7).Where(c => JobKeys.Of(Render(Board, c), Board) != JobKeys.Of(Render(edited, c), edited));

        // Scene b lasts from frame 270 to 540; chunks are 128 frames.
        Assert.Equal([2, 3, 4], changed);
    }

    [Fact]
    public void Of_Render_DoesNotDependOnTheDocumentAsSuch()
    {
        var other = Render(Board, 1) with { Storyboard = Artifact("another document with the same scenes") };

        Assert.Equal(JobKeys.Of(Render(Board, 1), Board), JobKeys.Of(other, Board));
        Assert.NotEqual(JobKeys.Of(Render(Board, 1), null), JobKeys.Of(other, null));
    }

    [Fact]
    public void Of_Render_DependsOnEverythingThatIsSeen()
    {
        var work = Render(Board, 1);
        var speech = work.Scenes.Select((_, i) => (SceneSpeech?)Speech(48_000, $"speech {i}")).ToImmutableArray();
        JobWork[] variants =
        [
            work,
            work with { Fps = new Rational(25, 1) },
            work with { Width = 1282 },
            work with { Height = 722 },
            work with { Ladder = [work.Ladder[0] with { Crf = 30 }] },
            work with { Ladder = [work.Ladder[0] with { Preset = "slow" }] },
            work with { Chunk = work.Chunk with { Segments = work.Chunk.Segments.SetItem(0, work.Chunk.Segments[0] with { Index = 9 }) } },
            work with { Scenes = work.Scenes.SetItem(0, work.Scenes[0] with { StartFrame = 1 }) },
            work with { Scenes = work.Scenes.SetItem(0, work.Scenes[0] with { Frames = 271 }) },
            work with { Scenes = work.Scenes.SetItem(0, work.Scenes[0] with { TransitionFrames = 3 }) },
            work with { Speech = speech },
            work with { Speech = speech.SetItem(0, Speech(48_000, "other words")) },
            work with { Speech = speech, Scenes = work.Scenes.SetItem(0, work.Scenes[0] with { SpeechStartSample = 1 }) },
            Render(Board, 2),
        ];

        Assert.Equal(variants.Length, variants.Select(v => JobKeys.Of(v, Board)).Distinct().Count());
    }

    [Fact]
    public void Of_RenderWithoutCaptions_IsDeafToSpeech()
    {
        var work = Render(Board, 1);
        var moved = work with { Scenes = work.Scenes.SetItem(0, work.Scenes[0] with { SpeechStartSample = 77 }) };

        Assert.Equal(JobKeys.Of(work, Board), JobKeys.Of(moved, Board));
    }

    [Fact]
    public void Of_Speak_FollowsTheWordsAlone()
    {
        var work = new JobWork.Speak(Artifact("storyboard"), 1);
        var moved = new JobWork.Speak(Artifact("storyboard, edited elsewhere"), 0);
        var board = Facts(Scene("x", say: "say"));

        Assert.Equal(JobKeys.Of(work, Board), JobKeys.Of(moved, board));
        Assert.NotEqual(JobKeys.Of(work, Board), JobKeys.Of(moved, Facts(Scene(say: "else"))));
    }

    [Fact]
    public void Of_Mix_FollowsSoundAndPacketsButNoFrames()
    {
        var plan = FilmPlanner.Plan(Board, [null, null, null], []).OrThrow();
        var segments = plan.Chunks.SelectMany(c => c.Segments).ToImmutableArray();
        var work = new JobWork.Mix(Artifact("s"), plan.Fps, plan.Samples, plan.Scenes, [Speech(1), null, null], segments);
        var key = JobKeys.Of(work, Board);

        Assert.Equal(key, JobKeys.Of(work with { Segments = segments.SetItem(0, segments[0] with { Frames = 1 }) }, Board));
        Assert.NotEqual(key, JobKeys.Of(work with { Segments = segments.SetItem(0, segments[0] with { Packets = 1 }) }, Board));
        Assert.NotEqual(key, JobKeys.Of(work with { Speech = [Speech(1, "other"), null, null] }, Board));
        Assert.NotEqual(key, JobKeys.Of(work, Board with { Mix = "other music" }));
    }

    /// <summary>Fields that lie side by side must not run into each other.</summary>
    [Fact]
    public void Of_IngestOfDifferentSources_Differs()
    {
        JobWork[] works =
        [
            new JobWork.Ingest(new SourceSpec.WebPage("https://a"), Wish),
            new JobWork.Ingest(new SourceSpec.WebPage("https://a", true), Wish),
            new JobWork.Ingest(new SourceSpec.WebPage("https://a"), Wish with { Seed = 2 }),
            new JobWork.Ingest(new SourceSpec.WebPage("https://a"), Wish with { Voice = "en", Language = null }),
            new JobWork.Ingest(new SourceSpec.WebPage("https://a"), Wish with { SecondsTarget = null }),
            new JobWork.Ingest(new SourceSpec.PlainText(Artifact("a")), Wish),
            new JobWork.Ingest(new SourceSpec.PageBundle("ab", []), Wish),
            new JobWork.Ingest(new SourceSpec.PageBundle("a", [new BundleFile("b", Artifact("b"))]), Wish),
            new JobWork.Ingest(new SourceSpec.StoryboardBundle("ab", []), Wish),
            new JobWork.Write(Artifact("a"), Wish),
        ];

        Assert.Equal(works.Length, works.Select(w => JobKeys.Of(w, null)).Distinct().Count());
        Assert.Equal([false, false, false, false, false, true, true, true, true, true], works.Select(JobKeys.IsShareable));
    }

    [Fact]
    public void Of_Assemble_DependsOnEveryFile()
    {
        var plan = FilmPlanner.Plan(Board, [null, null, null], []).OrThrow();
        var files = new RenditionFiles(Artifact("init"), [Artifact("1"), Artifact("2")]);
        var work = new JobWork.Assemble(Artifact("s"), OutputFormats.Mp4, plan.Fps, plan.Scenes, [null, null, null], files, files);

        Assert.NotEqual(JobKeys.Of(work, Board), JobKeys.Of(work with { Audio = files with { Segments = [Artifact("1")] } }, Board));
        Assert.NotEqual(JobKeys.Of(work, Board), JobKeys.Of(work with { Storyboard = Artifact("t") }, Board));
    }

    private static JobWork.Render Render(StoryboardFacts facts, int chunk)
    {
        var plan = FilmPlanner.Plan(facts, [null, null, null], [720]).OrThrow();
        var slot = plan.Chunks[chunk];
        var seen = plan.Scenes.Where(s => s.StartFrame < slot.FirstFrame + slot.Frames && s.StartFrame + s.Frames > slot.FirstFrame).ToImmutableArray();
        return new JobWork.Render(Artifact("storyboard"), plan.Fps, plan.Width, plan.Height, plan.Ladder, seen, [.. seen.Select(_ => (SceneSpeech?)null)], slot);
    }
}
