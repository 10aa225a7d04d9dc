using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace Url2Video.Farm.Media.Cuda;

/// <summary>
/// One GPU's primary context, which FFmpeg's frames use too. Usable from any thread, inside <see cref="Enter"/>. What is made in it holds it open:
/// it is given back after the last of its modules, buffers, streams and events.
/// </summary>
internal sealed unsafe class CudaContext : SafeHandle
{
    private const int AttributeMajor = 75;
    private const int AttributeMinor = 76;
    private const uint BlockingSync = 4;

    /// <summary>The compute capability that the kernels are compiled for (sm_75, Turing), in tenths.</summary>
    private const int CapabilityLeast = 75;

    private readonly int _device;

    private CudaContext(CudaDriver driver, int device, nint context) : base(0, ownsHandle: true)
    {
        (Driver, _device) = (driver, device);
        SetHandle(context);
    }

    public CudaDriver Driver { get; }

    public override bool IsInvalid => handle == 0;

    /// <exception cref="CudaException">NoDevice: there is no such GPU. Unsupported: it is too old for the kernels.</exception>
    public static CudaContext Open(CudaDriver driver, int ordinal)
    {
        int count, device, major, minor;
        driver.Check(driver.cuInit(0));
        driver.Check(driver.cuDeviceGetCount(&count));
        if ((uint)ordinal >= (uint)count)
        {
            throw new CudaException(CudaErrorKind.NoDevice, Invariant($"GPU {ordinal} is wanted, and the driver shows {count}."));
        }

        driver.Check(driver.cuDeviceGet(&device, ordinal));
        driver.Check(driver.cuDeviceGetAttribute(&major, AttributeMajor, device));
        driver.Check(driver.cuDeviceGetAttribute(&minor, AttributeMinor, device));
        if ((10 * major) + minor < CapabilityLeast)
        {
            throw new CudaException(CudaErrorKind.Unsupported, Invariant($"GPU {ordinal} has compute capability {major}.{minor}; the kernels need 7.5."));
        }

        // Waiting sleeps instead of spinning: the cores belong to encoders. Who opened the context before us has chosen already.
        var flags = driver.cuDevicePrimaryCtxSetFlags_v2(device, BlockingSync);
        driver.Check(flags == CudaResult.PrimaryContextActive ? CudaResult.Success : flags, nameof(driver.cuDevicePrimaryCtxSetFlags_v2));
        nint context;
        driver.Check(driver.cuDevicePrimaryCtxRetain(&context, device));
        return new CudaContext(driver, device, context);
    }

    /// <summary>Sixteen bytes that name this GPU wherever it is plugged in.</summary>
    public Guid Uuid()
    {
        var bytes = stackalloc byte[16];
        Driver.Check(Driver.cuDeviceGetUuid(bytes, _device));
        return new Guid(new ReadOnlySpan<byte>(bytes, 16), bigEndian: true);
    }

    /// <summary>Bytes of the GPU's memory that nobody holds now.</summary>
    public long FreeBytes()
    {
        using var scope = Enter();
        nuint free, total;
        Driver.Check(Driver.cuMemGetInfo_v2(&free, &total));
        return checked((long)free);
    }

    /// <summary>Makes this context current on the calling thread until the scope is disposed on that thread.</summary>
    /// <exception cref="ObjectDisposedException">It was given back.</exception>
    public Scope Enter()
    {
        var isHeld = false;
        DangerousAddRef(ref isHeld);
        try
        {
            Driver.Check(Driver.cuCtxPushCurrent_v2(handle));
        }
        catch
        {
            DangerousRelease();
            throw;
        }

        return new Scope(this);
    }

    protected override bool ReleaseHandle() => Driver.cuDevicePrimaryCtxRelease_v2(_device) == CudaResult.Success;

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    internal readonly ref struct Scope(CudaContext context)
    {
        public void Dispose()
        {
            nint popped;
            var result = context.Driver.cuCtxPopCurrent_v2(&popped);
            Debug.Assert(result == CudaResult.Success && popped == context.handle, "The scope was left on another thread.");
            context.DangerousRelease();
        }
    }
}
