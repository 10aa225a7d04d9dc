using System.Runtime.InteropServices;

namespace Url2Video.Farm.Media.FFmpeg;

/// <summary>Owner of one native object. Counts the living ones: a gauge for operators, a leak check for tests.</summary>
internal abstract class AvHandle : SafeHandle
{
    private static long s_live;

    protected AvHandle(nint owned) : base(0, ownsHandle: true)
    {
        SetHandle(owned);
        Interlocked.Increment(ref s_live);
    }

    /// <summary>Native objects of FFmpeg that this process holds now.</summary>
    internal static long Live => Interlocked.Read(ref s_live);

    public sealed override bool IsInvalid => handle == 0;

    /// <summary>Frees the object; may run on the finalizer thread.</summary>
    protected abstract void Free(nint owned);

    protected sealed override bool ReleaseHandle()
    {
        Free(handle);
        Interlocked.Decrement(ref s_live);
        return true;
    }
}
