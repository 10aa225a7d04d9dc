using Url2Video.Farm.Media.Composition;
using Url2Video.Farm.Media.Pixels;
using Url2Video.Farm.Media.Tests.Pixels;
using Xunit;

namespace Url2Video.Farm.Media.Tests.Composition.Brand;

public sealed class MarkTests
{
    private const int Width = 640;
    private const int Height = 360;

    [Theory]
    [InlineData(MarkAnchor.TopLeft, 14, 14)]
    [InlineData(MarkAnchor.Top, 290, 14)]
    [InlineData(MarkAnchor.TopRight, 566, 14)]
    [InlineData(MarkAnchor.Left, 14, 160)]
    [InlineData(MarkAnchor.Centre, 290, 160)]
    [InlineData(MarkAnchor.Right, 566, 160)]
    [InlineData(MarkAnchor.BottomLeft, 14, 306)]
    [InlineData(MarkAnchor.Bottom, 290, 306)]
    [InlineData(MarkAnchor.BottomRight, 566, 306)]
    public void Place_EachAnchor_KeepsTheMargin(MarkAnchor anchor, int x, int y) =>
        Assert.Equal(new PixelRect(x, y, 60, 40), MarkPlace.Of(anchor, 60, 40, 14, 14, Width, Height, captions: null));

    [Theory]
    [InlineData(1920, 1080)]
    [InlineData(1080, 1920)]
    [InlineData(1080, 1080)]
    [InlineData(640, 360)]
    public void Place_FilmWithCaptions_NeverMeetsThem(int width, int height)
    {
        var captions = SafeArea.Create(width, height, hasCaptions: true).Captions;
        var side = Math.Min(width, height);
        foreach (var anchor in Enum.GetValues<MarkAnchor>())
        {
            foreach (var (w, h) in new[] { (side / 8, side / 10), (side / 2, height / 2), (side / 50 & ~1, side / 50 & ~1) })
            {
                foreach (var margin in new[] { 0, side / 25, side / 5 })
                {
                    var place = MarkPlace.Of(anchor, w & ~1, h & ~1, margin, margin, width, height, captions);

                    Assert.True(place.Intersect(captions) is { Width: 0 } or { Height: 0 }, $"{anchor} {w}x{h} margin {margin}: {place} meets {captions}");
                    Assert.Equal(place, place.Intersect(new PixelRect(0, 0, width, height)));
                }
            }
        }
    }

    [FontFact]
    public void Draw_EveryAnchor_ChangesItsPlaceAndNothingElse()
    {
        using var bare = Composed(FilmOf("100", null));
        foreach (var anchor in Enum.GetValues<MarkAnchor>().Where(a => a != MarkAnchor.Auto))
        {
            using var marked = Composed(FilmOf("100", new LogoMark("logo", anchor)));
            var place = MarkPlace.Of(anchor, 46, 30, 32, 18, Width, Height, captions: null);

            Assert.Equal(place, ChangedPart(bare, marked));
        }
    }

    [FontFact]
    public void Draw_HalfOpacity_IsHalfWay()
    {
        using var bare = Composed(FilmOf("100", null));
        using var whole = Composed(FilmOf("100", new LogoMark("logo", OpacityPercent: 100)));
        using var half = Composed(FilmOf("100", new LogoMark("logo", OpacityPercent: 50)));
        var place = MarkPlace.Of(MarkAnchor.TopRight, 46, 30, 32, 18, Width, Height, captions: null);
        var (x, y) = (place.X + 23, place.Y + 15);

        Assert.InRange(half.RowY(y)[x] - ((bare.RowY(y)[x] + whole.RowY(y)[x]) / 2.0), -1, 1);
        Assert.NotEqual(bare.RowY(y)[x], whole.RowY(y)[x]);
    }

    [FontFact]
    public void Draw_Text_StandsInItsPlaceAndIsReadableOnLightAndDark()
    {
        foreach (var luma in new byte[] { 20, 128, 230 })
        {
            using var bare = Composed(FilmOf(luma.ToString(System.Globalization.CultureInfo.InvariantCulture), null));
            using var marked = Composed(FilmOf(
                luma.ToString(System.Globalization.CultureInfo.InvariantCulture), new LogoMark("", MarkAnchor.BottomLeft, 400_000, 100) { Text = "© Acme Films" }));
            var part = ChangedPart(bare, marked);

            Assert.InRange(part.X, 24, 48);
            Assert.InRange(Height - part.Bottom, 12, 40);
            Assert.InRange(part.Width, 60, 400_000 * Height / 1_000_000 + 8);
            var (least, most) = (255, 0);
            for (var y = part.Y; y < part.Bottom; y++)
            {
                foreach (var pixel in marked.RowY(y)[part.X..part.Right])
                {
                    (least, most) = (Math.Min(least, pixel), Math.Max(most, pixel));
                }
            }

            Assert.True(most - least > 60, $"on {luma}: {least}..{most}");
        }
    }

    [Theory]
    [InlineData(MarkAnchor.TopLeft)]
    [InlineData(MarkAnchor.TopRight)]
    [InlineData(MarkAnchor.BottomLeft)]
    [InlineData(MarkAnchor.BottomRight)]
    public void Auto_OneCalmCorner_IsWhereItStands(MarkAnchor calm)
    {
        using var bare = Composed(FilmOf($"calm:{calm}", null), 30);
        using var marked = Composed(FilmOf($"calm:{calm}", new LogoMark("logo", MarkAnchor.Auto)), 30);

        Assert.Equal(MarkPlace.Of(calm, 46, 30, 32, 18, Width, Height, captions: null), ChangedPart(bare, marked));
    }

    [Fact]
    public void Auto_FilmCutOutOfALongerOne_ChoosesTheSame()
    {
        var film = TwoShots(MarkAnchor.TopLeft, MarkAnchor.BottomRight);
        using var whole = new FilmRenderer(film, Fonts.All, Pictures());
        using var expected = new YuvImage(Width, Height);
        using var actual = new YuvImage(Width, Height);

        // The second half alone, as a chunk has it: no shot before it, its own frames from 0.
        var cut = film with { Shots = [film.Shots[1] with { StartFrame = 0, TransitionFrames = 0 }] };
        using var part = new FilmRenderer(cut, Fonts.All, Pictures());
        foreach (var frame in new[] { 10L, 20, 39 })
        {
            whole.Compose(film.Shots[1].StartFrame + frame, expected);
            part.Compose(frame, actual);
            Assert.Equal(TestPictures.Hash(expected), TestPictures.Hash(actual));
        }
    }

    [Fact]
    public void Auto_ShotsWithOtherCorners_GoesWithTheTransition()
    {
        var film = TwoShots(MarkAnchor.TopLeft, MarkAnchor.BottomRight);
        using var renderer = new FilmRenderer(film, Fonts.All, Pictures());
        using var bareRenderer = new FilmRenderer(film with { Logo = null }, Fonts.All, Pictures());
        using var frame = new YuvImage(Width, Height);
        using var bare = new YuvImage(Width, Height);
        var (before, after) = (Place(MarkAnchor.TopLeft), Place(MarkAnchor.BottomRight));

        var (olds, news) = (new List<int>(), new List<int>());
        for (var at = 39; at <= 50; at++)
        {
            renderer.Compose(at, frame);
            bareRenderer.Compose(at, bare);
            olds.Add(Difference(bare, frame, before));
            news.Add(Difference(bare, frame, after));
        }

        Assert.True(olds[0] > 0 && news[0] == 0);
        Assert.True(olds[^1] == 0 && news[^1] > 0);
        Assert.Equal(news.Order(), news);
    }

    [Fact]
    public void Saliency_MoreEdges_CountMore_AndGrainDoesNot()
    {
        using var flat = new YuvImage(64, 64);
        flat.Fill(100, 128, 128);
        using var grain = new YuvImage(64, 64);
        grain.Fill(100, 128, 128);
        using var edges = new YuvImage(64, 64);
        edges.Fill(100, 128, 128);
        var random = new Random(3);
        for (var y = 0; y < 64; y++)
        {
            for (var x = 0; x < 64; x++)
            {
                grain.RowY(y)[x] += (byte)random.Next(-6, 7);
                edges.RowY(y)[x] = (byte)((x / 8 + y / 8) % 2 == 0 ? 90 : 110);
            }
        }

        var all = new PixelRect(0, 0, 64, 64);
        Assert.Equal(0, Saliency.Of(flat, all));
        Assert.True(Saliency.Of(grain, all) * 3 < Saliency.Of(edges, all), $"{Saliency.Of(grain, all)} {Saliency.Of(edges, all)}");
    }

    private static PixelRect Place(MarkAnchor anchor) => MarkPlace.Of(anchor, 46, 30, 32, 18, Width, Height, captions: null);

    private static Film FilmOf(string picture, LogoMark? mark) =>
        Films.One(Width, Height, new Background.Picture(picture, CameraMove.Still)) with { Logo = mark };

    private static Film TwoShots(MarkAnchor first, MarkAnchor second) => new(
        Width, Height, new FrameRate(30), Theme.Default,
        [
            new FilmShot(new Shot(new Background.Picture($"calm:{first}", CameraMove.Still), []), 0, 40),
            new FilmShot(new Shot(new Background.Picture($"calm:{second}", CameraMove.Still), []), 40, 40, 10),
        ],
        [])
    { Logo = new LogoMark("logo", MarkAnchor.Auto) };

    private static DrawnPictures Pictures() => new(id => id switch
    {
        "logo" => DrawnPictures.Logo(),
        _ when id.StartsWith("calm:", StringComparison.Ordinal) => DrawnPictures.BusyBut(Width, Height, Enum.Parse<MarkAnchor>(id[5..])),
        _ => new SyntheticPictures().Open($"{Width}x{Height}:{id}"),
    });

    private static YuvImage Composed(Film film, long frame = 0)
    {
        using var renderer = new FilmRenderer(film, Fonts.All, Pictures());
        var target = new YuvImage(film.Width, film.Height);
        renderer.Compose(frame, target);
        return target;
    }

    private static int Difference(YuvImage a, YuvImage b, PixelRect part)
    {
        var sum = 0;
        for (var y = part.Y; y < part.Bottom; y++)
        {
            for (var x = part.X; x < part.Right; x++)
            {
                sum += Math.Abs(a.RowY(y)[x] - b.RowY(y)[x]);
            }
        }

        return sum;
    }

    private static PixelRect ChangedPart(YuvImage a, YuvImage b)
    {
        var (left, top, right, bottom) = (a.Width, a.Height, 0, 0);
        for (var y = 0; y < a.Height; y++)
        {
            for (var x = 0; x < a.Width; x++)
            {
                if (a.RowY(y)[x] != b.RowY(y)[x])
                {
                    (left, right, top, bottom) = (Math.Min(left, x), Math.Max(right, x + 1), Math.Min(top, y), Math.Max(bottom, y + 1));
                }
            }
        }

        return new PixelRect(left, top, Math.Max(0, right - left), Math.Max(0, bottom - top));
    }
}
