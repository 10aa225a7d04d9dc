using Url2Video.Farm.Media.Composition;
using Url2Video.Farm.Media.Pixels;
using Url2Video.Farm.Media.Tests.Pixels;
using Xunit;

namespace Url2Video.Farm.Media.Tests.Composition.Brand;

/// <summary>Row AC3: one text becomes another within 2.0 s, measured on rendered frames of 30 a second.</summary>
public sealed class MorphTests
{
    private const int Width = 640;
    private const int Height = 360;
    private const int Delay = 30;
    private const int Length = 60;

    [FontFact]
    public void Morph_Ends_AreThePlainTexts()
    {
        using var morph = new Shown("Block", "Script");
        using var before = new Shown(null, "Block");
        using var after = new Shown(null, "Script");

        Assert.Equal(TestPictures.Hash(before.At(25)), TestPictures.Hash(morph.At(25)));
        Assert.Equal(TestPictures.Hash(before.At(Delay)), TestPictures.Hash(morph.At(Delay)));
        for (var frame = Delay + Length; frame < 110; frame += 5)
        {
            Assert.Equal(TestPictures.Hash(after.At(frame)), TestPictures.Hash(morph.At(frame)));
        }

        for (var frame = Delay + 1; frame < Delay + Length; frame += 7)
        {
            Assert.NotEqual(TestPictures.Hash(before.At(frame)), TestPictures.Hash(morph.At(frame)));
            Assert.NotEqual(TestPictures.Hash(after.At(frame)), TestPictures.Hash(morph.At(frame)));
        }
    }

    /// <summary>The traced outlines lie where libass draws its letters: nothing jumps when one takes over from the other.</summary>
    [FontTheory]
    [InlineData("Block", "Script")]
    [InlineData("one", "a longer text")]
    [InlineData("Ångström & 8%", "Zoë?")]
    public void Morph_FirstAndLastSteps_AreSmall(string from, string to)
    {
        using var morph = new Shown(from, to);
        using var target = new YuvImage(Width, Height);
        var last = Copy(morph.At(Delay));
        var steps = new List<double>();
        for (var frame = Delay + 1; frame <= Delay + Length; frame++)
        {
            var next = Copy(morph.At(frame));
            steps.Add(Difference(last, next));
            last = next;
        }

        // The eased ends move least; a jump there would stand out of the middle.
        Assert.True(Math.Max(steps[0], steps[^1]) < steps.Max(), $"{from} to {to}: {steps[0]:0} {steps[^1]:0} of {steps.Max():0}");
        Assert.All(steps, s => Assert.True(s > 0));
    }

    [FontFact]
    public void Morph_Middle_HasSolidLetters_NotTwoGhosts()
    {
        using var morph = new Shown("Block", "Script");
        var middle = morph.At(Delay + (Length / 2));

        // Most of what is seen is fully there; a cross-fade would have half-tones instead.
        var (whole, half) = (0, 0);
        for (var y = 0; y < Height; y++)
        {
            foreach (var pixel in middle.RowY(y))
            {
                whole += pixel > 210 ? 1 : 0;
                half += pixel is > 80 and < 180 ? 1 : 0;
            }
        }

        Assert.True(whole > 2 * half, $"{whole} whole, {half} half");
    }

    [FontFact]
    public void Morph_FramesInAnyOrderAndAnyLanes_HaveTheSameBits()
    {
        using var forwards = new Shown("Block", "Script");
        var expected = Enumerable.Range(0, 100).Select(f => TestPictures.Hash(forwards.At(f))).ToList();
        foreach (var lanes in new[] { Lanes.Scalar, Lanes.V128, Lanes.V256 })
        {
            using var shuffled = new Shown("Block", "Script", lanes);
            foreach (var frame in new[] { 99, 31, 60, 45, 30, 89, 90, 10 })
            {
                Assert.Equal(expected[frame], TestPictures.Hash(shuffled.At(frame)));
            }
        }
    }

    [FontFact]
    public void Morph_RightToLeft_Fades()
    {
        using var morph = new Shown("שלום", "peace");

        for (var frame = 0; frame < 100; frame += 9)
        {
            _ = morph.At(frame);
        }

        using var after = new Shown(null, "peace");
        Assert.Equal(TestPictures.Hash(after.At(95)), TestPictures.Hash(morph.At(95)));
    }

    [Fact]
    public void Raster_Areas_AreExact()
    {
        using var plane = new Plane8(16, 8);
        var raster = new OutlineRaster(16, 8);

        // A square from (2.5, 1.25) to (9.5, 5.25), one way round, and a hole of one pixel the other way.
        Loop(raster, (640, 320), (2432, 320), (2432, 1344), (640, 1344));
        Loop(raster, (1280, 768), (1280, 1024), (1536, 1024), (1536, 768));
        raster.Fill(plane);

        Assert.Equal((96, 192, 192, 96), (plane.Row(1)[2], plane.Row(1)[3], plane.Row(1)[8], plane.Row(1)[9]));
        Assert.Equal((128, 255, 0, 255), (plane.Row(3)[2], plane.Row(3)[3], plane.Row(3)[5], plane.Row(3)[6]));
        Assert.Equal((32, 64, 0), (plane.Row(5)[2], plane.Row(5)[3], plane.Row(6)[3]));
    }

    [Fact]
    public void Raster_RandomTriangles_HaveTheirArea()
    {
        var random = new Random(4);
        using var plane = new Plane8(64, 64);
        var raster = new OutlineRaster(64, 64);
        for (var i = 0; i < 500; i++)
        {
            var p = Enumerable.Range(0, 3).Select(_ => (X: random.Next(64 << 8), Y: random.Next(64 << 8))).ToArray();
            Loop(raster, p);
            raster.Fill(plane);
            var sum = 0L;
            for (var y = 0; y < 64; y++)
            {
                foreach (var pixel in plane.Row(y))
                {
                    sum += pixel;
                }
            }

            var area = Math.Abs(((p[1].X - p[0].X) * (long)(p[2].Y - p[0].Y)) - ((p[2].X - p[0].X) * (long)(p[1].Y - p[0].Y))) / 2.0 / 65536;
            Assert.InRange((sum / 255.0) - area, -6, 6); // Less than a tenth of a pixel for each one that an edge crosses.
        }
    }

    [SheetsFact]
    public void Sheet_Morph()
    {
        Sheets.Write("morph", Frames());

        IEnumerable<YuvImage> Frames()
        {
            foreach (var (from, to) in new[] { ("Block", "Script"), ("2025", "2026"), ("tea", "coffee time") })
            {
                using var film = new Shown(from, to);
                foreach (var frame in new[] { 30, 38, 44, 50, 56, 62, 70, 90 })
                {
                    yield return film.At(frame);
                }
            }
        }
    }

    private static void Loop(OutlineRaster raster, params (int X, int Y)[] points)
    {
        for (var i = 0; i < points.Length; i++)
        {
            var (a, b) = (points[i], points[(i + 1) % points.Length]);
            raster.Edge(a.X, a.Y, b.X, b.Y);
        }
    }

    private static byte[][] Copy(YuvImage image) => [.. Enumerable.Range(0, Height).Select(y => image.RowY(y).ToArray())];

    private static double Difference(byte[][] a, byte[][] b)
    {
        var sum = 0L;
        for (var y = 0; y < a.Length; y++)
        {
            for (var x = 0; x < a[y].Length; x++)
            {
                sum += Math.Abs(a[y][x] - b[y][x]);
            }
        }

        return sum;
    }

    private sealed class Shown : IDisposable
    {
        private readonly FilmRenderer _renderer;
        private readonly YuvImage _target = new(Width, Height);

        public Shown(string? from, string text, Lanes? lanes = null)
        {
            // The house's own way has come to rest after 18 frames.
            var motion = from is null
                ? null
                : new TextMotion(TextMotionKind.Morph, Delay * 1_000 / 30, Length * 1_000 / 30, new CubicBezier(3_333, 0, 6_667, 10_000)) { Morph = (from, text) };
            var card = new TextCard.Title(0, TextCard.ToTheEnd, text) { Motion = motion };
            var film = Films.One(Width, Height, Films.Black, card);
            film = film with { Shots = [film.Shots[0] with { Frames = 120 }] };
            _renderer = new FilmRenderer(film, Fonts.All, new SyntheticPictures(), lanes ?? LanesOfCpu.Best);
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
