using Url2Video.Farm.Media.Composition;
using Url2Video.Farm.Media.Pixels;
using Xunit;

namespace Url2Video.Farm.Media.Tests.Composition;

public sealed class CardTests
{
    public static TheoryData<int, int> Shapes => new() { { 640, 360 }, { 360, 640 }, { 360, 360 }, { 360, 450 } };

    [FontTheory("NotoSans")]
    [MemberData(nameof(Shapes))]
    public void Cards_LongText_StayInsideTheSafeMargins(int width, int height)
    {
        const string Long = "Text that goes on and on, because somebody pasted all of it and nobody asked whether it could fit";
        foreach (var card in (TextCard[])
        [
            new TextCard.Title(0, TextCard.ToTheEnd, Long, "Kicker", Long, CardPlace.Centre),
            new TextCard.Title(0, TextCard.ToTheEnd, Long, null, null, CardPlace.BottomLeft),
            new TextCard.Bullets(0, TextCard.ToTheEnd, Long,
                [new BulletPoint(Long, 0), new BulletPoint(Long, 0), new BulletPoint("short", 0)]),
            new TextCard.LowerThird(0, TextCard.ToTheEnd, Long, Long),
            new TextCard.Quote(0, TextCard.ToTheEnd, Long, Long),
            new TextCard.BigNumber(0, TextCard.ToTheEnd, "1,234,567,890", Long),
        ])
        {
            using var target = new YuvImage(width, height);
            using var renderer = new FilmRenderer(Films.One(width, height, Films.Black, card), Fonts.All, new SyntheticPictures());
            renderer.Compose(59, target);

            var ink = InkBounds(target, 90);
            Assert.True(ink.Width > 0, card.GetType().Name);
            Assert.True(ink.X >= width * 7 / 100 && ink.Right <= width * 93 / 100, $"{card.GetType().Name}: {ink}");
            Assert.True(ink.Y >= height * 7 / 100 && ink.Bottom <= height * 94 / 100, $"{card.GetType().Name}: {ink}");
        }
    }

    [FontFact("NotoSans")]
    public void Title_RisesInUnevenSteps_SlowingDownNeverStandingStill()
    {
        var film = Films.One(640, 360, Films.Black, new TextCard.Title(5, TextCard.ToTheEnd, "Northern Light"));
        using var target = new YuvImage(640, 360);
        using var renderer = new FilmRenderer(film, Fonts.All, new SyntheticPictures());
        renderer.Compose(4, target);
        Assert.Equal(0, InkBounds(target, 17).Width);

        var heights = new List<double>();
        for (var frame = 5; frame <= 25; frame++)
        {
            renderer.Compose(frame, target);
            heights.Add(CentreRow(target));
        }

        var steps = heights.Zip(heights.Skip(1), (a, b) => a - b).ToList();
        for (var i = 0; i < 17; i++)
        {
            // 37/1000 of 360 pixels in 18 frames, ease-out cubic, to a twentieth of a pixel.
            double At(int frame) => 13 * Math.Pow(1 - (frame / 18.0), 3);
            Assert.InRange(steps[i] - (At(i) - At(i + 1)), -0.05, 0.05);
        }

        Assert.Equal(0, steps[^1], 3);
    }

    [FontFact("NotoSans")]
    public void Bullets_AppearOneByOne()
    {
        var film = Films.One(640, 360, Films.Black,
            new TextCard.Bullets(0, TextCard.ToTheEnd, null, [new("First", 0), new("Second", 20), new("Third", 40)]));
        using var target = new YuvImage(640, 360);
        using var renderer = new FilmRenderer(film, Fonts.All, new SyntheticPictures());

        var light = new List<long>();
        foreach (var frame in (int[])[19, 39, 59])
        {
            renderer.Compose(frame, target);
            light.Add(Light(target));
        }

        Assert.True(light[0] > 0 && light[1] > light[0] * 3 / 2 && light[2] > light[1] * 5 / 4, string.Join(' ', light));
    }

    [FontFact("NotoSans")]
    public void Card_WithAnEnd_IsGoneThere()
    {
        var film = Films.One(640, 360, Films.Black, new TextCard.BigNumber(0, 40, "42", "answers"));
        using var target = new YuvImage(640, 360);
        using var renderer = new FilmRenderer(film, Fonts.All, new SyntheticPictures());

        renderer.Compose(30, target);
        var full = Light(target);
        renderer.Compose(37, target);
        var leaving = Light(target);
        renderer.Compose(40, target);

        Assert.Equal(0, Light(target));
        Assert.InRange(leaving, full / 20, full * 3 / 4);
    }

    [FontFact("NotoSans", "NotoSansHebrew")]
    public void LowerThird_RightToLeft_SitsOnTheRight()
    {
        using var target = new YuvImage(640, 360);
        PixelRect Ink(string text)
        {
            using var renderer = new FilmRenderer(Films.One(640, 360, Films.Black, new TextCard.LowerThird(0, TextCard.ToTheEnd, text)),
                Fonts.All, new SyntheticPictures());
            renderer.Compose(50, target);
            return InkBounds(target, 90);
        }

        Assert.InRange(Ink("Ada").Right, 0, 320);
        Assert.InRange(Ink("שלום").X, 320, 640);
    }

    /// <summary>Pixels lighter than a threshold.</summary>
    private static PixelRect InkBounds(YuvImage image, byte threshold)
    {
        var (left, right, top, bottom) = (image.Width, 0, image.Height, 0);
        for (var y = 0; y < image.Height; y++)
        {
            var row = image.RowY(y);
            if (row.IndexOfAnyInRange(threshold, byte.MaxValue) is var first and >= 0)
            {
                (left, right) = (Math.Min(left, first), Math.Max(right, row.LastIndexOfAnyInRange(threshold, byte.MaxValue) + 1));
                (top, bottom) = (Math.Min(top, y), y + 1);
            }
        }

        return new PixelRect(left, top, Math.Max(0, right - left), Math.Max(0, bottom - top));
    }

    private static long Light(YuvImage image)
    {
        long sum = 0;
        for (var y = 0; y < image.Height; y++)
        {
            foreach (var luma in image.RowY(y))
            {
                sum += luma - 16;
            }
        }

        return sum;
    }

    private static double CentreRow(YuvImage image)
    {
        double moment = 0, mass = 0;
        for (var y = 0; y < image.Height; y++)
        {
            foreach (var luma in image.RowY(y))
            {
                moment += (double)y * (luma - 16);
                mass += luma - 16;
            }
        }

        return moment / mass;
    }
}
