using System.Globalization;
using Url2Video.Farm.Media.Composition;
using Url2Video.Farm.Media.Pixels;
using Url2Video.Farm.Media.Tests.Pixels;
using Xunit;

namespace Url2Video.Farm.Media.Tests.Composition;

public sealed class ChartTests
{
    private const int Width = 960, Height = 540;

    public static TheoryData<string> Shapes => [.. Enum.GetNames<ChartShape>()];

    [Theory]
    [InlineData(0, 0.25)]
    [InlineData(0.1, 0.85)]
    [InlineData(0.4, 0.4)]
    [InlineData(0, 1)]
    public void Slice_AnyPart_HasItsShareOfTheRing(double from, double to)
    {
        const int Side = 300;
        using var mask = ChartShapes.Slice(Side, from, to);
        double covered = 0;
        for (var y = 0; y < Side; y++)
        {
            foreach (var coverage in mask.Luma.Row(y))
            {
                covered += coverage / 255.0;
            }
        }

        // Two gaps of half a hundredth of the side, each as long as the ring is broad.
        var ring = Math.PI * ((150.0 * 150) - (87.0 * 87));
        var gaps = to - from is 0 or > 0.999 ? 0 : 2 * 1.5 * 63;
        Assert.InRange(covered, (ring * (to - from)) - gaps - 60, (ring * (to - from)) - gaps + 60);
    }

    [Fact]
    public void Slice_FirstQuarter_LiesAtTheUpperRight()
    {
        using var mask = ChartShapes.Slice(100, 0, 0.25);

        Assert.Equal((255, 0, 0), (mask.Luma.Row(20)[80], mask.Luma.Row(80)[80], mask.Luma.Row(20)[20]));
    }

    [FontFact("NotoSans")]
    public void Bars_OnFrames_AreAsLongAsTheirValues()
    {
        using var frame = new YuvImage(Width, Height);
        using var renderer = new FilmRenderer(Films.One(Width, Height, Films.Black, CardOf(ChartShape.Bar)), Fonts.All, new SyntheticPictures());
        renderer.Compose(59, frame);

        // The accent of the theme is what bars alone have: runs of its luma, as long as 40, 20 and 10.
        var accent = Theme.Default.Accent.ToYuv().Y;
        var runs = Enumerable.Range(0, Height).Select(y => Longest(frame.RowY(y), accent)).ToList();
        var lengths = new List<int>();
        for (var y = 1; y < Height; y++)
        {
            if (runs[y] > 30 && runs[y - 1] <= 30)
            {
                lengths.Add(runs.Skip(y).TakeWhile(r => r > 30).Max());
            }
        }

        Assert.Equal(3, lengths.Count);
        Assert.InRange(lengths[1] / (double)lengths[0], 0.49, 0.51);
        Assert.InRange(lengths[2] / (double)lengths[0], 0.24, 0.26);
    }

    [FontTheory("NotoSans")]
    [MemberData(nameof(Shapes))]
    public void AnyShape_FramesInAnyOrderAndByAnyExecution_AreTheSame(string name)
    {
        var film = Films.One(Width, Height, Films.Black, CardOf(Enum.Parse<ChartShape>(name)));
        using var frame = new YuvImage(Width, Height);
        using var forwards = new FilmRenderer(film, Fonts.All, new SyntheticPictures());
        using var scalar = new FilmRenderer(film, Fonts.All, new SyntheticPictures(), Lanes.Scalar);
        var hashes = Enumerable.Range(0, 6).Select(i => HashOf(forwards, 10 * i)).ToList();

        Assert.Equal(6, hashes.Distinct().Count() + (hashes[5] == hashes[4] ? 1 : 0));
        foreach (var i in (int[])[4, 1, 5, 0])
        {
            Assert.Equal(hashes[i], HashOf(scalar, 10 * i));
        }

        string HashOf(FilmRenderer renderer, int n)
        {
            renderer.Compose(n, frame);
            return TestPictures.Hash(frame);
        }
    }

    [FontTheory("NotoSans")]
    [InlineData(640, 360)]
    [InlineData(360, 640)]
    [InlineData(360, 360)]
    public void AnyShape_LongLabels_StaysInsideTheSafeMargins(int width, int height)
    {
        foreach (var shape in Enum.GetValues<ChartShape>())
        {
            var card = CardOf(shape) with
            {
                Values = [.. Enumerable.Range(0, 8).Select(i => new ChartValue("A label that goes on and on for long", "10,000,000 km", i))],
            };
            using var frame = new YuvImage(width, height);
            using var renderer = new FilmRenderer(Films.One(width, height, Films.Black, card), Fonts.All, new SyntheticPictures());
            renderer.Compose(59, frame);
            for (var y = 0; y < height; y++)
            {
                var isMargin = y < height * 7 / 100 || y > height * 95 / 100;
                var row = frame.RowY(y);
                Assert.False((isMargin ? row : row[..(width * 5 / 100)]).ContainsAnyInRange((byte)120, (byte)255), $"{shape} at row {y}");
                Assert.False(row[(width * 95 / 100)..].ContainsAnyInRange((byte)120, (byte)255), $"{shape} at row {y}");
            }
        }
    }

    [Theory]
    [InlineData("40 80 40", 1, 90, 104)] // A valley: under it.
    [InlineData("80 40 80", 1, 90, 6)] // A peak: over it.
    [InlineData("40 80 90", 1, 100, 46)] // Falling: to the right of the line that comes from above.
    [InlineData("90 80 40", 1, 80, 46)] // Rising: to the left.
    [InlineData("40 118 40", 1, 90, 84)] // A valley on the ground: over it, for want of room.
    [InlineData("80 40", 0, 30, 46)] // The first of a rise.
    public void FigurePlace_BesideTheLine_IsClearOfIt(string heights, int point, int x, int y)
    {
        var points = heights.Split(' ').Select((h, i) => (X: 50 + (50 * i), Y: int.Parse(h, CultureInfo.InvariantCulture))).ToList();
        var place = ChartShapes.FigurePlace(points, point, (20, 10), new PixelRect(0, 20, 200, 100), 24);
        Assert.Equal((x, y), place);
    }

    /// <summary>Writes every chart as a strip of frames to the folder that U2V_SHEETS names, for people to look at.</summary>
    [SheetsFact]
    public void Sheets_EveryShape_AreWritten()
    {
        using var frame = new YuvImage(Width, Height);
        foreach (var shape in Enum.GetValues<ChartShape>())
        {
            using var renderer = new FilmRenderer(Films.One(Width, Height, new Background.Generated(4), CardOf(shape)), Fonts.All, new SyntheticPictures());
            Sheets.Write($"chart-{shape}", Enumerable.Range(0, 8).Select(i =>
            {
                renderer.Compose(Math.Min(59, 8 * i), frame);
                return frame;
            }));
        }
    }

    private static TextCard.Chart CardOf(ChartShape shape) => new(3, TextCard.ToTheEnd, shape, "What we drink",
        [new ChartValue("Tea", "40 %", 40), new ChartValue("Coffee", "20 %", 20), new ChartValue("Water", "10 %", 10)]);

    private static int Longest(ReadOnlySpan<byte> row, byte luma)
    {
        var (longest, run) = (0, 0);
        foreach (var value in row)
        {
            run = value == luma ? run + 1 : 0;
            longest = Math.Max(longest, run);
        }

        return longest;
    }
}
