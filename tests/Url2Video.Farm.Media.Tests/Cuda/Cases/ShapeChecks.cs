using Url2Video.Farm.Media.Cuda;
using Url2Video.Farm.Media.Pixels;

namespace Url2Video.Farm.Media.Tests.Cuda.Cases;

internal static class ShapeChecks
{
    public static string? Disc(Rig rig, Random random, int width, int rows)
    {
        var (plane, canvas, x, y) = Canvas(rig, random, width, rows);
        var radius = random.Next(4) == 0 ? random.Next(100) : random.Next(256, 256 * 60);
        var disc = new DiscShape(x, y, radius, random.Next(2) == 0 ? 0 : radius * random.Next(1, 9) / 10);
        var (colour, alpha) = ((byte)random.Next(256), Rig.Weight(random));
        Oracle(plane, canvas, disc, colour, alpha);
        rig.Kernels.Paint(rig.Stream, canvas, disc, colour, alpha);
        return plane.Difference();
    }

    public static string? Glow(Rig rig, Random random, int width, int rows)
    {
        var (plane, canvas, x, y) = Canvas(rig, random, width, rows);
        var glow = new GlowShape(x, y, random.Next(1, 256 * 80));
        var (colour, alpha) = ((byte)random.Next(256), Rig.Weight(random));
        Oracle(plane, canvas, glow, colour, alpha);
        rig.Kernels.Paint(rig.Stream, canvas, glow, colour, alpha);
        return plane.Difference();
    }

    /// <summary>Corners anywhere, in either turn; the edges of dented ones are judged too.</summary>
    public static string? Quad(Rig rig, Random random, int width, int rows)
    {
        var (plane, canvas, x, y) = Canvas(rig, random, width, rows);
        var quad = new QuadShape(Corner(), Corner(), Corner(), Corner());
        var (colour, alpha) = ((byte)random.Next(256), Rig.Weight(random));
        Oracle(plane, canvas, quad, colour, alpha);
        rig.Kernels.Paint(rig.Stream, canvas, quad, colour, alpha);
        return plane.Difference();

        (int X, int Y) Corner() => (x + random.Next(-256 * 50, 256 * 50), y + random.Next(-256 * 12, 256 * 12));
    }

    /// <summary>A part of a frame, far from its corner or near, and a place in it for the middle of a shape.</summary>
    private static (Twin<byte> Plane, DeviceCanvas Canvas, int X, int Y) Canvas(Rig rig, Random random, int width, int rows)
    {
        var (plane, left, top, footprint) = (rig.Noise(random, width, rows), random.Next(4_000), random.Next(4_000), random.Next(1, 3));
        var canvas = new DeviceCanvas(plane.Device, new PixelRect(left, top, width, rows), footprint);
        return (plane, canvas, ((left * 256) + random.Next(256 * width)) * footprint, ((top * 256) + random.Next(256 * rows)) * footprint);
    }

    private static void Oracle<T>(Twin<byte> plane, in DeviceCanvas canvas, T shape, byte colour, int alpha) where T : struct, ICoverage
    {
        var (left, top, isLuma) = (canvas.Area.X, canvas.Area.Y, canvas.Footprint == 1);
        for (var y = 0; y < plane.Rows; y++)
        {
            for (var x = 0; x < plane.Width; x++)
            {
                // The middles of samples as ShapePainter has them.
                var (atX, atY) = isLuma ? (((left + x) << 8) + 128, ((top + y) << 8) + 128) : (((left + x) << 9) + 128, ((top + y) << 9) + 256);
                ShapePainter.Mix(ref plane.Row(y)[x], colour, shape.At(atX, atY, canvas.Footprint), alpha);
            }
        }
    }
}
