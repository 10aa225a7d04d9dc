using System.Runtime.InteropServices;

namespace Url2Video.Farm.Media.Pixels;

/// <summary>Tells where in a source a pixel of a frame is read. Pixel centres lie at whole numbers, in luma pixels.</summary>
internal interface IWarp
{
    (double X, double Y) At(double x, double y);
}

/// <summary>
/// Draws a picture turned, tilted or bent: the mapping is asked at one node per 16 by 16 luma pixels and straight lines lie between,
/// bilinear with 7-bit fractions. Holds scratch memory: one instance per thread.
/// </summary>
internal sealed unsafe class WarpSampler : IDisposable
{
    private const int Shift = 4;
    private const double OutermostQ16 = 1L << 29;
    private readonly Lanes _lanes;
    private readonly int _columns;
    private readonly (int U, int V)[] _nodes;
    private readonly (int U, int V)[] _line;
    private byte* _out;

    /// <param name="width">Of the frames it draws, at most.</param>
    public WarpSampler(int width, int height, Lanes lanes)
    {
        // Chroma steps over every second node, so that its last cell may need two more.
        _lanes = lanes;
        _columns = (width >> Shift) + 4;
        _nodes = new (int, int)[_columns * ((height >> Shift) + 2)];
        _line = new (int, int)[_columns];
        _out = (byte*)NativeMemory.AlignedAlloc((nuint)width + 64, 64);
    }

    ~WarpSampler() => Free();

    /// <param name="source">At least 4 by 4.</param>
    /// <param name="area">Even position and size, inside the target; the mapping counts from its corner.</param>
    public void Draw<TWarp>(YuvImage source, in TWarp warp, YuvImage target, PixelRect area) where TWarp : struct, IWarp
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Math.Min(source.Width, source.Height), 4, nameof(source));
        var rows = ((area.Height - 1) >> Shift) + 2;
        for (var row = 0; row < rows; row++)
        {
            for (var column = 0; column < _columns; column++)
            {
                var (x, y) = warp.At(column << Shift, row << Shift);
                _nodes[(row * _columns) + column] = (Q16(x), Q16(y));
            }
        }

        var isEdge = area.Right < target.Width;
        for (nint y = 0; y < area.Height; y++)
        {
            LumaLine((int)y);
            var to = target.Y + ((area.Y + y) * target.StrideY) + area.X;
            DrawRow(source.Y, source.StrideY, source.Width, source.Height, area.Width, 1, to, isEdge);
        }

        for (nint y = 0; y < area.Height / 2; y++)
        {
            ChromaLine((int)y);
            var to = (((area.Y / 2) + y) * target.StrideC) + (area.X / 2);
            DrawRow(source.U, source.StrideC, source.Width / 2, source.Height / 2, area.Width / 2, 2, target.U + to, isEdge);
            DrawRow(source.V, source.StrideC, source.Width / 2, source.Height / 2, area.Width / 2, 2, target.V + to, isEdge);
        }
    }

    public void Dispose()
    {
        Free();
        GC.SuppressFinalize(this);
    }

    private static int Q16(double pixels) => (int)Math.Floor(Math.Clamp((pixels * 65_536) + 0.5, -OutermostQ16, 2 * OutermostQ16));

    private void LumaLine(int y)
    {
        var (row, part) = (y >> Shift, y & 15);
        for (var column = 0; column < _columns; column++)
        {
            _line[column] = OnLumaLine(_nodes[(row * _columns) + column], _nodes[((row + 1) * _columns) + column], part);
        }
    }

    // Chroma row y lies at luma row 2y + 1/2, its column level with the left luma pixel of its pair.
    private void ChromaLine(int y)
    {
        var (row, part) = ((2 * y) >> Shift, (2 * ((2 * y) & 15)) + 1);
        for (var column = 0; column < _columns; column++)
        {
            _line[column] = OnChromaLine(_nodes[(row * _columns) + column], _nodes[((row + 1) * _columns) + column], part);
        }
    }

    // Half a phase more, so that cutting a fraction to 7 bits rounds it.
    internal static (int U, int V) OnLumaLine((int U, int V) a, (int U, int V) b, int part) =>
        (Between(a.U, b.U, part, Shift) + 256, Between(a.V, b.V, part, Shift) + 256);

    internal static (int U, int V) OnChromaLine((int U, int V) a, (int U, int V) b, int part) =>
        ((Between(a.U, b.U, part, Shift + 1) >> 1) + 256, ((Between(a.V, b.V, part, Shift + 1) - (1 << 15)) >> 1) + 256);

    private static int Between(int from, int to, int part, int shift) => from + (int)(((long)(to - from) * part) >> shift);

    /// <param name="nodes">From one cell of sixteen samples to the next.</param>
    private void DrawRow(byte* plane, int stride, int width, int height, int count, int nodes, byte* target, bool isEdge)
    {
        var output = isEdge ? _out : target;
        for (var x = 0; x < count; x += RowKernels.WarpCount)
        {
            var (a, b) = (_line[(x >> Shift) * nodes], _line[((x >> Shift) + 1) * nodes]);
            RowKernels.Warp(plane, stride, width, height, a.U, a.V, (b.U - a.U) >> Shift, (b.V - a.V) >> Shift, output + x, _lanes);
        }

        if (isEdge)
        {
            Buffer.MemoryCopy(_out, target, count, count);
        }
    }

    private void Free()
    {
        NativeMemory.AlignedFree(_out);
        _out = null;
    }
}
