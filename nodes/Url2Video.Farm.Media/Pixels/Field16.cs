using System.Runtime.InteropServices;

namespace Url2Video.Farm.Media.Pixels;

/// <summary>A plane of 16-bit numbers in native memory; rows end in at least 64 readable bytes past their last number.</summary>
internal sealed unsafe class Field16 : IDisposable
{
    /// <summary>The greatest time of arrival in a field of times.</summary>
    public const int Max = 16_383;

    private const int PadNumbers = 32;
    private short* _memory;

    /// <param name="width">1..16384.</param>
    /// <param name="height">1..16384.</param>
    public Field16(int width, int height)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(width);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(height);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(width, 16_384);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(height, 16_384);
        (Width, Height) = (width, height);
        Stride = StrideOf(width);
        _memory = (short*)PixelMemory.Allocate(BytesOf(width, height));
        NativeMemory.Clear(_memory, (nuint)BytesOf(width, height));
    }

    ~Field16() => Free();

    public int Width { get; }

    public int Height { get; }

    /// <summary>Numbers from one row to the next.</summary>
    public int Stride { get; }

    /// <summary>What a field of a size holds.</summary>
    public static long BytesOf(int width, int height) => (long)StrideOf(width) * height * sizeof(short);

    public short* Row(int y)
    {
        ObjectDisposedException.ThrowIf(_memory is null, this);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)y, (uint)Height, nameof(y));
        return _memory + ((nint)Stride * y);
    }

    public Span<short> Numbers(int y) => new(Row(y), Width);

    public void Dispose()
    {
        Free();
        GC.SuppressFinalize(this);
    }

    private static int StrideOf(int width) => (width + PadNumbers + PadNumbers - 1) / PadNumbers * PadNumbers;

    private void Free()
    {
        PixelMemory.Free((byte*)_memory, BytesOf(Width, Height));
        _memory = null;
    }
}
