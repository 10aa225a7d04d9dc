using System.Diagnostics;
using System.Globalization;
using Url2Video.Farm.Media.Composition;
using Url2Video.Farm.Media.Pixels;

namespace Url2Video.Farm.Bench;

/// <summary>
/// What each camera move and each text motion costs: CPU milliseconds a 1080p frame on one thread, the least of some rounds, beside a
/// copy of the frame. Texts stand on one colour, so that nothing but them is drawn.
/// </summary>
internal static class MotionBench
{
    private const int Width = 1920;
    private const int Height = 1080;
    private const int Frames = 60;

    public static int Run(int rounds)
    {
        using var photos = new Photos();
        var timing = new CameraTiming(0, 2_000, new CubicBezier(4_000, 0, 2_000, 10_000));
        Tell("copy of a frame", CopyCost(rounds));
        foreach (var (name, motion) in (ReadOnlySpan<(string, CameraMotion?)>)
        [
            ("two views", null),
            ("zoom", new CameraMotion.Zoom(timing, CameraPose.Whole, CameraPose.Whole with { ZoomMillionths = 1_400_000 })),
            ("tracking", new CameraMotion.Track(timing, [new(0, 0), new(500_000, 200_000), new(1_000_000, 0)], 1_300_000)),
            ("pan", new CameraMotion.Turn(timing, TurnAxis.Pan, -4_500, 3_500)),
            ("tilt", new CameraMotion.Turn(timing, TurnAxis.Tilt, 2_000, 3_500)),
            ("roll", new CameraMotion.Turn(timing, TurnAxis.Roll, 800, 3_500)),
            ("orbit", new CameraMotion.Turn(timing, TurnAxis.Orbit, 3_000, 3_500)),
            ("dollyZoom", new CameraMotion.DollyZoom(timing, CameraPose.Whole, 450_000, 1_000, 500, 1_000)),
        ])
        {
            var camera = new CameraMove(CameraPose.Whole, CameraPose.Whole with { ZoomMillionths = 1_200_000 });
            Tell($"camera {name}", Cost(new Background.Picture("photo0", camera) { Motion = motion }, [], photos, rounds));
        }

        var black = new Background.Solid(new Rgb(0, 0, 0));
        var empty = Cost(black, [], photos, rounds);
        foreach (var kind in Enum.GetValues<TextMotionKind>().Where(k => k != TextMotionKind.CountUp))
        {
            var motion = new TextMotion(kind, 0, 1_800, CubicBezier.Linear) { DistanceTenths = 300, PerSecondTenths = 200, HasCursor = true };
            var title = new TextCard.Title(0, TextCard.ToTheEnd, "Fine lines reveal every jitter", Subtitle: "And a subtitle") { Motion = motion };
            Tell($"text {kind}", Cost(black, [title], photos, rounds) - empty);
        }

        return 0;
    }

    private static double Cost(Background background, TextCard[] cards, Photos photos, int rounds)
    {
        var film = new Film(Width, Height, new FrameRate(30), Theme.Default, [new FilmShot(new Shot(background, [.. cards]), 0, Frames)], []);
        using var frame = new YuvImage(Width, Height);
        using var renderer = new FilmRenderer(film, Node.Work.FilmFonts.Shared, photos);
        renderer.Compose(0, frame);
        return Least(rounds, () =>
        {
            for (var i = 0; i < Frames; i++)
            {
                renderer.Compose(i, frame);
            }
        });
    }

    private static double CopyCost(int rounds)
    {
        using var from = new YuvImage(Width, Height);
        using var to = new YuvImage(Width, Height);
        from.Fill(16, 128, 128);
        return Least(rounds, () =>
        {
            for (var i = 0; i < Frames; i++)
            {
                ImageBlend.Copy(from, to);
            }
        });
    }

    private static double Least(int rounds, Action frames)
    {
        frames();
        var least = double.MaxValue;
        for (var round = 0; round < rounds; round++)
        {
            var before = Process.GetCurrentProcess().TotalProcessorTime;
            frames();
            least = Math.Min(least, (Process.GetCurrentProcess().TotalProcessorTime - before).TotalMilliseconds / Frames);
        }

        return least;
    }

    private static void Tell(string name, double millis) => Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name,-22} {millis:0.000} ms"));
}
