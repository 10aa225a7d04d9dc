namespace Url2Video.Farm.Media.Cuda;

/// <summary>What kind of thing went wrong, for the node to map to a job error.</summary>
public enum CudaErrorKind
{
    /// <summary>Anything else; the message has the driver's own words.</summary>
    Other,

    /// <summary>The machine has no CUDA driver that can be used: none, one without an entry point that we need, or one at odds with its kernel module.</summary>
    NoDriver,

    /// <summary>There is a driver, but no such GPU, or none that this container may use.</summary>
    NoDevice,

    /// <summary>The GPU has no room: take less work, do not retry here.</summary>
    OutOfMemory,

    /// <summary>The GPU or its driver is too old for these kernels.</summary>
    Unsupported,

    /// <summary>The context is dead for this whole process: only a new process can use the GPU again.</summary>
    DeviceLost,
}

/// <summary>A call into the CUDA driver failed, or there is nothing to call.</summary>
public sealed class CudaException : Exception
{
    internal CudaException(CudaErrorKind kind, string message) : base(message) => Kind = kind;

    internal CudaException(CudaResult result, string call, string text)
        : base($"{call} failed: {text} ({(int)result}).") => (Kind, Code, Call) = (KindOf(result), (int)result, call);

    public CudaErrorKind Kind { get; }

    /// <summary>The CUresult value, or 0 when it did not come to a call.</summary>
    public int Code { get; }

    /// <summary>The entry point that failed; empty when it did not come to a call.</summary>
    public string Call { get; } = "";

    private static CudaErrorKind KindOf(CudaResult result) => result switch
    {
        CudaResult.OutOfMemory => CudaErrorKind.OutOfMemory,
        CudaResult.NoDevice or CudaResult.InvalidDevice => CudaErrorKind.NoDevice,
        CudaResult.SystemDriverMismatch => CudaErrorKind.NoDriver,
        CudaResult.NoBinaryForGpu or CudaResult.UnsupportedPtxVersion => CudaErrorKind.Unsupported,
        CudaResult.EccUncorrectable or CudaResult.IllegalAddress or CudaResult.LaunchTimeout or CudaResult.LaunchFailed => CudaErrorKind.DeviceLost,
        _ => CudaErrorKind.Other,
    };
}
