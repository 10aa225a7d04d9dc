using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Url2Video.Farm.Media.Native;

namespace Url2Video.Farm.Media.Cuda;

/// <param name="MemoryBytes">In all, whoever uses it.</param>
public sealed record CudaDevice(string Name, long MemoryBytes);

/// <summary>What the driver says of the machine's GPUs. Asks only: makes no context and takes no memory.</summary>
public static unsafe class CudaDevices
{
    private const int NameBytesMax = 256;
    private const int DevicesMax = 64;

    /// <summary>In the driver's order; empty where there is no driver, no device, or none that this container may use.</summary>
    public static ImmutableArray<CudaDevice> List()
    {
        // The unversioned name belongs to the toolkit; a machine that only runs things has this one.
        NativeLibraries.Register(CudaDriver.Lib, "libcuda.so.1", "nvcuda.dll");
        try
        {
            return CudaDriver.cuInit(0) == 0 && CudaDriver.cuDeviceGetCount(out var count) == 0
                ? [.. Enumerable.Range(0, Math.Min(count, DevicesMax)).Select(Describe).OfType<CudaDevice>()]
                : [];
        }
        catch (Exception fault) when (fault is DllNotFoundException or EntryPointNotFoundException or BadImageFormatException)
        {
            return [];
        }
    }

    private static CudaDevice? Describe(int ordinal)
    {
        var name = stackalloc byte[NameBytesMax];
        return CudaDriver.cuDeviceGet(out var device, ordinal) == 0
            && CudaDriver.cuDeviceGetName(name, NameBytesMax, device) == 0
            && CudaDriver.cuDeviceTotalMem_v2(out var bytes, device) == 0
            ? new CudaDevice(System.Text.Encoding.UTF8.GetString(MemoryMarshal.CreateReadOnlySpanFromNullTerminated(name)), checked((long)bytes))
            : null;
    }
}
