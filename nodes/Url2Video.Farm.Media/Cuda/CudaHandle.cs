using System.Runtime.InteropServices;

namespace Url2Video.Farm.Media.Cuda;

/// <summary>Owner of one object of the driver. Holds open what it was made of, so that things are freed in order whoever lets go first.</summary>
internal abstract class CudaHandle : SafeHandle
{
    private static long s_live;
    private readonly SafeHandle _owner;

    /// <param name="owner">The context, or what lies in it; held open by the caller until this returns.</param>
    protected CudaHandle(CudaContext context, SafeHandle owner, nint owned) : base(0, ownsHandle: true)
    {
        (Context, _owner) = (context, owner);
        var isHeld = false;
        owner.DangerousAddRef(ref isHeld); // Given back in ReleaseHandle.
        SetHandle(owned);
        Interlocked.Increment(ref s_live);
    }

    /// <summary>Objects of the driver that this process holds now.</summary>
    public static long Live => Interlocked.Read(ref s_live);

    public sealed override bool IsInvalid => handle == 0;

    /// <summary>What the driver knows it by.</summary>
    /// <exception cref="ObjectDisposedException">It was freed.</exception>
    internal nint Opened
    {
        get
        {
            ObjectDisposedException.ThrowIf(IsClosed, this);
            return handle;
        }
    }

    protected CudaContext Context { get; }

    protected CudaDriver Driver => Context.Driver;

    /// <summary>Frees the object, its context being current; may run on the finalizer thread.</summary>
    protected abstract CudaResult Free(nint owned);

    // Never throws. Where the context cannot be entered it is dead, and the driver has freed what was in it.
    protected sealed override unsafe bool ReleaseHandle()
    {
        var isFreed = false;
        if (Driver.cuCtxPushCurrent_v2(Context.DangerousGetHandle()) == CudaResult.Success)
        {
            nint popped;
            isFreed = Free(handle) == CudaResult.Success;
            _ = Driver.cuCtxPopCurrent_v2(&popped);
        }

        _owner.DangerousRelease();
        Interlocked.Decrement(ref s_live);
        return isFreed;
    }
}
