using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Text;

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
        try
        {
            return List(CudaDriver.OfMachine);
        }
        catch (CudaException)
        {
            return [];
        }
    }

    internal static ImmutableArray<CudaDevice> List(CudaDriver driver)
    {
        int count;
        return driver.cuInit(0) == CudaResult.Success && driver.cuDeviceGetCount(&count) == CudaResult.Success
            ? [.. Enumerable.Range(0, Math.Min(count, DevicesMax)).Select(ordinal => Describe(driver, ordinal)).OfType<CudaDevice>()]
            : [];
    }

    private static CudaDevice? Describe(CudaDriver driver, int ordinal)
    {
        int device;
        nuint bytes;
        var name = stackalloc byte[NameBytesMax];
        return driver.cuDeviceGet(&device, ordinal) == CudaResult.Success
            && driver.cuDeviceGetName(name, NameBytesMax, device) == CudaResult.Success
            && driver.cuDeviceTotalMem_v2(&bytes, device) == CudaResult.Success
            ? new CudaDevice(Encoding.UTF8.GetString(MemoryMarshal.CreateReadOnlySpanFromNullTerminated(name)), checked((long)bytes))
            : null;
    }
}
