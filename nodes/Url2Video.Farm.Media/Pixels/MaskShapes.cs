namespace Url2Video.Farm.Media.Pixels;

/// <summary>Masks that are made once, before the first frame: boxes, gradients, shadows. Plain integer loops.</summary>
internal static class MaskShapes
{
    /// <summary>A filled box with round corners, smoothed with 8 by 8 samples a pixel.</summary>
    /// <param name="x">Even, from the origin of the mask.</param>
    /// <param name="radius">Pixels; at most half the shorter side.</param>
    public static Mask RoundedBox(int x, int y, int width, int height, int radius)
    {
        radius = Math.Clamp(radius, 0, Math.Min(width, height) / 2);
        var plane = new Plane8(width, height);
        for (var row = 0; row < height; row++)
        {
            plane.Row(row).Fill(255);
        }

        for (var cornerY = 0; cornerY < radius; cornerY++)
        {
            for (var cornerX = 0; cornerX < radius; cornerX++)
            {
                var coverage = CornerCoverage(cornerX, cornerY, radius);
                plane.Row(cornerY)[cornerX] = coverage;
                plane.Row(cornerY)[width - 1 - cornerX] = coverage;
                plane.Row(height - 1 - cornerY)[cornerX] = coverage;
                plane.Row(height - 1 - cornerY)[width - 1 - cornerX] = coverage;
            }
        }

        return new Mask(plane, x, y);
    }

    /// <summary>
    /// A band across a frame that fades in from its top edge over <paramref name="fadeRows"/> and then stays at
    /// <paramref name="peak"/> (or the same upside down); eased at both ends and dithered, so that no step of it can be seen.
    /// </summary>
    public static Mask Fade(int y, int width, int height, int fadeRows, int peak, bool isUpsideDown)
    {
        var plane = new Plane8(width, height);
        for (var row = 0; row < height; row++)
        {
            var share = Composition.EasingCurve.At(Composition.Easing.Smooth, isUpsideDown ? height - row : row + 1, fadeRows);
            DitherRow(plane.Row(row), row, (int)((share * peak) >> 22));
        }

        return new Mask(plane, 0, y);
    }

    /// <summary>
    /// Lines across and down a frame with a dot where they meet, laid so that the middle of the frame is the middle of a cell.
    /// </summary>
    /// <param name="pitch">Pixels from line to line, even.</param>
    /// <param name="thickness">Of a line, pixels.</param>
    /// <param name="coverage">Of a line; a dot has 255.</param>
    /// <param name="dotRadius">In 1/16 pixel.</param>
    public static Mask Lattice(int width, int height, int pitch, int thickness, byte coverage, int dotRadius)
    {
        var plane = new Plane8(width, height);
        var (firstX, firstY) = (FirstLine(width, pitch), FirstLine(height, pitch));
        for (var y = 0; y < height; y++)
        {
            var row = plane.Row(y);
            var toLineY = Nearest(y, firstY, pitch, thickness);
            for (var x = 0; x < width; x++)
            {
                var toLineX = Nearest(x, firstX, pitch, thickness);
                var isLine = Math.Min(Math.Abs(toLineX), Math.Abs(toLineY)) < 8 * thickness;
                row[x] = Math.Max(isLine ? coverage : (byte)0, DotCoverage(toLineX, toLineY, dotRadius));
            }
        }

        return new Mask(plane, 0, 0);

        // Even, so that a line lies the same way to the chroma samples everywhere.
        static int FirstLine(int side, int pitch) => (((side / 2) + (pitch / 2)) % pitch) & ~1;

        // From the middle of a pixel to the middle of the next line, in 1/16 pixel.
        static int Nearest(int place, int first, int pitch, int thickness)
        {
            var (span, half) = (16 * pitch, 8 * pitch);
            var distance = (16 * (place - first)) + 8 - (8 * thickness) + half;
            return ((distance % span) + span) % span - half;
        }
    }

    /// <summary>The same opacity everywhere.</summary>
    public static Mask Even(int width, int height, byte opacity)
    {
        var plane = new Plane8(width, height);
        for (var row = 0; row < height; row++)
        {
            plane.Row(row).Fill(opacity);
        }

        return new Mask(plane, 0, 0);
    }

    /// <summary>The mask made soft and larger: three box blurs, which come close to a Gaussian.</summary>
    /// <param name="radius">Of each blur, 1..256 pixels.</param>
    /// <param name="gain">Of 256: opacity of the middle.</param>
    public static Mask Shadow(Mask mask, int radius, int gain)
    {
        var margin = ((3 * radius) + 1) & ~1;
        var plane = new Plane8(mask.Luma.Width + (2 * margin), mask.Luma.Height + (2 * margin));
        for (var y = 0; y < mask.Luma.Height; y++)
        {
            mask.Luma.Row(y).CopyTo(plane.Row(y + margin)[margin..]);
        }

        for (var pass = 0; pass < 3; pass++)
        {
            BoxBlur.Rows(plane, radius);
            BoxBlur.Columns(plane, radius);
        }

        for (var y = 0; y < plane.Height; y++)
        {
            foreach (ref var opacity in plane.Row(y))
            {
                opacity = (byte)Math.Min(255, (opacity * gain) >> 8);
            }
        }

        return new Mask(plane, mask.X - margin, mask.Y - margin);
    }

    private static void DitherRow(Span<byte> row, int y, int valueQ8)
    {
        for (var x = 0; x < row.Length; x++)
        {
            row[x] = (byte)Math.Min(255, (valueQ8 + (Dither.At(x, y) << 2)) >> 8);
        }
    }

    /// <param name="dx">From the middle of the pixel to the middle of the dot, in 1/16 pixel; likewise dy.</param>
    private static byte DotCoverage(int dx, int dy, int radius)
    {
        if (Math.Max(Math.Abs(dx), Math.Abs(dy)) > radius + 16)
        {
            return 0;
        }

        var inside = 0;
        for (var sample = 0; sample < 64; sample++)
        {
            var (x, y) = (dx - 7 + (2 * (sample & 7)), dy - 7 + (2 * (sample >> 3)));
            inside += (x * x) + (y * y) <= radius * radius ? 1 : 0;
        }

        return (byte)(((inside * 255) + 32) / 64);
    }

    private static byte CornerCoverage(int x, int y, int radius)
    {
        // Samples at odd sixteenths of a pixel, so none lies on an edge of one.
        var inside = 0;
        for (var sample = 0; sample < 64; sample++)
        {
            long dx = (16L * (radius - x)) - ((2 * (sample & 7)) + 1);
            long dy = (16L * (radius - y)) - ((2 * (sample >> 3)) + 1);
            inside += (dx * dx) + (dy * dy) <= 256L * radius * radius ? 1 : 0;
        }

        return (byte)(((inside * 255) + 32) / 64);
    }
}
