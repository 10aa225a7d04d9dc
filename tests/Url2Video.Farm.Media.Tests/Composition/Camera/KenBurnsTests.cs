using Url2Video.Farm.Media.Composition;
using Url2Video.Farm.Media.Pixels;
using Xunit;
using Xunit.Abstractions;

namespace Url2Video.Farm.Media.Tests.Composition.Camera;

/// <summary>The motion of a slow zoom and a slow pan on finished frames, against where the formula says the picture is.</summary>
public sealed class KenBurnsTests(ITestOutputHelper output)
{
    private const int Frames = 150;

    [FontTheory]
    [InlineData("zoom and pan", 1_080_000, 1_200_000, 500_000, 520_000)]
    [InlineData("pan", 1_250_000, 1_250_000, 480_000, 520_000)]
    [InlineData("zoom out", 1_200_000, 1_050_000, 500_000, 500_000)]
    public void Move_OnFrames_IsTheFormulaToAHundredthOfAPixel(string name, int zoomFrom, int zoomTo, int from, int to)
    {
        // A picture of 1500 x 1000 on a frame of 960 x 540: half of RS-20 in both, so a pixel is as much of the way as there.
        (double X, double Y)[] dots = [(620.3, 400.7), (750.5, 500.2), (905.1, 610.9)];
        var move = new CameraMove(new CameraPose(from, 500_000, zoomFrom), new CameraPose(to, 500_000, zoomTo), Easing.Linear);
        var film = Films.One(960, 540, new Background.Picture("dots", move));
        film = film with { Shots = [film.Shots[0] with { Frames = Frames }] };
        using var frame = new YuvImage(960, 540);
        using var renderer = new FilmRenderer(film, Fonts.All, new DotPicture(1500, 1000, 14, dots));

        var (worstOffset, worstStep, squares, steps) = (0.0, 0.0, 0.0, 0);
        var before = new (double X, double Y)[dots.Length];
        for (var n = 0; n < Frames; n++)
        {
            renderer.Compose(n, frame);
            for (var dot = 0; dot < dots.Length; dot++)
            {
                var wanted = Wanted(dots[dot], n / (Frames - 1.0));
                var (x, y, _) = DotPicture.Find(frame, wanted.X, wanted.Y, 22);
                var error = (X: x - wanted.X, Y: y - wanted.Y);
                worstOffset = Math.Max(worstOffset, Math.Max(Math.Abs(error.X), Math.Abs(error.Y)));
                if (n > 0)
                {
                    var (dx, dy) = (error.X - before[dot].X, error.Y - before[dot].Y);
                    worstStep = Math.Max(worstStep, Math.Max(Math.Abs(dx), Math.Abs(dy)));
                    (squares, steps) = (squares + (dx * dx) + (dy * dy), steps + 2);
                }

                before[dot] = error;
            }
        }

        var rms = Math.Sqrt(squares / steps);
        output.WriteLine($"{name}: offset {worstOffset:0.0000} px, per frame rms {rms:0.0000}, max {worstStep:0.0000}");
        Assert.InRange(worstOffset, 0, 0.05);
        Assert.InRange(rms, 0, 0.01);
        Assert.InRange(worstStep, 0, 0.03);

        (double X, double Y) Wanted((double X, double Y) dot, double u)
        {
            // What CameraPose says, in floating point: the window about the centre, and the place of the dot in it.
            var zoom = (zoomFrom + ((zoomTo - zoomFrom) * u)) / 1e6;
            var (width, height) = (1500 / zoom, 1500.0 * 540 / 960 / zoom);
            var left = (1500 * (from + ((to - from) * u)) / 1e6) - (width / 2);
            var top = 500 - (height / 2);
            return (((dot.X + 0.5 - left) * 960 / width) - 0.5, ((dot.Y + 0.5 - top) * 540 / height) - 0.5);
        }
    }
}
