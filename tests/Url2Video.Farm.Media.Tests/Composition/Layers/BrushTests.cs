using System.Collections.Immutable;
using Url2Video.Farm.Media.Composition;
using Url2Video.Farm.Media.Pixels;
using Url2Video.Farm.Media.Tests.Composition.Camera;
using Url2Video.Farm.Media.Tests.Pixels;
using Xunit;
using Xunit.Abstractions;

namespace Url2Video.Farm.Media.Tests.Composition.Layers;

/// <summary>Brushes on finished frames of 640 x 360 from a picture of that size: a thousandth of the shorter side is 0.36 pixel.</summary>
public sealed class BrushTests(ITestOutputHelper output)
{
    private const int Width = 640;
    private const int Height = 360;
    private static readonly BrushArea s_middle = new BrushArea.Ellipse(new LayerBox(300_000, 200_000, 400_000, 600_000), 40_000);

    /// <summary>Row E6: what is not masked does not move, not by a bit.</summary>
    [FontTheory]
    [InlineData(BrushMode.Flow)]
    [InlineData(BrushMode.Swing)]
    [InlineData(BrushMode.Ease)]
    public void Draw_OutsideTheMask_IsThePictureToTheBit(BrushMode mode)
    {
        var brush = new MotionBrush(s_middle, 60_000, -30_000, 40_000, 8_000) { Mode = mode, Length = 1_000 };
        using var still = new YuvImage(Width, Height);
        using var moved = new YuvImage(Width, Height);
        using var plain = RendererOf("640x360:noise");
        using var brushed = RendererOf("640x360:noise", brush);
        foreach (var n in (int[])[7, 20, 44])
        {
            plain.Compose(n, still);
            brushed.Compose(n, moved);
            var changed = 0;
            for (var y = 0; y < Height; y++)
            {
                for (var x = 0; x < Width; x++)
                {
                    var (dx, dy) = ((x + 0.5 - 320) / 128, (y + 0.5 - 180) / 108);
                    var isInside = (dx * dx) + (dy * dy) < 1;
                    changed += still.RowY(y)[x] != moved.RowY(y)[x] ? 1 : 0;
                    Assert.True(isInside || still.RowY(y)[x] == moved.RowY(y)[x], $"{mode}, frame {n}: ({x},{y})");
                }
            }

            Assert.Equal(still.RowU(20).ToArray(), moved.RowU(20).ToArray());
            Assert.Equal(still.RowV(90)[..92].ToArray(), moved.RowV(90)[..92].ToArray());
            Assert.InRange(changed, 10_000, 45_000);
        }
    }

    /// <summary>Row E8: a dot in the middle of the mask goes where the numbers say; half the intensity half as far, twice the speed twice as soon.</summary>
    [FontTheory]
    [InlineData(100, 100)]
    [InlineData(50, 100)]
    [InlineData(100, 200)]
    [InlineData(25, 50)]
    public void Draw_Ease_MovesInProportionToIntensityAndSpeed(int intensity, int speed)
    {
        var brush = new MotionBrush(new BrushArea.Ellipse(new LayerBox(100_000, 0, 800_000, 1_000_000), 5_000), 80_000, -50_000, 0, 0)
        {
            Mode = BrushMode.Ease,
            Length = 1_500,
            SpeedPercent = speed,
            Intensity = [new BrushKey(0, intensity, CubicBezier.Linear)],
        };
        using var frame = new YuvImage(Width, Height);
        using var renderer = new FilmRenderer(FilmOf("dot", brush), Fonts.All, new DotPicture(Width, Height, 14, (310.0, 190.0)));
        var worst = 0.0;
        for (var n = 0; n < 60; n++)
        {
            renderer.Compose(n, frame);
            var share = Math.Min(1, n / 30.0 * speed / 100 / 1.5) * intensity / 100;
            var (x, y) = (310 + (0.08 * Height * share), 190 - (0.05 * Height * share));
            var found = DotPicture.Find(frame, x, y, 20);
            worst = Math.Max(worst, Math.Max(Math.Abs(found.X - x), Math.Abs(found.Y - y)));
        }

        output.WriteLine($"intensity {intensity} speed {speed}: worst {worst:0.0000} px");
        Assert.InRange(worst, 0, 0.05);
    }

    /// <summary>A flow comes back to its first frame after a period, and no step of it, over the seam either, is larger than others.</summary>
    [FontFact]
    public void Draw_Flow_LoopsWithoutATear()
    {
        var brush = new MotionBrush(s_middle, 50_000, 20_000, 0, 5_000) { Length = 1_000 };
        using var renderer = new FilmRenderer(FilmOf("dots", brush), Fonts.All, new DotPicture(Width, Height, 30, (300.0, 170.0), (350.0, 200.0), (320.0, 130.0)));
        var frames = Enumerable.Range(0, 60).Select(n =>
        {
            var frame = new YuvImage(Width, Height);
            renderer.Compose(n, frame);
            return frame;
        }).ToArray();

        TestPictures.AssertSame(frames[3], frames[33]);
        TestPictures.AssertSame(frames[29], frames[59]);
        var steps = Enumerable.Range(0, 59).Select(n => Difference(frames[n], frames[n + 1])).ToArray();
        output.WriteLine($"mean step {steps.Average():0.000}, largest {steps.Max():0.000}, at the seams {steps[14]:0.000} {steps[29]:0.000} {steps[44]:0.000}");
        Assert.InRange(steps.Max() / steps.Average(), 1, 1.6);
        Assert.True(steps.Min() > 0);
        Array.ForEach(frames, f => f.Dispose());
    }

    [FontFact]
    public void Draw_FramesInAnyOrderAndOverlappingBrushes_GivesTheSameBits()
    {
        MotionBrush[] brushes =
        [
            new(s_middle, 50_000, 20_000, 0, 5_000) { Length = 900 },
            new(new BrushArea.Polygon([new(200_000, 300_000), new(700_000, 400_000), new(400_000, 900_000)], 20_000), -30_000, 0, 30_000, 0) { Mode = BrushMode.Swing },
            new(new BrushArea.Painted("64x36:noise", 30_000), 0, 40_000, 0, 10_000) { Mode = BrushMode.Ease, Seed = 4 },
        ];
        using var target = new YuvImage(Width, Height);
        using var forwards = RendererOf("640x360:noise", brushes);
        var expected = Enumerable.Range(0, 60).Select(n =>
        {
            forwards.Compose(n, target);
            return TestPictures.Hash(target);
        }).ToArray();

        Assert.Equal(60, expected.Distinct().Count());
        using var shuffled = RendererOf("640x360:noise", brushes);
        foreach (var n in (int[])[59, 3, 31, 30, 0, 44])
        {
            shuffled.Compose(n, target);
            Assert.Equal(expected[n], TestPictures.Hash(target));
            using var alone = RendererOf("640x360:noise", brushes);
            alone.Compose(n, target);
            Assert.Equal(expected[n], TestPictures.Hash(target));
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var n = 0; n < 30; n++)
        {
            forwards.Compose(n, target);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [VectorTheory]
    [MemberData(nameof(Vectors.All), MemberType = typeof(Vectors))]
    public void Draw_AnyExecution_GivesTheSameBits(string lanes)
    {
        var film = FilmOf("642x362:noise", new MotionBrush(s_middle, 70_000, 20_000, 30_000, 9_000) { Length = 900 });
        using var expected = new YuvImage(Width, Height);
        using var actual = new YuvImage(Width, Height);
        using var scalar = new FilmRenderer(film, Fonts.All, new SyntheticPictures(), Lanes.Scalar);
        using var vector = new FilmRenderer(film, Fonts.All, new SyntheticPictures(), Vectors.Parse(lanes));
        foreach (var n in (int[])[1, 22, 51])
        {
            scalar.Compose(n, expected);
            vector.Compose(n, actual);
            TestPictures.AssertSame(expected, actual);
        }
    }

    /// <summary>A black mask moves nothing; a white one moves everything there is.</summary>
    [FontTheory]
    [InlineData("64x36:16", 0)]
    [InlineData("64x36:235", 100)]
    public void Draw_PaintedMask_MovesWhatIsLight(string mask, int percent)
    {
        using var still = new YuvImage(Width, Height);
        using var moved = new YuvImage(Width, Height);
        using var plain = RendererOf("640x360:noise");
        using var brushed = RendererOf("640x360:noise", new MotionBrush(new BrushArea.Painted(mask, 0), 100_000, 0, 0, 0) { Mode = BrushMode.Ease, Length = 1_000 });
        plain.Compose(50, still);
        brushed.Compose(50, moved);

        // 36 pixels to the right, whole: the row is the same row elsewhere.
        var shift = 36 * percent / 100;
        Assert.Equal(still.RowY(100)[..(Width - 36)].ToArray(), moved.RowY(100).Slice(shift, Width - 36).ToArray());
    }

    private static double Difference(YuvImage a, YuvImage b)
    {
        long sum = 0;
        for (var y = 0; y < a.Height; y++)
        {
            for (var x = 0; x < a.Width; x++)
            {
                sum += Math.Abs(a.RowY(y)[x] - b.RowY(y)[x]);
            }
        }

        return sum / 10_000.0;
    }

    private static FilmRenderer RendererOf(string picture, params MotionBrush[] brushes) =>
        new(FilmOf(picture, brushes), Fonts.All, new SyntheticPictures());

    private static Film FilmOf(string picture, params MotionBrush[] brushes) =>
        Films.One(Width, Height, new Background.Picture(picture, CameraMove.Still) { Brushes = [.. brushes] });
}
