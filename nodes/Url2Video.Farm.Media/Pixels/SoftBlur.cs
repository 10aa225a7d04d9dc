using System.Runtime.InteropServices;

namespace Url2Video.Farm.Media.Pixels;

/// <summary>
/// Blurs whole pictures in place: running means down and across, several times over, which comes close to a Gaussian. Edge pixels are
/// repeated outside. Holds scratch memory: one instance per thread.
/// </summary>
internal sealed unsafe class SoftBlur : IDisposable
{
    /// <summary>The mean of 201 pixels: its sum times 255 fits 16 bits, and the reciprocal's rounding cannot reach another code.</summary>
    public const int RadiusMax = 100;

    private readonly Plane8 _scratch;
    private readonly Lanes _lanes;
    private ushort* _sums;

    /// <param name="width">The widest picture.</param>
    /// <param name="height">The tallest picture.</param>
    public SoftBlur(int width, int height, Lanes lanes)
    {
        _scratch = new Plane8(width, height);
        _lanes = lanes;
        _sums = (ushort*)NativeMemory.AlignedAlloc((nuint)(width + 64) * sizeof(ushort), 64);
    }

    ~SoftBlur() => Free();

    /// <param name="radius">Luma pixels, 0..<see cref="RadiusMax"/>; chroma is blurred over half of it.</param>
    /// <param name="passes">1 is a box, 2 a triangle, 3 nearly a bell.</param>
    public void Apply(YuvImage image, int radius, int passes)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(radius);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(radius, RadiusMax);
        for (var pass = 0; pass < passes; pass++)
        {
            Plane(image.Y, image.StrideY, image.Width, image.Height, radius);
            Plane(image.U, image.StrideC, image.Width / 2, image.Height / 2, radius / 2);
            Plane(image.V, image.StrideC, image.Width / 2, image.Height / 2, radius / 2);
        }
    }

    /// <summary>As <see cref="Apply"/>, colour left as it is.</summary>
    public void ApplyLuma(YuvImage image, int radius, int passes)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(radius);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(radius, RadiusMax);
        for (var pass = 0; pass < passes; pass++)
        {
            Plane(image.Y, image.StrideY, image.Width, image.Height, radius);
        }
    }

    public void Dispose()
    {
        _scratch.Dispose();
        Free();
        GC.SuppressFinalize(this);
    }

    private void Plane(byte* plane, int stride, int width, int height, int radius)
    {
        if (radius == 0)
        {
            return;
        }

        Columns(plane, stride, width, height, radius);
        for (nint y = 0; y < height; y++)
        {
            Line(_scratch.Pixels + (y * _scratch.Stride), plane + (y * stride), width, radius);
        }
    }

    private void Columns(byte* plane, int stride, int width, int height, int radius)
    {
        var (half, reciprocal) = Mean(radius);
        for (var x = 0; x < width; x++)
        {
            _sums[x] = (ushort)((radius + 1) * plane[x]);
        }

        for (var y = 1; y <= radius; y++)
        {
            var row = RowAt(y);
            for (var x = 0; x < width; x++)
            {
                _sums[x] += row[x];
            }
        }

        for (var y = 0; y < height; y++)
        {
            var target = _scratch.Pixels + ((nint)y * _scratch.Stride);
            RowKernels.BlurColumns(RowAt(y + radius + 1), RowAt(y - radius), _sums, target, width, half, reciprocal, _lanes);
        }

        byte* RowAt(int y) => plane + ((nint)Math.Clamp(y, 0, height - 1) * stride);
    }

    // Across there is one sum, so three stretches: the left edge repeated, nothing repeated, the right edge repeated.
    internal static void Line(byte* source, byte* target, int count, int radius)
    {
        var (half, reciprocal) = Mean(radius);
        var last = count - 1;
        var sum = (radius + 1) * source[0];
        for (var x = 1; x <= radius; x++)
        {
            sum += source[Math.Min(x, last)];
        }

        var middle = Math.Min(radius, count);
        var end = Math.Max(middle, last - radius);
        for (var x = 0; x < middle; x++)
        {
            target[x] = (byte)((uint)(sum + half) * reciprocal >> 16);
            sum += source[Math.Min(x + radius + 1, last)] - source[0];
        }

        for (var x = middle; x < end; x++)
        {
            target[x] = (byte)((uint)(sum + half) * reciprocal >> 16);
            sum += source[x + radius + 1] - source[x - radius];
        }

        for (var x = end; x < count; x++)
        {
            target[x] = (byte)((uint)(sum + half) * reciprocal >> 16);
            sum += source[last] - source[Math.Max(x - radius, 0)];
        }
    }

    internal static (ushort Half, ushort Reciprocal) Mean(int radius)
    {
        var size = (2 * radius) + 1;
        return ((ushort)(size / 2), (ushort)((65_536 + (size / 2)) / size));
    }

    private void Free()
    {
        NativeMemory.AlignedFree(_sums);
        _sums = null;
    }
}
