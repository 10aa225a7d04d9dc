namespace Url2Video.Farm.Media.Cuda;

/// <summary>A moment in a stream: has it come, and how long after another.</summary>
internal sealed unsafe class CudaEvent : CudaHandle
{
    private CudaEvent(CudaContext context, nint happened) : base(context, context, happened)
    {
    }

    /// <summary>True when everything before it is done; also before it was recorded.</summary>
    public bool HasCome
    {
        get
        {
            using var scope = Context.Enter();
            var result = Driver.cuEventQuery(Opened);
            Driver.Check(result == CudaResult.NotReady ? CudaResult.Success : result, nameof(Driver.cuEventQuery));
            return result == CudaResult.Success;
        }
    }

    public static CudaEvent Create(CudaContext context)
    {
        using var scope = context.Enter();
        nint happened;
        context.Driver.Check(context.Driver.cuEventCreate(&happened, 0));
        return new CudaEvent(context, happened);
    }

    public void Wait()
    {
        using var scope = Context.Enter();
        Driver.Check(Driver.cuEventSynchronize(Opened));
    }

    /// <summary>By the GPU's own clock; both have come.</summary>
    public double MillisSince(CudaEvent earlier)
    {
        using var scope = Context.Enter();
        float millis;
        Driver.Check(Driver.cuEventElapsedTime(&millis, earlier.Opened, Opened));
        return millis;
    }

    protected override CudaResult Free(nint owned) => Driver.cuEventDestroy_v2(owned);
}
