using System.Collections.Immutable;
using Url2Video.Farm.Media.Composition;
using Url2Video.Farm.Media.Pixels;
using Url2Video.Farm.Media.Tests.Pixels;
using Xunit;
using Xunit.Abstractions;

namespace Url2Video.Farm.Media.Tests.Composition.Layers;

public sealed class JoinedTests(ITestOutputHelper output)
{
    private const int Width = 640;
    private const int Height = 360;

    /// <summary>Row V3: the line is where its keys say, to a twentieth of a pixel, in both directions and all the way.</summary>
    [FontTheory]
    [InlineData(false)]
    [InlineData(true)]
    public void Split_SweepingLine_IsWhereItsKeysSay(bool isStacked)
    {
        var split = SplitOf([new SplitKey(0, 100_000, CubicBezier.Linear), new SplitKey(1_900, 910_000, CubicBezier.Linear)])
            with { IsStacked = isStacked, DividerMillionths = 0 };
        using var frame = new YuvImage(Width, Height);
        using var renderer = RendererOf(split);
        var worst = 0.0;
        for (var n = 0; n < 60; n++)
        {
            renderer.Compose(n, frame);
            var length = isStacked ? Height : Width;
            var dark = 0.0;
            for (var i = 0; i < length; i++)
            {
                dark += (200 - (isStacked ? frame.RowY(i)[77] : frame.RowY(77)[i])) / 160.0;
            }

            var wanted = length * (0.1 + (0.81 * Math.Min(1, n / 57.0)));
            worst = Math.Max(worst, Math.Abs(dark - wanted));
        }

        output.WriteLine($"worst {worst:0.0000} px");
        Assert.InRange(worst, 0, 0.05);
    }

    /// <summary>The first picture left of the line and the second right of it, to the bit; the bar over it in its colour and width.</summary>
    [FontFact]
    public void Split_AtRest_ShowsBothPicturesAndTheBar()
    {
        var split = new Background.Split(Picture("640x360:noise"), Picture("640x360:200"), [new SplitKey(0, 500_000, CubicBezier.Linear)])
            with { DividerMillionths = 20_000, DividerColour = new Rgb(255, 0, 0) };
        using var picture = new SyntheticPictures().Open("640x360:noise").Image;
        using var frame = new YuvImage(Width, Height);
        using var renderer = RendererOf(split);
        renderer.Compose(9, frame);

        // 7.2 pixels about the middle: 316.4 to 323.6.
        var red = new Rgb(255, 0, 0).ToYuv();
        Assert.Equal(picture.RowY(100)[..316].ToArray(), frame.RowY(100)[..316].ToArray());
        Assert.False(frame.RowY(100)[317..323].ContainsAnyExcept(red.Y));
        Assert.False(frame.RowY(100)[324..].ContainsAnyExcept((byte)200));
        Assert.InRange(frame.RowY(100)[323], 200 - (0.6 * (200 - red.Y)) - 1.5, 200 - (0.6 * (200 - red.Y)) + 1.5);
        Assert.False(frame.RowV(50)[159..161].ContainsAnyExcept(red.V));
    }

    /// <summary>Beside each other each picture is fitted to its part: its middle is seen in the middle of the part.</summary>
    [FontFact]
    public void Split_Beside_ShowsTheMiddleOfEach()
    {
        var dots = new Camera.DotPicture(320, 360, 12, (159.5, 179.5));
        var split = new Background.Split(Picture("a"), Picture("b"), [new SplitKey(0, 500_000, CubicBezier.Linear), new SplitKey(1_900, 300_000, CubicBezier.Linear)])
            with { IsBeside = true, DividerMillionths = 0 };
        using var frame = new YuvImage(Width, Height);
        using var renderer = new FilmRenderer(Films.One(Width, Height, split), Fonts.All, dots);
        foreach (var n in (int[])[0, 20, 40])
        {
            renderer.Compose(n, frame);
            var at = Width * (0.5 - (0.2 * n / 57.0));
            var (left, right) = (Camera.DotPicture.Find(frame, at / 2, 180, 30), Camera.DotPicture.Find(frame, (at + Width) / 2, 180, 30));
            Assert.InRange(left.X + 0.5 - (at / 2), -0.05, 0.05);
            Assert.InRange(right.X + 0.5 - ((at + Width) / 2), -0.05, 0.05);
        }
    }

    /// <summary>Row V2: one turn passes all pictures in order and ends where it began; neighbours fade into each other by the formula.</summary>
    [FontFact]
    public void Spin_OneTurn_PassesAllPicturesAndComesBack()
    {
        var spin = new Background.Spin([.. Enumerable.Range(0, 8).Select(i => $"640x360:{40 + (20 * i)}")], 100) { Length = 1_600 };
        using var frame = new YuvImage(Width, Height);
        using var renderer = RendererOf(spin);
        for (var n = 0; n < 60; n++)
        {
            renderer.Compose(n, frame);
            var place = Math.Min(8, n / 30.0 * 5);
            var (index, part) = ((int)place % 8, place - (int)place);
            var (from, to) = (40 + (20 * index), 40 + (20 * ((index + 1) % 8)));
            Assert.InRange(frame.RowY(99)[123] - (from + ((to - from) * part)), -0.51, 0.51);
        }
    }

    [FontFact]
    public void Spin_BackwardsWithShortFades_HoldsEachPicture()
    {
        var spin = new Background.Spin(["640x360:40", "640x360:100", "640x360:160", "640x360:220"], -100) { Length = 2_000, FadePercent = 20 };
        using var frame = new YuvImage(Width, Height);
        using var renderer = RendererOf(spin);
        var lumas = Enumerable.Range(0, 60).Select(n =>
        {
            renderer.Compose(n, frame);
            return (int)frame.RowY(5)[5];
        }).ToArray();

        Assert.Equal(40, lumas[0]);
        var held = lumas.Zip(lumas.Skip(1)).Where(pair => pair.First == pair.Second).Select(pair => pair.First).ToArray();
        Assert.Equal([220, 160, 100, 40], held.Where((luma, i) => i == 0 || held[i - 1] != luma));
        Assert.InRange(held.Length, 40, 56);
    }

    /// <summary>More pictures than are kept: each frame is still a function of its number.</summary>
    [FontFact]
    public void Joined_FramesInAnyOrder_GiveTheSameBits()
    {
        Background[] backgrounds =
        [
            new Background.Spin([.. Enumerable.Range(0, 12).Select(i => $"{300 + (2 * i)}x200:noise")], 150),
            new Background.Spin([.. Enumerable.Range(0, 12).Select(i => $"{900 + (2 * i)}x300:noise")], 100) { Fit = PictureFit.Contain },
            new Background.Split(Picture("900x700:noise"), Picture("700x900:noise"), [new SplitKey(0, 0, CubicBezier.Linear), new SplitKey(1_900, 1_000_000, CubicBezier.Linear)]) { IsBeside = true },
            new Background.Split(Picture("900x700:noise"), Picture("700x900:noise"), [new SplitKey(0, 1_000_000, CubicBezier.Linear), new SplitKey(1_900, 0, new CubicBezier(3_400, 15_600, 6_400, 10_000))]) { IsStacked = true },
        ];
        using var target = new YuvImage(Width, Height);
        foreach (var background in backgrounds)
        {
            using var forwards = RendererOf(background);
            var expected = Enumerable.Range(0, 60).Select(n =>
            {
                forwards.Compose(n, target);
                return TestPictures.Hash(target);
            }).ToArray();
            foreach (var n in (int[])[59, 3, 31, 0, 44])
            {
                using var alone = RendererOf(background);
                alone.Compose(n, target);
                Assert.Equal(expected[n], TestPictures.Hash(target));
            }
        }
    }

    [FontFact]
    public void Constructor_BrokenSpinOrSplit_NamesTheRule()
    {
        Assert.Contains("2 to 72", Refused(new Background.Spin(["a"], 100)), StringComparison.Ordinal);
        Assert.Contains("order of time", Refused(SplitOf([new SplitKey(5, 0, default), new SplitKey(5, 0, default)])), StringComparison.Ordinal);

        static string Refused(Background background) => Assert.Throws<ArgumentException>(() => RendererOf(background)).Message;
    }

    private static Background.Split SplitOf(ImmutableArray<SplitKey> keys) => new(Picture("640x360:40"), Picture("640x360:200"), keys);

    private static Background.Picture Picture(string id) => new(id, CameraMove.Still);

    private static FilmRenderer RendererOf(Background background) => new(Films.One(Width, Height, background), Fonts.All, new SyntheticPictures());
}
