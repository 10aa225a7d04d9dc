using Url2Video.Farm.Media.Pixels;

namespace Url2Video.Farm.Media.Composition;

/// <summary>Where the outlines of a logo are, and in which order a hand would draw them: once round the middle, from the top.</summary>
internal static class LogoOutlines
{
    /// <summary>Steps this high are drawn in full.</summary>
    private const int StepGain = 4;

    public static Plane8 Of(LogoPicture logo)
    {
        using var steps = new Plane8(logo.Width, logo.Height);
        for (var y = 0; y < logo.Height; y++)
        {
            for (var x = 0; x < logo.Width; x++)
            {
                var step = Math.Max(StepAt(logo.Opacity, x, y), StepAt(logo.Y, x, y));
                steps.Row(y)[x] = (byte)Math.Min(255, step * StepGain);
            }
        }

        return Thickened(steps, Math.Max(1, logo.Width / 110));
    }

    public static Plane8 OrderOf(int width, int height)
    {
        var order = new Plane8(width, height);
        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++)
            {
                order.Row(y)[x] = (byte)Turn((2 * x) + 1 - width, (2 * y) + 1 - height);
            }
        }

        return order;
    }

    /// <summary>The place on a turn clockwise from the top, 0..255: by the way round a square on its corner, which needs no arc tangent.</summary>
    internal static int Turn(int dx, int dy)
    {
        var reach = Math.Abs(dx) + Math.Abs(dy);
        if (reach == 0)
        {
            return 0;
        }

        var quarter = Math.Abs(dx) * 63 / reach;
        return (dx >= 0, dy < 0) switch
        {
            (true, true) => quarter,
            (true, false) => 64 + (63 - quarter),
            (false, false) => 128 + quarter,
            _ => 192 + (63 - quarter),
        };
    }

    // A line of one pixel is not seen in a film.
    private static Plane8 Thickened(Plane8 lines, int reach)
    {
        var thick = new Plane8(lines.Width, lines.Height);
        for (var y = 0; y < lines.Height; y++)
        {
            for (var x = 0; x < lines.Width; x++)
            {
                var (most, left, right) = ((byte)0, Math.Max(0, x - reach), Math.Min(lines.Width, x + reach + 1));
                for (var row = Math.Max(0, y - reach); row <= Math.Min(lines.Height - 1, y + reach); row++)
                {
                    foreach (var line in lines.Row(row)[left..right])
                    {
                        most = Math.Max(most, line);
                    }
                }

                thick.Row(y)[x] = most;
            }
        }

        return thick;
    }

    private static int StepAt(Plane8 plane, int x, int y) =>
        Math.Abs(Pixel(plane, x + 1, y) - Pixel(plane, x - 1, y)) + Math.Abs(Pixel(plane, x, y + 1) - Pixel(plane, x, y - 1));

    private static int Pixel(Plane8 plane, int x, int y) =>
        (uint)x < (uint)plane.Width && (uint)y < (uint)plane.Height ? plane.Row(y)[x] : 0;
}
