using System.Runtime.CompilerServices;

namespace Url2Video.Farm.Media.Cuda;

/// <summary>Bytes on a GPU.</summary>
internal sealed unsafe class CudaBuffer : CudaHandle
{
    private const uint WordBytes = 16;

    private CudaBuffer(CudaContext context, ulong address, long bytes, int pitch) : base(context, context, (nint)address) =>
        (Bytes, Pitch) = (bytes, pitch);

    public long Bytes { get; }

    /// <summary>Bytes from one row to the next, as the driver chose them; 0 for a buffer that is not made of rows.</summary>
    public int Pitch { get; }

    /// <exception cref="CudaException">OutOfMemory when the GPU has no room.</exception>
    public static CudaBuffer Allocate(CudaContext context, long bytes)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(bytes);
        using var scope = context.Enter();
        ulong address;
        context.Driver.Check(context.Driver.cuMemAlloc_v2(&address, (nuint)bytes));
        return new CudaBuffer(context, address, bytes, 0);
    }

    /// <summary>Rows that begin where the GPU reads them best.</summary>
    /// <exception cref="CudaException">OutOfMemory when the GPU has no room.</exception>
    public static CudaBuffer AllocateRows(CudaContext context, int widthBytes, int rows)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(widthBytes);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(rows);
        using var scope = context.Enter();
        ulong address;
        nuint pitch;
        context.Driver.Check(context.Driver.cuMemAllocPitch_v2(&address, &pitch, (nuint)widthBytes, (nuint)rows, WordBytes));
        return new CudaBuffer(context, address, checked((long)pitch * rows), checked((int)pitch));
    }

    /// <summary>A part of it as rows, for a kernel. Valid as long as the buffer lives.</summary>
    /// <param name="offset">In numbers of type T; so are the stride and the width.</param>
    /// <exception cref="ArgumentOutOfRangeException">The rows leave the buffer.</exception>
    public DevicePlane Plane<T>(int stride, int width, int rows, long offset = 0) where T : unmanaged
    {
        var end = (offset + (stride * (rows - 1L)) + width) * Unsafe.SizeOf<T>();
        if (offset < 0 || stride < 0 || width <= 0 || rows <= 0 || end > Bytes)
        {
            throw new ArgumentOutOfRangeException(nameof(rows), rows, $"{rows} rows of {width}, {stride} apart, from {offset} on leave a buffer of {Bytes} bytes.");
        }

        return new DevicePlane((ulong)Opened + ((ulong)offset * (ulong)Unsafe.SizeOf<T>()), stride);
    }

    /// <summary>The whole of it, for a kernel that reads a table.</summary>
    public DevicePlane Table()
    {
        ObjectDisposedException.ThrowIf(IsClosed, this);
        return new DevicePlane((ulong)Opened, 0);
    }

    /// <summary>Copies to the start of the buffer and waits: the collector's memory is not lent for longer than a call.</summary>
    public void Upload<T>(ReadOnlySpan<T> source, CudaStream stream) where T : unmanaged
    {
        var bytes = BytesOf<T>(source.Length);
        fixed (T* from = source)
        {
            using var scope = Context.Enter();
            Driver.Check(Driver.cuMemcpyHtoDAsync_v2((ulong)Opened, from, bytes, stream.Opened));
            stream.Wait();
        }
    }

    /// <summary>Copies from the start of the buffer and waits.</summary>
    public void Download<T>(Span<T> target, CudaStream stream) where T : unmanaged
    {
        var bytes = BytesOf<T>(target.Length);
        fixed (T* to = target)
        {
            using var scope = Context.Enter();
            Driver.Check(Driver.cuMemcpyDtoHAsync_v2(to, (ulong)Opened, bytes, stream.Opened));
            stream.Wait();
        }
    }

    /// <summary>Every byte the same, in the stream's turn.</summary>
    public void Fill(byte value, CudaStream stream)
    {
        using var scope = Context.Enter();
        Driver.Check(Driver.cuMemsetD8Async((ulong)Opened, value, (nuint)Bytes, stream.Opened));
    }

    protected override CudaResult Free(nint owned) => Driver.cuMemFree_v2((ulong)owned);

    private nuint BytesOf<T>(int count) where T : unmanaged
    {
        var bytes = (long)count * Unsafe.SizeOf<T>();
        ArgumentOutOfRangeException.ThrowIfGreaterThan(bytes, Bytes, nameof(count));
        return (nuint)bytes;
    }
}
