using System.Runtime.InteropServices;

namespace Url2Video.Farm.Media.Pixels;

/// <summary>
/// Draws a window of one picture onto a rectangle of another at any sub-pixel position (a camera move, a rung of a ladder).
/// Rows first, then columns, so only one row is ever in flight. Chroma is sited as BT.709 and x264 have it: level with the
/// left luma pixel of its pair, midway between two luma rows. Holds scratch memory: one instance per thread.
/// </summary>
public sealed unsafe class FrameSampler : IDisposable
{
    private const int PadLeft = 64;
    private readonly Lanes _lanes;
    private readonly ResampleAxis _lumaX, _lumaY, _chromaX, _chromaY;
    private byte* _row;
    private byte* _out;

    /// <param name="width">The widest target, luma pixels.</param>
    /// <param name="height">The tallest target, luma pixels.</param>
    public FrameSampler(int width, int height)
        : this(width, height, LanesOfCpu.Best)
    {
    }

    internal FrameSampler(int width, int height, Lanes lanes)
    {
        _lanes = lanes;
        (_lumaX, _lumaY) = (new ResampleAxis(width), new ResampleAxis(height));
        (_chromaX, _chromaY) = (new ResampleAxis(width / 2), new ResampleAxis(height / 2));

        // A step is at most 1.5, so a row of the window has at most 1.5 times the target's pixels, and a few taps.
        _row = (byte*)NativeMemory.AlignedAlloc((nuint)(PadLeft + (width * 3 / 2) + 192), 64);
        _out = (byte*)NativeMemory.AlignedAlloc((nuint)width + 64, 64);
    }

    ~FrameSampler() => Free();

    /// <summary>The most source pixels per output pixel; larger sources are scaled down once beforehand.</summary>
    public const long StepMaxQ32 = ResampleAxis.StepMaxQ32;

    /// <param name="area">Even position and size, inside the target.</param>
    /// <exception cref="ArgumentOutOfRangeException">The window leaves the source, or is more than 1.5 times the area.</exception>
    public void Draw(YuvImage source, in CropWindow window, YuvImage target, PixelRect area)
    {
        if (!window.IsWithin(source.Width, source.Height))
        {
            throw new ArgumentOutOfRangeException(nameof(window), window,
                $"The window leaves its source of {source.Width}x{source.Height}.");
        }

        if (((area.X | area.Y | area.Width | area.Height) & 1) != 0 || area.X < 0 || area.Y < 0 || area.Width <= 0 || area.Height <= 0
            || area.Right > target.Width || area.Bottom > target.Height)
        {
            throw new ArgumentOutOfRangeException(nameof(area), area, "The area must be even and inside the target.");
        }

        PrepareAxes(window, area.Width, area.Height);
        var (half, isEdge) = (area.Width / 2, area.Right < target.Width);
        var (sourceC, targetC) = ((source.Width / 2, source.Height / 2), (nint)area.X / 2);
        for (nint y = 0; y < area.Height; y++)
        {
            var line = target.Y + ((area.Y + y) * target.StrideY) + area.X;
            DrawRow(source.Y, source.StrideY, (source.Width, source.Height), _lumaX, _lumaY, (int)y, line, isEdge);
        }

        for (nint y = 0; y < area.Height / 2; y++)
        {
            var offset = (((area.Y / 2) + y) * target.StrideC) + targetC;
            DrawRow(source.U, source.StrideC, sourceC, _chromaX, _chromaY, (int)y, target.U + offset, isEdge);
            DrawRow(source.V, source.StrideC, sourceC, _chromaX, _chromaY, (int)y, target.V + offset, isEdge);
        }
    }

    public void Dispose()
    {
        _lumaX.Dispose();
        _lumaY.Dispose();
        _chromaX.Dispose();
        _chromaY.Dispose();
        Free();
        GC.SuppressFinalize(this);
    }

    private void PrepareAxes(in CropWindow window, int width, int height)
    {
        const long Half = 1L << 31;
        var stepX = window.WidthQ32 / width;
        var stepY = window.HeightQ32 / height;

        // Centres: output i sits at i + 1/2, and source pixel k at k + 1/2, both from the outer corner.
        var originX = window.XQ32 + (stepX >> 1) - Half;
        var originY = window.YQ32 + (stepY >> 1) - Half;
        _lumaX.Prepare(originX, stepX, width);
        _lumaY.Prepare(originY, stepY, height);

        // Chroma column i is level with luma column 2i; chroma row j lies at luma row 2j + 1/2.
        _chromaX.Prepare(originX >> 1, stepX, width / 2);
        _chromaY.Prepare((originY >> 1) + (stepY >> 2) - (Half / 2), stepY, height / 2);
        _lumaX.PrepareBlocks();
        _chromaX.PrepareBlocks();
    }

    private void DrawRow(byte* plane, int stride, (int Width, int Height) size, ResampleAxis columns, ResampleAxis rows, int y,
        byte* target, bool isEdge)
    {
        // Only the columns that the window touches are mixed; taps past an edge repeat the edge pixel.
        var first = Math.Clamp(columns.FirstTap, 0, size.Width - 1);
        var end = Math.Clamp(columns.EndTap, first + 1, size.Width);
        var row = _row + PadLeft;
        MixInto(row, plane + first, stride, size.Height, rows, y, end - first);
        for (var pad = first - columns.FirstTap; pad > 0; pad--)
        {
            row[-pad] = row[0];
        }

        for (var pad = columns.EndTap - end; pad > 0; pad--)
        {
            row[end - first - 1 + pad] = row[end - first - 1];
        }

        var output = isEdge ? _out : target;
        RowKernels.Gather(row - (first - columns.FirstTap), columns, output, _lanes);
        if (isEdge)
        {
            Buffer.MemoryCopy(_out, target, columns.Count, columns.Count);
        }
    }

    private void MixInto(byte* row, byte* plane, int stride, int height, ResampleAxis rows, int y, int count)
    {
        var weights = rows.WeightsOf(y);
        var tap = rows.TapOf(y);
        if (weights[1] == 128)
        {
            Buffer.MemoryCopy(RowAt(tap + 1), row, count, count);
            return;
        }

        RowKernels.MixRows(RowAt(tap), RowAt(tap + 1), RowAt(tap + 2), RowAt(tap + 3), weights, row, count, _lanes);

        byte* RowAt(int index) => plane + ((nint)Math.Clamp(index, 0, height - 1) * stride);
    }

    private void Free()
    {
        NativeMemory.AlignedFree(_row);
        NativeMemory.AlignedFree(_out);
        _row = null;
        _out = null;
    }
}
