namespace Url2Video.Farm.Media.Cuda;

/// <summary>Memory of the host that the GPU copies to and from by itself, while the host does something else.</summary>
internal sealed unsafe class CudaHostBuffer : CudaHandle
{
    private CudaHostBuffer(CudaContext context, void* memory, int bytes) : base(context, context, (nint)memory) => ByteCount = bytes;

    public int ByteCount { get; }

    /// <summary>Not to be touched while a copy is on its way.</summary>
    public Span<byte> Bytes => new((void*)Opened, ByteCount);

    /// <exception cref="CudaException">OutOfMemory when the host cannot pin so much.</exception>
    public static CudaHostBuffer Allocate(CudaContext context, int bytes)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(bytes);
        using var scope = context.Enter();
        void* memory;
        context.Driver.Check(context.Driver.cuMemHostAlloc(&memory, (nuint)bytes, 0));
        return new CudaHostBuffer(context, memory, bytes);
    }

    protected override CudaResult Free(nint owned) => Driver.cuMemFreeHost((void*)owned);
}
