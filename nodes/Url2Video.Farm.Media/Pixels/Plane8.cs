using System.Runtime.InteropServices;

namespace Url2Video.Farm.Media.Pixels;

/// <summary>
/// One plane of bytes in native memory: coverage of glyphs, opacity of pictures. Rows start on 64-byte boundaries and end in
/// at least 64 bytes of zeros, so that a vector loop past the edge of a mask changes nothing under it.
/// </summary>
public sealed unsafe class Plane8 : IDisposable
{
    private const int Alignment = 64;
    private byte* _memory;

    /// <summary>A plane of zeros.</summary>
    /// <param name="width">1..16384.</param>
    /// <param name="height">1..16384.</param>
    public Plane8(int width, int height)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(width);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(height);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(width, 16384);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(height, 16384);
        (Width, Height) = (width, height);
        Stride = StrideOf(width);
        _memory = PixelMemory.Allocate(BytesOf(width, height));
        NativeMemory.Clear(_memory, (nuint)BytesOf(width, height));
    }

    ~Plane8() => Free();

    public int Width { get; }

    public int Height { get; }

    /// <summary>Bytes from one row to the next.</summary>
    public int Stride { get; }

    internal byte* Pixels
    {
        get
        {
            ObjectDisposedException.ThrowIf(_memory is null, this);
            return _memory;
        }
    }

    /// <summary>What a plane of a size holds.</summary>
    public static long BytesOf(int width, int height) => ((long)StrideOf(width) * height) + Alignment;

    /// <summary>One row, <see cref="Width"/> bytes.</summary>
    public Span<byte> Row(int y)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)y, (uint)Height, nameof(y));
        return new(Pixels + ((nint)Stride * y), Width);
    }

    public void Dispose()
    {
        Free();
        GC.SuppressFinalize(this);
    }

    private static int StrideOf(int width) => (width + Alignment + Alignment - 1) / Alignment * Alignment;

    private void Free()
    {
        PixelMemory.Free(_memory, BytesOf(Width, Height));
        _memory = null;
    }
}
