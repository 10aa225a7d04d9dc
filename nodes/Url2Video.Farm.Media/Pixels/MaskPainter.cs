using System.Runtime.InteropServices;

namespace Url2Video.Farm.Media.Pixels;

/// <summary>
/// Paints masks onto pictures at any height to 1/256 of a pixel (a rising title glides, it does not step), clipped to the
/// picture. Holds one row of scratch memory: one instance per thread.
/// </summary>
internal sealed unsafe class MaskPainter : IDisposable
{
    private const int ScratchBytes = 16_384 + 192;
    private readonly Lanes _lanes;
    private byte* _row;
    private byte* _zeros;

    public MaskPainter(Lanes lanes)
    {
        _lanes = lanes;
        _row = (byte*)NativeMemory.AlignedAlloc(ScratchBytes, 64);
        _zeros = (byte*)NativeMemory.AlignedAlloc(ScratchBytes, 64);
        NativeMemory.Clear(_zeros, ScratchBytes);
    }

    ~MaskPainter() => Free();

    /// <param name="originX">Even: where the mask's own x counts from.</param>
    /// <param name="originYQ8">Likewise for y, in 1/256 of a pixel.</param>
    /// <param name="alpha">0..32767 for all of it.</param>
    public void Paint(YuvImage target, Mask mask, int originX, int originYQ8, Yuv colour, int alpha)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(originX & 1, 0, nameof(originX));
        if (alpha <= 0)
        {
            return;
        }

        var x = originX + mask.X;
        var yQ8 = originYQ8 + (mask.Y << 8);
        PaintPlane(target.Y, target.StrideY, target.Width, target.Height, mask.Luma, x, yQ8, shift: 8, colour.Y, alpha);

        // Chroma rows lie half as far apart, so the same height has one more bit of fraction.
        var (width, height) = (target.Width / 2, target.Height / 2);
        PaintPlane(target.U, target.StrideC, width, height, mask.Chroma, x >> 1, yQ8, shift: 9, colour.U, alpha);
        PaintPlane(target.V, target.StrideC, width, height, mask.Chroma, x >> 1, yQ8, shift: 9, colour.V, alpha);
    }

    public void Dispose()
    {
        Free();
        GC.SuppressFinalize(this);
    }

    private void PaintPlane(byte* plane, int stride, int width, int height, Plane8 mask, int x, int y, int shift, byte colour, int alpha)
    {
        var whole = y >> shift;
        var weight = (y & ((1 << shift) - 1)) << (15 - shift);
        var (left, right) = (Math.Max(0, x), Math.Min(width, x + mask.Width));
        if (right <= left)
        {
            return;
        }

        // A fraction spreads the mask over one more row; the row above the first and below the last are empty.
        var (first, end) = (Math.Max(0, whole), Math.Min(height, whole + mask.Height + (weight > 0 ? 1 : 0)));
        var (skip, count) = (left - x, right - left);
        for (var row = first; row < end; row++)
        {
            var coverage = RowOf(mask, row - whole) + skip;
            if (weight > 0)
            {
                RowKernels.CrossFade(coverage, RowOf(mask, row - whole - 1) + skip, _row, count, weight, _lanes);
                coverage = _row;
            }

            RowKernels.Paint(plane + ((nint)row * stride) + left, coverage, count, colour, alpha, _lanes);
        }
    }

    private byte* RowOf(Plane8 mask, int row) =>
        (uint)row < (uint)mask.Height ? mask.Pixels + ((nint)row * mask.Stride) : _zeros;

    private void Free()
    {
        NativeMemory.AlignedFree(_row);
        NativeMemory.AlignedFree(_zeros);
        _row = null;
        _zeros = null;
    }
}
