using System.Runtime.InteropServices;

namespace Url2Video.Farm.Media.Cuda;

/// <summary>The entry points of the CUDA driver in use. Names and types as in cuda.h; 0 is success.</summary>
internal static unsafe partial class CudaDriver
{
    internal const string Lib = "cuda";

    [LibraryImport(Lib)] internal static partial int cuInit(uint flags);
    [LibraryImport(Lib)] internal static partial int cuDriverGetVersion(out int version);
    [LibraryImport(Lib)] internal static partial int cuDeviceGetCount(out int count);
    [LibraryImport(Lib)] internal static partial int cuDeviceGet(out int device, int ordinal);
    [LibraryImport(Lib)] internal static partial int cuDeviceGetName(byte* name, int bytes, int device);
    [LibraryImport(Lib)] internal static partial int cuDeviceTotalMem_v2(out nuint bytes, int device);
}
