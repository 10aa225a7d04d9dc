namespace Url2Video.Farm.Media.Pixels;

/// <summary>Running means along rows and columns of a plane, with the edge pixel repeated outside. For things made once.</summary>
internal static class BoxBlur
{
    public static void Rows(Plane8 plane, int radius)
    {
        var source = new byte[plane.Width];
        for (var y = 0; y < plane.Height; y++)
        {
            plane.Row(y).CopyTo(source);
            Line(source, plane.Row(y), radius);
        }
    }

    public static void Columns(Plane8 plane, int radius)
    {
        var (source, blurred) = (new byte[plane.Height], new byte[plane.Height]);
        for (var x = 0; x < plane.Width; x++)
        {
            for (var y = 0; y < source.Length; y++)
            {
                source[y] = plane.Row(y)[x];
            }

            Line(source, blurred, radius);
            for (var y = 0; y < source.Length; y++)
            {
                plane.Row(y)[x] = blurred[y];
            }
        }
    }

    /// <param name="target">May not overlap the source.</param>
    public static void Line(ReadOnlySpan<byte> source, Span<byte> target, int radius)
    {
        var last = source.Length - 1;
        var size = (2 * radius) + 1;
        var sum = 0;
        for (var i = -radius; i <= radius; i++)
        {
            sum += source[Math.Clamp(i, 0, last)];
        }

        for (var i = 0; i < source.Length; i++)
        {
            target[i] = (byte)((sum + (size / 2)) / size);
            sum += source[Math.Min(i + radius + 1, last)] - source[Math.Max(i - radius, 0)];
        }
    }
}
