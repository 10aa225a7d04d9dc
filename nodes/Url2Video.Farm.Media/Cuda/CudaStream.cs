namespace Url2Video.Farm.Media.Cuda;

/// <summary>Work for a GPU that is done in the order in which it was given.</summary>
internal sealed unsafe class CudaStream : CudaHandle
{
    private const uint NonBlocking = 1;

    private CudaStream(CudaContext context, nint stream) : base(context, context, stream)
    {
    }

    /// <summary>A stream that waits for no other.</summary>
    public static CudaStream Create(CudaContext context)
    {
        using var scope = context.Enter();
        nint stream;
        context.Driver.Check(context.Driver.cuStreamCreate(&stream, NonBlocking));
        return new CudaStream(context, stream);
    }

    /// <summary>Returns when everything is done. What a kernel did wrong is heard of here.</summary>
    public void Wait()
    {
        using var scope = Context.Enter();
        Driver.Check(Driver.cuStreamSynchronize(Opened));
    }

    /// <summary>What is given from now on begins after the event.</summary>
    public void WaitFor(CudaEvent happened)
    {
        using var scope = Context.Enter();
        Driver.Check(Driver.cuStreamWaitEvent(handle, happened.Opened, 0));
    }

    public void Record(CudaEvent happened)
    {
        using var scope = Context.Enter();
        Driver.Check(Driver.cuEventRecord(happened.Opened, handle));
    }

    /// <summary>Bytes to a buffer, without waiting.</summary>
    public void Copy(CudaHostBuffer from, CudaBuffer to, int bytes)
    {
        Require(bytes, from.ByteCount, to.Bytes);
        using var scope = Context.Enter();
        Driver.Check(Driver.cuMemcpyHtoDAsync_v2((ulong)to.Opened, (void*)from.Opened, (nuint)bytes, handle));
    }

    /// <summary>Bytes from a buffer, without waiting.</summary>
    public void Copy(CudaBuffer from, CudaHostBuffer to, int bytes)
    {
        Require(bytes, to.ByteCount, from.Bytes);
        using var scope = Context.Enter();
        Driver.Check(Driver.cuMemcpyDtoHAsync_v2((void*)to.Opened, (ulong)from.Opened, (nuint)bytes, handle));
    }

    /// <summary>Rows of bytes from one place of the GPU to another.</summary>
    public void CopyRows(DevicePlane from, DevicePlane to, int widthBytes, int rows)
    {
        var copy = new CudaCopy2D
        {
            SourceKind = CudaCopy2D.Device,
            SourceDevice = from.Address,
            SourcePitch = (nuint)from.Stride,
            TargetKind = CudaCopy2D.Device,
            TargetDevice = to.Address,
            TargetPitch = (nuint)to.Stride,
            WidthBytes = (nuint)widthBytes,
            Height = (nuint)rows,
        };
        using var scope = Context.Enter();
        Driver.Check(Driver.cuMemcpy2DAsync_v2(&copy, handle));
    }

    protected override CudaResult Free(nint owned) => Driver.cuStreamDestroy_v2(owned);

    private static void Require(int bytes, long ofOne, long ofOther)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(bytes);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(bytes, Math.Min(ofOne, ofOther));
    }
}
