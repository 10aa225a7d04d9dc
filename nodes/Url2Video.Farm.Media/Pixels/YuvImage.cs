namespace Url2Video.Farm.Media.Pixels;

/// <summary>
/// A planar 4:2:0 picture (I420, BT.709, limited range) in native memory: the one pixel format of composition.
/// Rows start on 64-byte boundaries and have at least 64 readable bytes past their last pixel, so that vector loops
/// may over-read. Width and height are even.
/// </summary>
public sealed unsafe class YuvImage : IDisposable
{
    private const int Alignment = 64;
    private readonly IDisposable? _owner;
    private byte* _memory;

    /// <param name="width">Luma pixels, even, 2..16384.</param>
    /// <param name="height">Luma pixels, even, 2..16384.</param>
    public YuvImage(int width, int height)
        : this(width, height, null, null)
    {
        _memory = PixelMemory.Allocate(Bytes);
    }

    /// <summary>A picture that lies in somebody else's memory.</summary>
    /// <param name="memory">At least <see cref="BytesOf"/>, on a 64-byte boundary.</param>
    /// <param name="owner">Disposed of in place of the memory; null with it.</param>
    internal YuvImage(int width, int height, byte* memory, IDisposable? owner)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(width % 2, 0, nameof(width));
        ArgumentOutOfRangeException.ThrowIfNotEqual(height % 2, 0, nameof(height));
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 2);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 2);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(width, 16384);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(height, 16384);
        (Width, Height) = (width, height);
        StrideY = RoundUp(width + Alignment);
        StrideC = RoundUp(width / 2 + Alignment);
        Bytes = BytesOf(width, height);
        _memory = memory;
        _owner = owner;
    }

    ~YuvImage() => Free();

    public int Width { get; }

    public int Height { get; }

    /// <summary>Bytes from one luma row to the next.</summary>
    public int StrideY { get; }

    /// <summary>Bytes from one chroma row to the next (U and V alike).</summary>
    public int StrideC { get; }

    /// <summary>Native bytes held.</summary>
    public long Bytes { get; }

    internal byte* Y => Checked();

    internal byte* U => Checked() + (nint)StrideY * Height;

    internal byte* V => U + (nint)StrideC * (Height / 2);

    /// <summary>One luma row, <see cref="Width"/> bytes.</summary>
    public Span<byte> RowY(int y) => new(Y + (nint)StrideY * InRange(y, Height), Width);

    /// <summary>One row of U, half of <see cref="Width"/> bytes; y counts chroma rows.</summary>
    public Span<byte> RowU(int y) => new(U + (nint)StrideC * InRange(y, Height / 2), Width / 2);

    /// <summary>One row of V, half of <see cref="Width"/> bytes; y counts chroma rows.</summary>
    public Span<byte> RowV(int y) => new(V + (nint)StrideC * InRange(y, Height / 2), Width / 2);

    /// <summary>What a picture of a size holds.</summary>
    public static long BytesOf(int width, int height) =>
        ((long)RoundUp(width + Alignment) * height) + (2L * RoundUp((width / 2) + Alignment) * (height / 2)) + Alignment;

    public void Fill(byte y, byte u, byte v)
    {
        for (var row = 0; row < Height; row++)
        {
            RowY(row).Fill(y);
        }

        for (var row = 0; row < Height / 2; row++)
        {
            RowU(row).Fill(u);
            RowV(row).Fill(v);
        }
    }

    public void Dispose()
    {
        Free();
        GC.SuppressFinalize(this);
    }

    private static int RoundUp(int bytes) => (bytes + Alignment - 1) / Alignment * Alignment;

    private static int InRange(int row, int rows)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)row, (uint)rows);
        return row;
    }

    private byte* Checked()
    {
        ObjectDisposedException.ThrowIf(_memory is null, this);
        return _memory;
    }

    private void Free()
    {
        if (_owner is null)
        {
            PixelMemory.Free(_memory, Bytes);
        }
        else
        {
            _owner.Dispose();
        }

        _memory = null;
    }
}
