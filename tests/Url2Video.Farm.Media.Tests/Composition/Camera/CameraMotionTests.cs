using Url2Video.Farm.Media.Composition;
using Url2Video.Farm.Media.Pixels;
using Url2Video.Farm.Media.Tests.Pixels;
using Xunit;
using Xunit.Abstractions;

namespace Url2Video.Farm.Media.Tests.Composition.Camera;

public sealed class CameraMotionTests(ITestOutputHelper output)
{
    private const int Width = 640, Height = 360, Wide = 2400, Tall = 1350;
    private static readonly CubicBezier s_standard = new(4_000, 0, 2_000, 10_000);

    /// <summary>The manual's panLeft: 45 degrees to the left in three seconds on its curve, measured on frames.</summary>
    [FontFact]
    public void PanLeft_OnFrames_TurnsAsItsCurveSays()
    {
        var turn = new CameraMotion.Turn(new CameraTiming(0, 3_000, s_standard), TurnAxis.Pan, -4_500, 3_500);
        var dots = Enumerable.Range(1, 23).Select(i => (100.0 * i, (Tall / 2.0) - 0.5)).ToArray();
        var focal = Width / 2.0 / Math.Tan(17.5 * Math.PI / 180);
        var geometry = new TurnGeometry(turn, Wide, Tall, Width, Height);
        var distance = geometry.Step * focal;
        var worst = 0.0;
        foreach (var (n, frame) in Rendered(turn, 110, 10, new DotPicture(Wide, Tall, 12, dots)))
        {
            var share = s_standard.Apply(EasingCurve.One * Math.Min(n, 90) / 90) / (double)EasingCurve.One;
            var wanted = -45 * share;
            foreach (var (x, _) in dots)
            {
                // The bearing of a dot from the middle of the picture, and where the turned lens must show it.
                var bearing = Math.Atan((x + 0.5 - (Wide / 2.0)) / distance) * 180 / Math.PI;
                var at = (Width / 2.0) + (focal * Math.Tan((bearing - 22.5 - wanted) * Math.PI / 180)) - 0.5;
                if (at is > 20 and < Width - 20 && Math.Abs(bearing - 22.5 - wanted) < 17)
                {
                    var found = DotPicture.Find(frame, at, (Height / 2.0) - 0.5, 9);
                    var angle = bearing - 22.5 - (Math.Atan((found.X + 0.5 - (Width / 2.0)) / focal) * 180 / Math.PI);
                    worst = Math.Max(worst, Math.Abs(found.X - at));
                    Assert.InRange(angle - wanted, -0.1, 0.1);
                }
            }
        }

        output.WriteLine($"panLeft: worst {worst:0.000} px");
        Assert.InRange(worst, 0.0001, 1);
    }

    [FontTheory]
    [InlineData(TurnAxis.Pan, 3_000)]
    [InlineData(TurnAxis.Tilt, 1_500)]
    [InlineData(TurnAxis.Roll, 1_000)]
    [InlineData(TurnAxis.Orbit, -3_500)]
    public void Turn_OnFrames_IsTheHomographyToAPixel(TurnAxis axis, int degrees)
    {
        var turn = new CameraMotion.Turn(new CameraTiming(0, 2_000, CubicBezier.Linear), axis, degrees, 3_500);
        (double X, double Y)[] dots = [.. from x in Enumerable.Range(1, 23) from y in Enumerable.Range(1, 12) select (100.0 * x, (100.0 * y) + 25)];
        var (worst, seen) = (0.0, 0);
        foreach (var (n, frame) in Rendered(turn, 61, 12, new DotPicture(Wide, Tall, 10, dots)))
        {
            foreach (var dot in dots)
            {
                if (Reference(axis, degrees / 100.0, n / 60.0, dot, turn) is var (x, y) && x is > 16 and < Width - 16 && y is > 16 and < Height - 16)
                {
                    var found = DotPicture.Find(frame, x, y, 8);
                    worst = Math.Max(worst, Math.Max(Math.Abs(found.X - x), Math.Abs(found.Y - y)));
                    seen++;
                }
            }
        }

        output.WriteLine($"{axis}: worst {worst:0.000} px of {seen} dots");
        Assert.True(seen > 50, $"{seen} dots");
        Assert.InRange(worst, 0, 1);
    }

    [Theory]
    [InlineData(TurnAxis.Pan, -4_500)]
    [InlineData(TurnAxis.Pan, 6_000)]
    [InlineData(TurnAxis.Tilt, 6_000)]
    [InlineData(TurnAxis.Roll, -6_000)]
    [InlineData(TurnAxis.Orbit, 6_000)]
    public void Turn_AnyMoment_StaysInsideThePicture(TurnAxis axis, int degrees)
    {
        var turn = new CameraMotion.Turn(new CameraTiming(0, 3_000, s_standard), axis, degrees, 5_000);
        var geometry = new TurnGeometry(turn, Wide, Tall, Width, Height);
        for (long share = 0; share <= EasingCurve.One; share += EasingCurve.One / 100)
        {
            var warp = geometry.At(share);
            foreach (var (x, y) in ((double, double)[])[(0, 0), (Width - 1, 0), (0, Height - 1), (Width - 1, Height - 1)])
            {
                var (u, v) = warp.At(x, y);
                Assert.InRange(u, -0.5, Wide - 0.5);
                Assert.InRange(v, -0.5, Tall - 0.5);
            }
        }
    }

    /// <summary>The manual's dollyZoom, 10 to 5: the subject keeps its size, the background goes.</summary>
    [FontFact]
    public void DollyZoom_OnFrames_HoldsTheSubjectWhileTheBackgroundScales()
    {
        var dolly = new CameraMotion.DollyZoom(new CameraTiming(0, 2_000, CubicBezier.Linear), CameraPose.Whole, 300_000, 1_000, 500, 1_000);
        var (middleX, middleY) = ((Wide / 2.0) - 0.5, (Tall / 2.0) - 0.5);
        (double X, double Y)[] dots = [(middleX - 90, middleY), (middleX + 90, middleY), (middleX - 640, middleY), (middleX + 640, middleY)];
        var (subject, background, size) = (new List<double>(), new List<double>(), new List<double>());
        foreach (var (n, frame) in Rendered(dolly, 61, 20, new DotPicture(Wide, Tall, 20, dots)))
        {
            // Source pixels to a frame pixel: 3.75 for all of it, 2.5 at the start, when the background is at 1.
            var k = (1 - (n / 120.0)) * 2 / (2 - (n / 120.0));
            var near = 2400.0 / Width * (2 / 3.0);
            var (a, b) = (At(-90 / near), At(90 / near));
            var (c, d) = (At(-640 / near * k), At(640 / near * k));
            subject.Add(b.X - a.X);
            size.Add(a.Size);
            background.Add(d.X - c.X);
            Assert.InRange(background[^1] / (1280 / near * k), 0.98, 1.02);

            (double X, double Y, double Size) At(double fromMiddle) =>
                DotPicture.Find(frame, (Width / 2.0) - 0.5 + fromMiddle, (Height / 2.0) - 0.5, 14);
        }

        output.WriteLine($"subject {subject.Min():0.00}..{subject.Max():0.00} px, background {background[0]:0.0} to {background[^1]:0.0} px");
        Assert.InRange(subject.Max() / subject.Min(), 1, 1.02);
        Assert.InRange(size.Max() / size.Min(), 1, 1.02);
        Assert.InRange(background[^1] / background[0], 0.653, 0.680);
    }

    /// <summary>The manual's tracking path passes its points, and not at one speed.</summary>
    [FontFact]
    public void Track_OnFrames_PassesItsPoints()
    {
        var track = new CameraMotion.Track(new CameraTiming(0, 2_000, CubicBezier.Linear),
            [new PathPoint(0, 0), new PathPoint(500_000, 200_000), new PathPoint(1_000_000, 0)], 1_600_000);
        var (roomX, roomY) = (Wide - (Wide / 1.6), Tall - (Tall / 1.6));
        var step = Wide / 1.6 / Width;
        (double X, double Y)[] dots = [(1200, 500)];
        foreach (var (n, frame) in Rendered(track, 61, 30, new DotPicture(Wide, Tall, 20, dots)))
        {
            var (x, y) = n switch { 0 => (0.0, 0.0), 30 => (0.5, 0.2), _ => (1.0, 0.0) };
            var (atX, atY) = (((1200.5 - (x * roomX)) / step) - 0.5, ((500.5 - (y * roomY)) / step) - 0.5);
            var found = DotPicture.Find(frame, atX, atY, 16);
            Assert.InRange(found.X - atX, -0.1, 0.1);
            Assert.InRange(found.Y - atY, -0.1, 0.1);
        }
    }

    [FontTheory]
    [InlineData(100)]
    [InlineData(200)]
    [InlineData(50)]
    public void Speed_OnFrames_ChangesTheMotionInProportion(int speed)
    {
        var timing = new CameraTiming(0, 3_000, CubicBezier.Linear, speed);
        var track = new CameraMotion.Track(timing, [new PathPoint(0, 500_000), new PathPoint(1_000_000, 500_000)], 1_600_000);
        var places = Rendered(track, 21, 20, new DotPicture(Wide, Tall, 20, (1200, 675)))
            .Select(f => DotPicture.Find(f.Frame, Width / 2.0, Height / 2.0, 330).X).ToList();

        // Twenty frames of ninety, and the room is 900 of 1500 source pixels across 640.
        Assert.InRange(places[0] - places[^1], (speed * 20 / 9000.0 * 384) - 0.6, (speed * 20 / 9000.0 * 384) + 0.6);
    }

    [FontFact]
    public void Warp_FramesInAnyOrder_GiveTheSameBits()
    {
        var turn = new CameraMotion.Turn(new CameraTiming(100, 1_500, s_standard), TurnAxis.Pan, -4_500, 3_500);
        var hashes = Rendered(turn, 50, 7, new SyntheticPictures(), "900x600:noise").ToDictionary(f => f.N, f => TestPictures.Hash(f.Frame));
        using var target = new YuvImage(Width, Height);
        using var renderer = new FilmRenderer(FilmOf(turn, 50, "900x600:noise"), Fonts.All, new SyntheticPictures());
        foreach (var n in (int[])[42, 7, 35, 0, 21, 14])
        {
            renderer.Compose(n, target);
            Assert.Equal(hashes[n], TestPictures.Hash(target));
        }
    }

    /// <summary>Writes every move over a street of boxes to the folder that U2V_SHEETS names, for people to look at.</summary>
    [SheetsFact]
    public void Sheets_EveryMove_AreWritten()
    {
        var timing = new CameraTiming(0, 2_000, s_standard);
        (string Name, CameraMotion Motion)[] moves =
        [
            ("panLeft", new CameraMotion.Turn(timing, TurnAxis.Pan, -4_500, 3_500)),
            ("tiltUp", new CameraMotion.Turn(timing, TurnAxis.Tilt, 2_000, 3_500)),
            ("roll", new CameraMotion.Turn(timing, TurnAxis.Roll, 800, 3_500)),
            ("orbit", new CameraMotion.Turn(timing, TurnAxis.Orbit, 3_000, 3_500)),
            ("zoom", new CameraMotion.Zoom(timing, CameraPose.Whole, CameraPose.Whole with { ZoomMillionths = 1_500_000 })),
            ("dollyZoom", new CameraMotion.DollyZoom(timing, CameraPose.Whole, 450_000, 1_000, 500, 1_000)),
            ("dollyZoomOut", new CameraMotion.DollyZoom(timing, CameraPose.Whole, 450_000, 500, 1_000, 1_000)),
            ("tracking", new CameraMotion.Track(timing, [new(0, 0), new(500_000, 200_000), new(1_000_000, 0)], 1_600_000)),
        ];
        foreach (var (name, motion) in moves)
        {
            Sheets.Write($"camera-{name}", Rendered(motion, 61, 4, new StreetPicture(Wide, Tall)).Select(f => f.Frame));
        }
    }

    private static IEnumerable<(int N, YuvImage Frame)> Rendered(
        CameraMotion motion, int frames, int step, IPictureSource pictures, string id = "dots")
    {
        using var target = new YuvImage(Width, Height);
        using var renderer = new FilmRenderer(FilmOf(motion, frames, id), Fonts.All, pictures);
        for (var n = 0; n < frames; n += step)
        {
            renderer.Compose(n, target);
            yield return (n, target);
        }
    }

    private static Film FilmOf(CameraMotion motion, int frames, string id)
    {
        var film = Films.One(Width, Height, new Background.Picture(id, CameraMove.Still) { Motion = motion });
        return film with { Shots = [film.Shots[0] with { Frames = frames }] };
    }

    /// <summary>A pinhole camera in floating point: rays are turned by rotation matrices and cut with the plane.</summary>
    private static (double X, double Y)? Reference(TurnAxis axis, double degrees, double share, (double X, double Y) dot, CameraMotion.Turn turn)
    {
        var focal = Width / 2.0 / Math.Tan(turn.FieldOfViewHundredths / 200.0 * Math.PI / 180);
        var distance = new TurnGeometry(turn, Wide, Tall, Width, Height).Step * focal;
        var angle = degrees * Math.PI / 180 * (axis == TurnAxis.Roll ? share : share - 0.5);
        var (sin, cos) = (Math.Sin(angle), Math.Cos(angle));
        var (x, y, z) = ((dot.X + 0.5 - (Wide / 2.0)) / distance, (dot.Y + 0.5 - (Tall / 2.0)) / distance, 1.0);

        // From the world into the camera: the inverse of what the camera does.
        (x, y, z) = axis switch
        {
            TurnAxis.Pan => ((x * cos) - (z * sin), y, (x * sin) + (z * cos)),
            TurnAxis.Tilt => (x, (y * cos) + (z * sin), (-y * sin) + (z * cos)),
            TurnAxis.Roll => ((x * cos) + (y * sin), (-x * sin) + (y * cos), z),
            _ => Walked(x - sin, y, z - (1 - cos)),
        };
        return z <= 0.1 ? null : ((Width / 2.0) + (focal * x / z) - 0.5, (Height / 2.0) + (focal * y / z) - 0.5);

        (double X, double Y, double Z) Walked(double dx, double dy, double dz) =>
            ((dx * cos) + (dz * sin), dy, (-dx * sin) + (dz * cos));
    }
}
