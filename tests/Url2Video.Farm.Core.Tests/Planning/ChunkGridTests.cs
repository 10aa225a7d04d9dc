using System.Collections.Immutable;
using FsCheck.Xunit;
using Url2Video.Farm.Core.Planning;

namespace Url2Video.Farm.Core.Tests.Planning;

public sealed class ChunkGridTests
{
    private static readonly string[] Rates = ["10", "12", "15", "23.976", "24", "25", "29.97", "30", "48", "50", "59.94", "60", "120"];

    public static TheoryData<string> AllRates { get; } = [.. Rates];

    /// <summary>The lengths at which frames and packets meet, as measured in the field.</summary>
    [Theory]
    [InlineData("24", 64, 125)]
    [InlineData("25", 48, 90)]
    [InlineData("30", 64, 100)]
    [InlineData("50", 96, 90)]
    [InlineData("60", 128, 100)]
    public void SegmentFrames_OfAnExactRate_IsAWholeNumberOfPackets(string fps, int frames, int packets)
    {
        Assert.Equal(frames, ChunkGrid.SegmentFrames(Fps(fps)));
        Assert.Equal(packets * 1024L, SampleClock.SamplesAt(frames, Fps(fps)));
    }

    [Theory]
    [InlineData("23.976", 48)]
    [InlineData("29.97", 60)]
    [InlineData("59.94", 120)]
    [InlineData("1", 2)]
    public void SegmentFrames_OfARateWithoutAGrid_IsTwoSeconds(string fps, int frames) =>
        Assert.Equal(frames, ChunkGrid.SegmentFrames(Fps(fps)));

    [Theory]
    [MemberData(nameof(AllRates))]
    public void Cut_OfAnyLength_CoversTheFilmWithoutGapOrDrift(string rate)
    {
        var fps = Fps(rate);
        var (full, min) = (ChunkGrid.SegmentFrames(fps), ChunkGrid.SegmentFramesMin(fps));
        for (var frames = 1L; frames <= full * 5; frames++)
        {
            AssertCovers(frames, fps, full, min);
        }
    }

    [Property(MaxTest = 50)]
    public void Cut_OfALongFilm_CoversIt(uint length, byte rate)
    {
        var fps = Fps(Rates[rate % Rates.Length]);
        AssertCovers(length % 400_000L + 1, fps, ChunkGrid.SegmentFrames(fps), ChunkGrid.SegmentFramesMin(fps));
    }

    [Theory]
    [InlineData("24")]
    [InlineData("25")]
    [InlineData("30")]
    [InlineData("50")]
    [InlineData("60")]
    public void Cut_OnAnExactGrid_IsHeardExactlyWhereItIsSeen(string rate)
    {
        var fps = Fps(rate);
        var segments = ChunkGrid.Cut(100_000, fps).SelectMany(c => c.Segments).Skip(1);

        Assert.All(segments, s => Assert.Equal(SampleClock.SamplesAt(s.FirstFrame, fps), (s.FirstPacket - 1) * 1024));
    }

    [Fact]
    public void Cut_OfATailTooShortToEncode_MergesItIntoTheSegmentBefore()
    {
        var chunks = ChunkGrid.Cut(64 * 3 + 15, new Rational(30, 1));

        Assert.Equal([[64, 64], [79]], chunks.Select(c => c.Segments.Select(s => s.Frames)));
        Assert.Equal(64 * 3 + 16, ChunkGrid.Cut(64 * 3 + 16, new Rational(30, 1)).Sum(c => c.Frames));
        Assert.Equal(16, ChunkGrid.Cut(64 * 3 + 16, new Rational(30, 1))[^1].Segments[^1].Frames);
    }

    [Fact]
    public void GopFrames_OfAFilm_IsWhatItWasCutBy()
    {
        var fps = new Rational(30, 1);

        Assert.Equal(160, ChunkGrid.GopFrames(Scenes(60, 150), fps)); // Its first chunk is no longer than one of a stream.
        Assert.Equal(160, ChunkGrid.GopFrames(Scenes(80), fps));
        Assert.Equal(64, ChunkGrid.GopFrames(ChunkGrid.Cut(600, fps), fps));
        Assert.Equal(64, ChunkGrid.GopFrames(ChunkGrid.Cut(79, fps), fps)); // The longest of its kind.

        ImmutableArray<ChunkSlot> Scenes(params int[] frames) => SceneCuts.Cut(SceneSlots.Of(fps, transition: 0, frames), fps);
    }

    /// <summary>Plans of before there were cuts by scenes are in journals, and their films are finished by them.</summary>
    [Fact]
    public void GopFrames_OfAPlanFromBefore_IsWhatItWasCutBy()
    {
        var fps = new Rational(30, 1);

        Assert.Equal(160, ChunkGrid.GopFrames(OldPlans.Of550Frames, fps)); // Its last chunk, of 70 frames, is no longer than one of a stream.
        Assert.Equal(160, ChunkGrid.GopFrames([new ChunkSlot(0, [new SegmentSlot(0, 0, 80, 0, 126)])], fps));
    }

    private static void AssertCovers(long frames, Rational fps, int full, int min)
    {
        var chunks = ChunkGrid.Cut(frames, fps);
        var (frame, packet, index) = (0L, 0L, 0);
        foreach (var segment in chunks.SelectMany(c => c.Segments))
        {
            Assert.Equal((index++, frame, packet), (segment.Index, segment.FirstFrame, segment.FirstPacket));
            Assert.InRange(segment.Frames, (int)Math.Min(min, frames), full + min - 1);
            Assert.True(segment.Packets >= 1);

            // Never further apart than half a packet (10.7 ms): sound of a segment starts with its picture.
            var skew = Math.Abs((packet == 0 ? 0 : packet - 1) * 1024 - SampleClock.SamplesAt(frame, fps));
            Assert.InRange(skew, 0, 512);
            (frame, packet) = (frame + segment.Frames, packet + segment.Packets);
        }

        Assert.Equal(frames, frame);
        Assert.Equal(SampleClock.PacketsFor(SampleClock.SamplesAt(frames, fps)), packet);
        Assert.All(chunks, (c, i) => Assert.Equal((i, i < chunks.Length - 1 ? 2 : c.Segments.Length), (c.Index, c.Segments.Length)));
        Assert.All(chunks.SelectMany(c => c.Segments).SkipLast(1), s => Assert.Equal(full, s.Frames));
    }

    private static Rational Fps(string text) => Rational.TryParse(text, out var fps) ? fps : throw new ArgumentException(text);
}
