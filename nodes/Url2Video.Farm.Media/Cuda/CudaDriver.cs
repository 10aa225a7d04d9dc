using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Url2Video.Farm.Media.Cuda;

/// <summary>
/// The entry points of a CUDA driver, names and types as in cuda.h. A table and no LibraryImport, because a driver that lacks one of them is
/// told by its name, and because tests put a driver of their own beside the machine's.
/// </summary>
internal sealed unsafe partial class CudaDriver
{
    private static readonly Lazy<CudaDriver?> s_ofMachine = new(Load);

    internal readonly delegate* unmanaged<uint, CudaResult> cuInit;
    internal readonly delegate* unmanaged<int*, CudaResult> cuDriverGetVersion;
    internal readonly delegate* unmanaged<int*, CudaResult> cuDeviceGetCount;
    internal readonly delegate* unmanaged<int*, int, CudaResult> cuDeviceGet;
    internal readonly delegate* unmanaged<byte*, int, int, CudaResult> cuDeviceGetName;
    internal readonly delegate* unmanaged<byte*, int, CudaResult> cuDeviceGetUuid;
    internal readonly delegate* unmanaged<int*, int, int, CudaResult> cuDeviceGetAttribute;
    internal readonly delegate* unmanaged<nuint*, int, CudaResult> cuDeviceTotalMem_v2;
    internal readonly delegate* unmanaged<int, uint, CudaResult> cuDevicePrimaryCtxSetFlags_v2;
    internal readonly delegate* unmanaged<nint*, int, CudaResult> cuDevicePrimaryCtxRetain;
    internal readonly delegate* unmanaged<int, CudaResult> cuDevicePrimaryCtxRelease_v2;
    internal readonly delegate* unmanaged<nint, CudaResult> cuCtxPushCurrent_v2;
    internal readonly delegate* unmanaged<nint*, CudaResult> cuCtxPopCurrent_v2;
    internal readonly delegate* unmanaged<nuint*, nuint*, CudaResult> cuMemGetInfo_v2;
    internal readonly delegate* unmanaged<ulong*, nuint, CudaResult> cuMemAlloc_v2;
    internal readonly delegate* unmanaged<ulong*, nuint*, nuint, nuint, uint, CudaResult> cuMemAllocPitch_v2;
    internal readonly delegate* unmanaged<ulong, CudaResult> cuMemFree_v2;
    internal readonly delegate* unmanaged<void**, nuint, uint, CudaResult> cuMemHostAlloc;
    internal readonly delegate* unmanaged<void*, CudaResult> cuMemFreeHost;
    internal readonly delegate* unmanaged<ulong, void*, nuint, nint, CudaResult> cuMemcpyHtoDAsync_v2;
    internal readonly delegate* unmanaged<void*, ulong, nuint, nint, CudaResult> cuMemcpyDtoHAsync_v2;
    internal readonly delegate* unmanaged<CudaCopy2D*, nint, CudaResult> cuMemcpy2DAsync_v2;
    internal readonly delegate* unmanaged<ulong, byte, nuint, nint, CudaResult> cuMemsetD8Async;
    internal readonly delegate* unmanaged<nint*, void*, uint, int*, void**, CudaResult> cuModuleLoadDataEx;
    internal readonly delegate* unmanaged<nint, CudaResult> cuModuleUnload;
    internal readonly delegate* unmanaged<nint*, nint, byte*, CudaResult> cuModuleGetFunction;
    internal readonly delegate* unmanaged<nint, uint, uint, uint, uint, uint, uint, uint, nint, void**, void**, CudaResult> cuLaunchKernel;
    internal readonly delegate* unmanaged<nint*, uint, CudaResult> cuStreamCreate;
    internal readonly delegate* unmanaged<nint, CudaResult> cuStreamSynchronize;
    internal readonly delegate* unmanaged<nint, nint, uint, CudaResult> cuStreamWaitEvent;
    internal readonly delegate* unmanaged<nint, CudaResult> cuStreamDestroy_v2;
    internal readonly delegate* unmanaged<nint*, uint, CudaResult> cuEventCreate;
    internal readonly delegate* unmanaged<nint, nint, CudaResult> cuEventRecord;
    internal readonly delegate* unmanaged<nint, CudaResult> cuEventQuery;
    internal readonly delegate* unmanaged<nint, CudaResult> cuEventSynchronize;
    internal readonly delegate* unmanaged<float*, nint, nint, CudaResult> cuEventElapsedTime;
    internal readonly delegate* unmanaged<nint, CudaResult> cuEventDestroy_v2;
    internal readonly delegate* unmanaged<CudaResult, byte**, CudaResult> cuGetErrorName;
    internal readonly delegate* unmanaged<CudaResult, byte**, CudaResult> cuGetErrorString;

    /// <param name="addressOf">Where an entry point is, or 0.</param>
    /// <exception cref="CudaException">NoDriver: the driver lacks an entry point; the message names it.</exception>
    internal CudaDriver(Func<string, nint> addressOf)
    {
        cuInit = (delegate* unmanaged<uint, CudaResult>)Entry(nameof(cuInit));
        cuDriverGetVersion = (delegate* unmanaged<int*, CudaResult>)Entry(nameof(cuDriverGetVersion));
        cuDeviceGetCount = (delegate* unmanaged<int*, CudaResult>)Entry(nameof(cuDeviceGetCount));
        cuDeviceGet = (delegate* unmanaged<int*, int, CudaResult>)Entry(nameof(cuDeviceGet));
        cuDeviceGetName = (delegate* unmanaged<byte*, int, int, CudaResult>)Entry(nameof(cuDeviceGetName));
        cuDeviceGetUuid = (delegate* unmanaged<byte*, int, CudaResult>)Entry(nameof(cuDeviceGetUuid));
        cuDeviceGetAttribute = (delegate* unmanaged<int*, int, int, CudaResult>)Entry(nameof(cuDeviceGetAttribute));
        cuDeviceTotalMem_v2 = (delegate* unmanaged<nuint*, int, CudaResult>)Entry(nameof(cuDeviceTotalMem_v2));
        cuDevicePrimaryCtxSetFlags_v2 = (delegate* unmanaged<int, uint, CudaResult>)Entry(nameof(cuDevicePrimaryCtxSetFlags_v2));
        cuDevicePrimaryCtxRetain = (delegate* unmanaged<nint*, int, CudaResult>)Entry(nameof(cuDevicePrimaryCtxRetain));
        cuDevicePrimaryCtxRelease_v2 = (delegate* unmanaged<int, CudaResult>)Entry(nameof(cuDevicePrimaryCtxRelease_v2));
        cuCtxPushCurrent_v2 = (delegate* unmanaged<nint, CudaResult>)Entry(nameof(cuCtxPushCurrent_v2));
        cuCtxPopCurrent_v2 = (delegate* unmanaged<nint*, CudaResult>)Entry(nameof(cuCtxPopCurrent_v2));
        cuMemGetInfo_v2 = (delegate* unmanaged<nuint*, nuint*, CudaResult>)Entry(nameof(cuMemGetInfo_v2));
        cuMemAlloc_v2 = (delegate* unmanaged<ulong*, nuint, CudaResult>)Entry(nameof(cuMemAlloc_v2));
        cuMemAllocPitch_v2 = (delegate* unmanaged<ulong*, nuint*, nuint, nuint, uint, CudaResult>)Entry(nameof(cuMemAllocPitch_v2));
        cuMemFree_v2 = (delegate* unmanaged<ulong, CudaResult>)Entry(nameof(cuMemFree_v2));
        cuMemHostAlloc = (delegate* unmanaged<void**, nuint, uint, CudaResult>)Entry(nameof(cuMemHostAlloc));
        cuMemFreeHost = (delegate* unmanaged<void*, CudaResult>)Entry(nameof(cuMemFreeHost));
        cuMemcpyHtoDAsync_v2 = (delegate* unmanaged<ulong, void*, nuint, nint, CudaResult>)Entry(nameof(cuMemcpyHtoDAsync_v2));
        cuMemcpyDtoHAsync_v2 = (delegate* unmanaged<void*, ulong, nuint, nint, CudaResult>)Entry(nameof(cuMemcpyDtoHAsync_v2));
        cuMemcpy2DAsync_v2 = (delegate* unmanaged<CudaCopy2D*, nint, CudaResult>)Entry(nameof(cuMemcpy2DAsync_v2));
        cuMemsetD8Async = (delegate* unmanaged<ulong, byte, nuint, nint, CudaResult>)Entry(nameof(cuMemsetD8Async));
        cuModuleLoadDataEx = (delegate* unmanaged<nint*, void*, uint, int*, void**, CudaResult>)Entry(nameof(cuModuleLoadDataEx));
        cuModuleUnload = (delegate* unmanaged<nint, CudaResult>)Entry(nameof(cuModuleUnload));
        cuModuleGetFunction = (delegate* unmanaged<nint*, nint, byte*, CudaResult>)Entry(nameof(cuModuleGetFunction));
        cuLaunchKernel = (delegate* unmanaged<nint, uint, uint, uint, uint, uint, uint, uint, nint, void**, void**, CudaResult>)Entry(nameof(cuLaunchKernel));
        cuStreamCreate = (delegate* unmanaged<nint*, uint, CudaResult>)Entry(nameof(cuStreamCreate));
        cuStreamSynchronize = (delegate* unmanaged<nint, CudaResult>)Entry(nameof(cuStreamSynchronize));
        cuStreamWaitEvent = (delegate* unmanaged<nint, nint, uint, CudaResult>)Entry(nameof(cuStreamWaitEvent));
        cuStreamDestroy_v2 = (delegate* unmanaged<nint, CudaResult>)Entry(nameof(cuStreamDestroy_v2));
        cuEventCreate = (delegate* unmanaged<nint*, uint, CudaResult>)Entry(nameof(cuEventCreate));
        cuEventRecord = (delegate* unmanaged<nint, nint, CudaResult>)Entry(nameof(cuEventRecord));
        cuEventQuery = (delegate* unmanaged<nint, CudaResult>)Entry(nameof(cuEventQuery));
        cuEventSynchronize = (delegate* unmanaged<nint, CudaResult>)Entry(nameof(cuEventSynchronize));
        cuEventElapsedTime = (delegate* unmanaged<float*, nint, nint, CudaResult>)Entry(nameof(cuEventElapsedTime));
        cuEventDestroy_v2 = (delegate* unmanaged<nint, CudaResult>)Entry(nameof(cuEventDestroy_v2));
        cuGetErrorName = (delegate* unmanaged<CudaResult, byte**, CudaResult>)Entry(nameof(cuGetErrorName));
        cuGetErrorString = (delegate* unmanaged<CudaResult, byte**, CudaResult>)Entry(nameof(cuGetErrorString));

        nint Entry(string name) => addressOf(name) is not 0 and var address
            ? address
            : throw new CudaException(CudaErrorKind.NoDriver, $"The CUDA driver has no {name}: it is too old. Install a newer one.");
    }
}
