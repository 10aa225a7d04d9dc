using System.Runtime.InteropServices;

namespace Url2Video.Farm.Media.Pixels;

/// <summary>Where a mask is painted: every point p of it, counted from the frame, goes to pivot + (p − pivot) · scale + offset.</summary>
/// <param name="ScaleQ16">65536 is its own size; at least two thirds of that.</param>
internal readonly record struct MaskPlacement(int PivotX, int PivotY, int ScaleQ16, int XQ16, int YQ16);

/// <summary>A soft edge that runs across a frame and uncovers what it has passed.</summary>
/// <param name="EdgeQ8">Where nothing is seen beyond, 1/256 pixel.</param>
/// <param name="Feather">Pixels over which it is soft, above 0.</param>
/// <param name="IsFromRight">It runs to the left.</param>
internal readonly record struct WipeEdge(int EdgeQ8, int Feather, bool IsFromRight)
{
    /// <summary>How much of a mask is seen there, of 256.</summary>
    /// <param name="x">A column of the frame.</param>
    public int ShareAt(int x) => Math.Clamp((IsFromRight ? (x << 8) - EdgeQ8 : EdgeQ8 - (x << 8)) / Feather, 0, 256);
}

/// <summary>
/// Paints masks at any place and size, to 1/128 of a pixel in both directions. At its own size and a whole even place a mask comes
/// out as <see cref="MaskPainter"/> paints it, to the bit. Holds scratch memory: one instance per thread.
/// </summary>
internal sealed unsafe class MaskSampler : IDisposable
{
    private const long Half = 1L << 31;
    private const int PadLeft = 64;

    /// <summary>How far the filter reaches beyond a mask, in pixels of the frame.</summary>
    private const int Reach = 4;

    private readonly Lanes _lanes;
    private readonly ResampleAxis _columns, _rows;
    private readonly short[] _shares;
    private byte* _row;
    private byte* _out;
    private byte* _zeros;

    /// <param name="width">Of the frames it paints on, at most.</param>
    public MaskSampler(int width, int height, Lanes lanes)
    {
        (_lanes, _columns, _rows) = (lanes, new ResampleAxis(width), new ResampleAxis(height));
        _shares = new short[width];
        _row = Zeros(PadLeft + 16_384 + 256);
        _out = Zeros(width + 256);
        _zeros = Zeros(16_384 + 256);
    }

    ~MaskSampler() => Free();

    /// <param name="originX">Where the mask's own x counts from.</param>
    /// <param name="originY">Likewise for y.</param>
    /// <param name="alpha">0..32767 for all of it.</param>
    public void Paint(YuvImage target, Mask mask, int originX, int originY, in MaskPlacement placement, WipeEdge? wipe, Yuv colour, int alpha)
    {
        if (alpha <= 0)
        {
            return;
        }

        var scale = placement.ScaleQ16;
        var step = (1L << 48) / scale;
        var x = Corner(originX + mask.X, placement.PivotX, placement.ScaleQ16, placement.XQ16);
        var y = Corner(originY + mask.Y, placement.PivotY, placement.ScaleQ16, placement.YQ16);
        var (width, height) = (Size(mask.Luma.Width), Size(mask.Luma.Height));

        // Luma: output i lies at i + 1/2 of the frame, source pixel k at k + 1/2 of the mask, both from the outer corner.
        var (left, right) = (Math.Max(0, Floor(x) - Reach), Math.Min(target.Width, Floor(x + width) + 1 + Reach));
        var (top, bottom) = (Math.Max(0, Floor(y) - Reach), Math.Min(target.Height, Floor(y + height) + 1 + Reach));
        if (right <= left || bottom <= top)
        {
            return;
        }

        _columns.Prepare(Scaled(((long)left << 32) + Half - x) - Half, step, right - left);
        _rows.Prepare(Scaled(((long)top << 32) + Half - y) - Half, step, bottom - top);
        PaintPlane(target.Y, target.StrideY, mask.Luma, left, top, wipe, 1, colour.Y, alpha);

        // Chroma: column j is level with luma column 2j, row j lies midway between the rows 2j and 2j + 1.
        (left, right) = (left / 2, Math.Min(target.Width / 2, (right + 1) / 2));
        (top, bottom) = (top / 2, Math.Min(target.Height / 2, (bottom + 1) / 2));
        _columns.Prepare((Scaled(((2L * left) << 32) + Half - x) - Half) >> 1, step, right - left);
        _rows.Prepare((Scaled((((2L * top) + 1) << 32) - y) - (2 * Half)) >> 1, step, bottom - top);
        PaintPlane(target.U, target.StrideC, mask.Chroma, left, top, wipe, 2, colour.U, alpha);
        PaintPlane(target.V, target.StrideC, mask.Chroma, left, top, wipe, 2, colour.V, alpha);

        long Size(int pixels) => (long)pixels * scale << 16;

        long Scaled(long distanceQ32) => (long)((Int128)distanceQ32 * step >> 32);
    }

    public void Dispose()
    {
        _columns.Dispose();
        _rows.Dispose();
        Free();
        GC.SuppressFinalize(this);
    }

    private static long Corner(int at, int pivot, int scaleQ16, int offsetQ16) =>
        ((long)pivot << 32) + ((long)(at - pivot) * scaleQ16 << 16) + ((long)offsetQ16 << 16);

    private static int Floor(long q32) => (int)Math.Clamp(q32 >> 32, -100_000, 100_000);

    private void PaintPlane(byte* plane, int stride, Plane8 mask, int left, int top, WipeEdge? wipe, int pixelsPerSample, byte colour, int alpha)
    {
        _columns.PrepareBlocks();
        var first = Math.Clamp(_columns.FirstTap, 0, mask.Width - 1);
        var count = Math.Clamp(_columns.EndTap, first + 1, mask.Width) - first;
        var row = _row + PadLeft;
        var (hidden, soft) = wipe is { } edge ? Shares(edge, left, pixelsPerSample) : default;
        for (var y = 0; y < _rows.Count; y++)
        {
            MixInto(row, mask, first, y, count);
            new Span<byte>(row + count, PadLeft).Clear();
            RowKernels.Gather(row - (first - _columns.FirstTap), _columns, _out, _lanes);
            new Span<byte>(_out + _columns.Count, 64).Clear(); // A vector past the end of the row must change nothing.
            new Span<byte>(_out, _columns.Count)[hidden].Clear();
            for (var i = soft.Start.Value; i < soft.End.Value; i++)
            {
                _out[i] = (byte)((_out[i] * _shares[i]) >> 8);
            }

            RowKernels.Paint(plane + ((nint)(top + y) * stride) + left, _out, _columns.Count, colour, alpha, _lanes);
        }
    }

    private void MixInto(byte* row, Plane8 mask, int first, int y, int count)
    {
        var weights = _rows.WeightsOf(y);
        var tap = _rows.TapOf(y);
        if (weights[1] == 128)
        {
            Buffer.MemoryCopy(RowAt(tap + 1), row, count, count);
            return;
        }

        RowKernels.MixRows(RowAt(tap), RowAt(tap + 1), RowAt(tap + 2), RowAt(tap + 3), weights, row, count, _lanes);

        byte* RowAt(int index) => (uint)index < (uint)mask.Height ? mask.Pixels + ((nint)index * mask.Stride) + first : _zeros;
    }

    /// <summary>Which columns the edge hides, and which lie under its soft part, with how much of each is seen (of 256).</summary>
    private (Range Hidden, Range Soft) Shares(WipeEdge edge, int left, int pixelsPerSample)
    {
        var (whole, soft) = (0, 0);
        for (var i = 0; i < _columns.Count; i++)
        {
            _shares[i] = (short)edge.ShareAt((left + i) * pixelsPerSample);
            (whole, soft) = (whole + (_shares[i] == 256 ? 1 : 0), soft + (_shares[i] is > 0 and < 256 ? 1 : 0));
        }

        var first = edge.IsFromRight ? _columns.Count - whole - soft : whole;
        return (edge.IsFromRight ? 0..first : (whole + soft).._columns.Count, first..(first + soft));
    }

    private static byte* Zeros(int bytes)
    {
        var memory = (byte*)NativeMemory.AlignedAlloc((nuint)bytes, 64);
        NativeMemory.Clear(memory, (nuint)bytes);
        return memory;
    }

    private void Free()
    {
        NativeMemory.AlignedFree(_row);
        NativeMemory.AlignedFree(_out);
        NativeMemory.AlignedFree(_zeros);
        _row = null;
        _out = null;
        _zeros = null;
    }
}
