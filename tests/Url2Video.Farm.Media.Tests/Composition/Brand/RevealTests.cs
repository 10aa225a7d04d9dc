using Url2Video.Farm.Media.Composition;
using Url2Video.Farm.Media.Pixels;
using Url2Video.Farm.Media.Tests.Pixels;
using Xunit;

namespace Url2Video.Farm.Media.Tests.Composition.Brand;

/// <summary>Every reveal, measured on rendered frames: a logo of 240 by 160 on black that comes within 30 frames, 10 frames after the start.</summary>
public sealed class RevealTests
{
    private const int Width = 640;
    private const int Height = 360;
    private const int Delay = 10;
    private const int Length = 30;
    private static readonly PixelRect s_place = new(200, 100, 240, 160);

    public static TheoryData<RevealKind> Kinds => new(Enum.GetValues<RevealKind>().Where(k => k != RevealKind.None));

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Reveal_BeforeItsTime_IsNotThere_AndAfterwardsIsTheLogoItself(RevealKind kind)
    {
        using var expected = Reference();
        using var film = new Shown(kind);

        Assert.Equal(0, Light(film.At(0)));
        Assert.Equal(0, Light(film.At(Delay)));
        for (var frame = Delay + Length; frame < 60; frame += 7)
        {
            Assert.Equal(TestPictures.Hash(expected), TestPictures.Hash(film.At(frame)));
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Reveal_HalfWay_IsNeitherNothingNorAll(RevealKind kind)
    {
        using var expected = Reference();
        using var film = new Shown(kind);

        var light = Light(film.At(Delay + (Length / 2)));

        Assert.InRange(light, Light(expected) / 50, Light(expected) * 2L);
        Assert.NotEqual(TestPictures.Hash(expected), TestPictures.Hash(film.At(Delay + (Length / 2))));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Reveal_FramesInAnyOrderAndAnyLanes_HaveTheSameBits(RevealKind kind)
    {
        using var forwards = new Shown(kind);
        var expected = Enumerable.Range(0, 45).Select(f => TestPictures.Hash(forwards.At(f))).ToList();

        foreach (var lanes in new[] { Lanes.Scalar, Lanes.V128, Lanes.V256 })
        {
            using var shuffled = new Shown(kind, lanes: lanes);
            foreach (var frame in new[] { 44, 12, 25, 11, 38, 39, 40, 24 })
            {
                Assert.Equal(expected[frame], TestPictures.Hash(shuffled.At(frame)));
            }
        }
    }

    [Fact]
    public void Wipe_Edge_GoesFromLeftToRight()
    {
        using var film = new Shown(RevealKind.Wipe);

        var edges = Enumerable.Range(Delay + 3, Length - 9).Select(f => RightOf(film.At(f))).ToList();

        Assert.Equal(edges.Order(), edges);
        Assert.InRange(RightOf(film.At(Delay + (Length / 2))) - s_place.X, 110, 150);
        Assert.Equal(edges.Count, edges.Distinct().Count());
    }

    [Fact]
    public void Iris_Circle_GrowsFromTheMiddle()
    {
        using var film = new Shown(RevealKind.Iris);

        var (last, middle) = (0, film.At(Delay + 8));
        Assert.True(middle.RowY(180)[320] > 30 && middle.RowY(180)[210] == 16);
        for (var frame = Delay + 1; frame < Delay + Length; frame++)
        {
            var extent = RightOf(film.At(frame)) - LeftOf(film.At(frame));
            Assert.True(extent >= last, $"frame {frame}: {extent} after {last}");
            last = extent;
        }
    }

    [Fact]
    public void Scale_Size_RunsPastItsEndAndComesBack()
    {
        using var film = new Shown(RevealKind.Scale);

        var widths = Enumerable.Range(Delay + 3, Length - 3).Select(f => RightOf(film.At(f)) - LeftOf(film.At(f))).ToList();

        Assert.InRange(widths.Max(), 250, 258);
        Assert.InRange(widths[0], 96, 200);
        Assert.InRange(widths[^1], 238, 244);
        Assert.True(widths.IndexOf(widths.Max()) < widths.Count - 5);
    }

    [Fact]
    public void BlurIn_Edges_BecomeSharper()
    {
        using var film = new Shown(RevealKind.BlurIn);

        var steps = Enumerable.Range(Delay + 2, Length - 2).Where((_, i) => i % 4 == 0).Select(f => SteepestStep(film.At(f))).ToList();

        Assert.Equal(steps.Order(), steps);
        Assert.True(steps[0] * 3 < steps[^1], string.Join(' ', steps));
    }

    [Fact]
    public void BlurIn_WhiteLogo_StaysWhite()
    {
        using var film = new Shown(RevealKind.BlurIn, picture: "white");

        for (var frame = Delay + 1; frame < Delay + Length; frame++)
        {
            var image = film.At(frame);
            for (var y = 0; y < Height / 2; y++)
            {
                Assert.True(image.RowU(y).IndexOfAnyExceptInRange((byte)126, (byte)130) < 0, $"frame {frame}, row {y} is tinted");
            }
        }
    }

    [Fact]
    public void Draw_Outline_ComesBeforeTheFilling()
    {
        using var film = new Shown(RevealKind.Draw);

        var half = film.At(Delay + 18);
        Assert.Equal(16, half.RowY(140)[320]); // Inside of the disc.
        Assert.True(half.RowY(101)[325] > 60, "the top of the disc is drawn");
        Assert.True(film.At(Delay + 29).RowY(140)[320] > 150);
    }

    [Fact]
    public void Glitch_Seeds_GiveTheirOwnJumps()
    {
        using var one = new Shown(RevealKind.Glitch, seed: 1);
        using var again = new Shown(RevealKind.Glitch, seed: 1);
        using var other = new Shown(RevealKind.Glitch, seed: 2);

        Assert.Equal(TestPictures.Hash(one.At(18)), TestPictures.Hash(again.At(18)));
        Assert.NotEqual(TestPictures.Hash(one.At(18)), TestPictures.Hash(other.At(18)));
    }

    [Fact]
    public void Glitch_Jumps_BecomeSmaller()
    {
        using var film = new Shown(RevealKind.Glitch, seed: 5);

        var reaches = Enumerable.Range(1, Length - 1).Select(f => Math.Max(s_place.X - LeftOf(film.At(Delay + f)), RightOf(film.At(Delay + f)) - s_place.Right)).ToList();

        Assert.True(reaches.Take(10).Max() > 20, string.Join(' ', reaches));
        Assert.InRange(reaches.TakeLast(3).Max(), -20, 6);
    }

    [Fact]
    public void LightSweep_Beam_PassesFromLeftToRight_AndNeverLeavesTheLogo()
    {
        using var expected = Reference("grey");
        using var film = new Shown(RevealKind.LightSweep, picture: "grey");
        var middles = new List<int>();
        for (var frame = Delay + 16; frame < Delay + 27; frame++)
        {
            var image = film.At(frame);
            Assert.Equal(16, image.RowY(99)[320]);
            middles.Add(Brightest(image, 180) is var x && x >= 0 ? x : -1);
            Assert.True(image.RowY(180)[Math.Max(s_place.X, middles[^1])] > expected.RowY(180)[320] + 40);
        }

        Assert.Equal(middles.Order(), middles);
        Assert.True(middles[^1] - middles[0] > 120, string.Join(' ', middles));
    }

    [Fact]
    public void Particles_Pieces_ComeTogether()
    {
        using var film = new Shown(RevealKind.Particles, seed: 3);

        var outside = Enumerable.Range(0, 6).Select(i => Outside(film.At(Delay + 13 + (3 * i)))).ToList();

        Assert.True(outside[0] > 1_000, string.Join(' ', outside));
        Assert.Equal(outside.OrderDescending(), outside);
        Assert.True(outside[^1] * 20 < outside[0], string.Join(' ', outside));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Reveal_AtTheEdgeOfAFrame_IsClipped(RevealKind kind)
    {
        using var film = new Shown(kind, x: 1_000_000, y: 0);

        for (var frame = 0; frame < 45; frame += 3)
        {
            _ = film.At(frame);
        }

        Assert.True(Light(film.At(44)) > 0);
    }

    [SheetsFact]
    public void Sheet_AllReveals()
    {
        using var target = new YuvImage(Width, Height);
        Sheets.Write("reveals", Frames());

        IEnumerable<YuvImage> Frames()
        {
            foreach (var kind in Enum.GetValues<RevealKind>()[1..])
            {
                using var film = new Shown(kind, seed: 5, background: "noise");
                foreach (var frame in new[] { 15, 22, 30, 38 })
                {
                    yield return film.At(frame);
                }
            }
        }
    }

    private static YuvImage Reference(string picture = "logo")
    {
        using var decoded = PictureOf(picture);
        var target = new YuvImage(Width, Height);
        target.Fill(16, 128, 128);
        using var overlay = new Overlay(decoded.Image, decoded.Opacity!);
        overlay.Draw(target, s_place.X, s_place.Y, FixedPoint.One15, Lanes.Scalar);
        return target;
    }

    private static DecodedPicture PictureOf(string name)
    {
        var logo = DrawnPictures.Logo();
        if (name != "logo")
        {
            logo.Image.Fill(name == "grey" ? (byte)110 : (byte)235, 128, 128);
        }

        return logo;
    }

    private static long Light(YuvImage image)
    {
        long sum = 0;
        for (var y = 0; y < Height; y++)
        {
            foreach (var pixel in image.RowY(y))
            {
                sum += Math.Max(0, pixel - 16);
            }
        }

        return sum;
    }

    private static int Outside(YuvImage image)
    {
        var count = 0;
        for (var y = 0; y < Height; y++)
        {
            for (var x = 0; x < Width; x++)
            {
                var isInside = x >= s_place.X && x < s_place.Right && y >= s_place.Y && y < s_place.Bottom;
                count += !isInside && image.RowY(y)[x] > 20 ? 1 : 0;
            }
        }

        return count;
    }

    private static int LeftOf(YuvImage image) => Enumerable.Range(0, Width).FirstOrDefault(x => IsSeen(image, x), Width);

    private static int RightOf(YuvImage image) => Enumerable.Range(0, Width).LastOrDefault(x => IsSeen(image, x)) + 1;

    private static bool IsSeen(YuvImage image, int x)
    {
        for (var y = 0; y < Height; y++)
        {
            if (image.RowY(y)[x] > 24)
            {
                return true;
            }
        }

        return false;
    }

    private static int SteepestStep(YuvImage image) =>
        Enumerable.Range(1, Width - 1).Max(x => Math.Abs(image.RowY(120)[x] - image.RowY(120)[x - 1]));

    private static int Brightest(YuvImage image, int y)
    {
        var row = image.RowY(y);
        var best = 0;
        for (var x = 1; x < row.Length; x++)
        {
            best = row[x] > row[best] ? x : best;
        }

        return best;
    }

    private sealed class Shown : IDisposable
    {
        private readonly FilmRenderer _renderer;
        private readonly YuvImage _target = new(Width, Height);

        public Shown(RevealKind kind, ulong seed = 7, Lanes? lanes = null, string picture = "logo", int x = 500_000, int y = 500_000, string? background = null)
        {
            Background behind = background is null ? Films.Black : new Background.Picture("back", CameraMove.Still);
            var film = Films.One(Width, Height, behind);
            var logo = new ShotLogo(picture, kind, Delay * 1_000 / 30 + 1, Length * 1_000 / 30 - 2)
            {
                WidthMillionths = 666_700, CentreXMillionths = x, CentreYMillionths = y, Seed = seed,
            };
            film = film with { Shots = [film.Shots[0] with { Shot = film.Shots[0].Shot with { Logo = logo } }] };
            _renderer = new FilmRenderer(
                film, Fonts.All, new DrawnPictures(id => id == "back" ? DrawnPictures.BusyBut(Width, Height) : PictureOf(id)), lanes ?? LanesOfCpu.Best);
        }

        public YuvImage At(long frame)
        {
            _renderer.Compose(frame, _target);
            return _target;
        }

        public void Dispose()
        {
            _renderer.Dispose();
            _target.Dispose();
        }
    }
}
