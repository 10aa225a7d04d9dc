using System.Collections.Immutable;
using Url2Video.Farm.Core.Quality;

namespace Url2Video.Farm.Core.Tests.Quality;

public sealed class PictureTapeTests
{
    [Theory]
    [InlineData(0, 1)]
    [InlineData(7, 64)]
    [InlineData(123_456_789_012, 300)]
    public void WriteRead_AnyTape_GivesItBack(long first, int frames)
    {
        var tape = Any(first, frames, seed: frames);

        var back = PictureTapeFile.TryRead(PictureTapeFile.Write(tape));

        AssertSame(tape, back);
    }

    [Fact]
    public void Write_APictureAtRest_IsSmall() =>
        Assert.InRange(PictureTapeFile.Write(Tapes.Of(0, 300, (_, i) => (byte)i)).Length, 1, 1_200);

    /// <summary>A node may hand in anything.</summary>
    [Fact]
    public void TryRead_DamagedBytes_NeverThrows()
    {
        var whole = PictureTapeFile.Write(Any(3, 40, seed: 1));
        var random = new Random(2);
        for (var i = 0; i < 3_000; i++)
        {
            var bytes = whole.AsSpan(0, i < 500 ? random.Next(whole.Length) : whole.Length).ToArray();
            for (var k = random.Next(4); k > 0 && bytes.Length > 0; k--)
            {
                bytes[random.Next(Math.Min(bytes.Length, i % 2 == 0 ? 24 : bytes.Length))] = (byte)random.Next(256);
            }

            var tape = PictureTapeFile.TryRead(bytes);

            Assert.True(tape is null || tape.Frames <= Limits.QualityRecordFramesMax);
        }

        Assert.Null(PictureTapeFile.TryRead([]));
    }

    [Fact]
    public void Join_IsAssociativeAndCommutative_WhereverTheCutsLie()
    {
        var random = new Random(5);
        var whole = Any(0, 240, seed: 9);
        var expected = QualityJson.Write(Tapes.Judge(Tapes.Outline(240), whole));
        for (var round = 0; round < 40; round++)
        {
            int[] cuts = [0, .. Enumerable.Range(0, round % 9).Select(_ => random.Next(1, 240)).Distinct().Order(), 240];
            var tracks = cuts.Zip(cuts.Skip(1), (a, b) => PictureTrack.Of([Part(whole, a, b)])).OrderBy(_ => random.Next()).ToList();
            while (tracks.Count > 1)
            {
                var at = random.Next(tracks.Count - 1);
                var joined = random.Next(2) == 0 ? tracks[at].Join(tracks[at + 1]) : tracks[at + 1].Join(tracks[at]);
                tracks[at] = joined;
                tracks.RemoveAt(at + 1);
            }

            Assert.Equal(expected, QualityJson.Write(Tapes.Judge(Tapes.Outline(240), [.. tracks[0].Tapes])));
        }
    }

    [Fact]
    public void Join_WithAGap_IsToldAndJudgedOnBothSides()
    {
        var whole = Tapes.Of(0, 240, (f, i) => f is >= 100 and < 140 ? (byte)16 : Tapes.Lively(f, i));

        var report = Tapes.Judge(Tapes.Outline(240), Part(whole, 0, 110), Part(whole, 130, 240));

        Assert.Equal(220, report.Figures.FramesMeasured);
        Assert.Contains(report.Findings, f => f.Code == FindingCodes.Unmeasured && f.Severity == Severity.Info);
        Assert.Equal([10m, 10m], report.Findings.Where(f => f.Code == FindingCodes.Black).Select(f => f.Measured));
    }

    /// <summary>A tape of the first version is not misread: it counts as not measured.</summary>
    [Fact]
    public void TryRead_OfTheFirstVersion_IsNone()
    {
        var bytes = PictureTapeFile.Write(Any(0, 8, seed: 1));
        bytes[3] = (byte)'1';

        Assert.Null(PictureTapeFile.TryRead(bytes));
    }

    private static PictureTape Any(long first, int frames, int seed)
    {
        var random = new Random(seed);
        var tape = Tapes.Of(first, frames, (f, i) => (byte)(f / 50 % 2 == 0 ? 100 : random.Next(256)), (f, _) => (byte)(f / 20 % 3 == 0 ? random.Next(160) : 0));
        return tape with
        {
            Details =
            [
                .. Enumerable.Range(0, frames).Select(f => first + f).Where(f => f % PictureTape.DetailEvery == 0)
                    .Select(f => new DetailRow(f, random.Next(9_000), 500, 1_500 + random.Next(3_000), 1_000, random.Next(1_000), 0, 900, [1, 2, 3, 4])),
            ],
            Texts = [new TextRow("text/0000000000/00", TextRole.Card, first, 100, 100, 300, 80, 1_400, first), new TextRow("logo", TextRole.Logo, -1, 1700, 60, 90, 60, 0, first)],
        };
    }

    // Each part knows its own texts' worst moment.
    private static PictureTape Part(PictureTape tape, int from, int end) => tape with
    {
        FirstFrame = from,
        Fields = tape.Fields[(from * 2 * tape.Cells)..(end * 2 * tape.Cells)],
        Details = [.. tape.Details.Where(d => d.Frame >= from && d.Frame < end)],
        Texts = from == 0 ? tape.Texts : [.. tape.Texts.Select(t => t with { Ratio = t.Ratio * 2, Frame = from })],
    };

    private static void AssertSame(PictureTape expected, PictureTape? actual)
    {
        Assert.NotNull(actual);
        Assert.Equal((expected.Columns, expected.Rows, expected.FirstFrame), (actual.Columns, actual.Rows, actual.FirstFrame));
        Assert.True(expected.Fields.Span.SequenceEqual(actual.Fields.Span));
        Assert.Equal<IEnumerable<TextRow>>(expected.Texts, actual.Texts);
        Assert.Equal(expected.Details.Select(Flat), actual.Details.Select(Flat));

        static string Flat(DetailRow d) => $"{d with { Colours = ImmutableArray<int>.Empty }} {string.Join(' ', d.Colours)}";
    }
}
