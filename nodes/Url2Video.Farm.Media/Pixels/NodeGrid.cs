namespace Url2Video.Farm.Media.Pixels;

/// <summary>
/// A picture so smooth that one node per 16 by 16 luma pixels describes it, with 7 fractional bits: three planes of nodes, all
/// at the same places, expanded to a frame by straight lines and ordered dither.
/// </summary>
internal sealed unsafe class NodeGrid
{
    /// <summary>Luma pixels from node to node, as a power of two.</summary>
    public const int LumaShift = 4;

    private const int ChromaShift = LumaShift - 1;
    private readonly int _stride;
    private readonly short[] _nodes;
    private readonly short[] _line;

    /// <param name="width">Of the frame.</param>
    public NodeGrid(int width, int height)
    {
        // One more than there are cells, and one for a last cell that is cut.
        (Columns, Rows) = ((width >> LumaShift) + 2, (height >> LumaShift) + 2);
        _stride = (Columns + 15) & ~7;
        _nodes = GC.AllocateArray<short>(3 * _stride * Rows, pinned: true);
        _line = GC.AllocateArray<short>(_stride, pinned: true);
    }

    public int Columns { get; }

    public int Rows { get; }

    /// <summary>Nodes of plane 0 (Y), 1 (U) or 2 (V): codes times 128.</summary>
    public Span<short> Row(int plane, int row) => _nodes.AsSpan(((plane * Rows) + row) * _stride, Columns);

    /// <summary>Draws a frame of the size the grid was made for.</summary>
    public void Expand(YuvImage target, Lanes lanes)
    {
        var (halfWidth, halfHeight) = (target.Width / 2, target.Height / 2);
        ExpandPlane(0, LumaShift, target.Y, target.StrideY, target.Width, target.Height, lanes);
        ExpandPlane(1, ChromaShift, target.U, target.StrideC, halfWidth, halfHeight, lanes);
        ExpandPlane(2, ChromaShift, target.V, target.StrideC, halfWidth, halfHeight, lanes);
    }

    /// <summary>Draws over a frame, as much as a mask lets through.</summary>
    /// <param name="mask">Of the frame's size, at its origin.</param>
    public void ExpandThrough(Mask mask, YuvImage target, Lanes lanes)
    {
        var (halfWidth, halfHeight) = (target.Width / 2, target.Height / 2);
        ExpandPlane(0, LumaShift, mask.Luma, target.Y, target.StrideY, target.Width, target.Height, lanes);
        ExpandPlane(1, ChromaShift, mask.Chroma, target.U, target.StrideC, halfWidth, halfHeight, lanes);
        ExpandPlane(2, ChromaShift, mask.Chroma, target.V, target.StrideC, halfWidth, halfHeight, lanes);
    }

    /// <summary>Softens every plane: weights 1 2 1 across and down, the edge repeated.</summary>
    public void Blur()
    {
        var before = new short[Math.Max(Columns, Rows)];
        for (var row = 0; row < 3 * Rows; row++)
        {
            var nodes = _nodes.AsSpan(row * _stride, Columns);
            nodes.CopyTo(before);
            for (var x = 0; x < Columns; x++)
            {
                nodes[x] = Soft(before[Math.Max(0, x - 1)], before[x], before[Math.Min(Columns - 1, x + 1)]);
            }
        }

        for (var column = 0; column < 3 * Columns; column++)
        {
            var (plane, x) = (column / Columns, column % Columns);
            for (var y = 0; y < Rows; y++)
            {
                before[y] = Row(plane, y)[x];
            }

            for (var y = 0; y < Rows; y++)
            {
                Row(plane, y)[x] = Soft(before[Math.Max(0, y - 1)], before[y], before[Math.Min(Rows - 1, y + 1)]);
            }
        }
    }

    private static short Soft(int before, int here, int after) => (short)((before + (2 * here) + after + 2) >> 2);

    private void ExpandPlane(int plane, int shift, byte* target, int stride, int width, int height, Lanes lanes)
    {
        fixed (short* nodes = _nodes, line = _line)
        {
            for (var y = 0; y < height; y++)
            {
                var upper = nodes + (((plane * Rows) + (y >> shift)) * _stride);
                var weight = (y & ((1 << shift) - 1)) << (15 - shift);
                RowKernels.MixNodes(upper, upper + _stride, line, Columns, weight, lanes);
                RowKernels.Expand(line, shift, Dither.Row(y), target + ((nint)y * stride), width, lanes);
            }
        }
    }

    private void ExpandPlane(int plane, int shift, Plane8 mask, byte* target, int stride, int width, int height, Lanes lanes)
    {
        fixed (short* nodes = _nodes, line = _line)
        {
            for (var y = 0; y < height; y++)
            {
                var upper = nodes + (((plane * Rows) + (y >> shift)) * _stride);
                var weight = (y & ((1 << shift) - 1)) << (15 - shift);
                var coverage = mask.Pixels + ((nint)y * mask.Stride);
                RowKernels.MixNodes(upper, upper + _stride, line, Columns, weight, lanes);
                RowKernels.ExpandThrough(line, shift, coverage, target + ((nint)y * stride), width, lanes);
            }
        }
    }
}
