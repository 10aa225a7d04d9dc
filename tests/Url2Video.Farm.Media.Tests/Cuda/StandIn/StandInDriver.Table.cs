using Url2Video.Farm.Media.Cuda;

namespace Url2Video.Farm.Media.Tests.Cuda.StandIn;

internal sealed unsafe partial class StandInDriver
{
    private static readonly Dictionary<string, nint> s_table = new(StringComparer.Ordinal)
    {
        [nameof(CudaDriver.cuInit)] = (nint)(delegate* unmanaged<uint, CudaResult>)&Init,
        [nameof(CudaDriver.cuDriverGetVersion)] = (nint)(delegate* unmanaged<int*, CudaResult>)&DriverVersion,
        [nameof(CudaDriver.cuDeviceGetCount)] = (nint)(delegate* unmanaged<int*, CudaResult>)&DeviceCount,
        [nameof(CudaDriver.cuDeviceGet)] = (nint)(delegate* unmanaged<int*, int, CudaResult>)&DeviceGet,
        [nameof(CudaDriver.cuDeviceGetName)] = (nint)(delegate* unmanaged<byte*, int, int, CudaResult>)&DeviceName,
        [nameof(CudaDriver.cuDeviceGetUuid)] = (nint)(delegate* unmanaged<byte*, int, CudaResult>)&DeviceUuid,
        [nameof(CudaDriver.cuDeviceGetAttribute)] = (nint)(delegate* unmanaged<int*, int, int, CudaResult>)&DeviceAttribute,
        [nameof(CudaDriver.cuDeviceTotalMem_v2)] = (nint)(delegate* unmanaged<nuint*, int, CudaResult>)&TotalMemory,
        [nameof(CudaDriver.cuDevicePrimaryCtxSetFlags_v2)] = (nint)(delegate* unmanaged<int, uint, CudaResult>)&ContextFlags,
        [nameof(CudaDriver.cuDevicePrimaryCtxRetain)] = (nint)(delegate* unmanaged<nint*, int, CudaResult>)&ContextRetain,
        [nameof(CudaDriver.cuDevicePrimaryCtxRelease_v2)] = (nint)(delegate* unmanaged<int, CudaResult>)&ContextRelease,
        [nameof(CudaDriver.cuCtxPushCurrent_v2)] = (nint)(delegate* unmanaged<nint, CudaResult>)&ContextPush,
        [nameof(CudaDriver.cuCtxPopCurrent_v2)] = (nint)(delegate* unmanaged<nint*, CudaResult>)&ContextPop,
        [nameof(CudaDriver.cuMemGetInfo_v2)] = (nint)(delegate* unmanaged<nuint*, nuint*, CudaResult>)&MemoryInfo,
        [nameof(CudaDriver.cuMemAlloc_v2)] = (nint)(delegate* unmanaged<ulong*, nuint, CudaResult>)&Allocate,
        [nameof(CudaDriver.cuMemAllocPitch_v2)] = (nint)(delegate* unmanaged<ulong*, nuint*, nuint, nuint, uint, CudaResult>)&AllocateRows,
        [nameof(CudaDriver.cuMemFree_v2)] = (nint)(delegate* unmanaged<ulong, CudaResult>)&Free,
        [nameof(CudaDriver.cuMemHostAlloc)] = (nint)(delegate* unmanaged<void**, nuint, uint, CudaResult>)&AllocateHost,
        [nameof(CudaDriver.cuMemFreeHost)] = (nint)(delegate* unmanaged<void*, CudaResult>)&FreeHost,
        [nameof(CudaDriver.cuMemcpyHtoDAsync_v2)] = (nint)(delegate* unmanaged<ulong, void*, nuint, nint, CudaResult>)&CopyToDevice,
        [nameof(CudaDriver.cuMemcpyDtoHAsync_v2)] = (nint)(delegate* unmanaged<void*, ulong, nuint, nint, CudaResult>)&CopyToHost,
        [nameof(CudaDriver.cuMemcpy2DAsync_v2)] = (nint)(delegate* unmanaged<CudaCopy2D*, nint, CudaResult>)&CopyRows,
        [nameof(CudaDriver.cuMemsetD8Async)] = (nint)(delegate* unmanaged<ulong, byte, nuint, nint, CudaResult>)&Fill,
        [nameof(CudaDriver.cuModuleLoadDataEx)] = (nint)(delegate* unmanaged<nint*, void*, uint, int*, void**, CudaResult>)&LoadModule,
        [nameof(CudaDriver.cuModuleUnload)] = (nint)(delegate* unmanaged<nint, CudaResult>)&UnloadModule,
        [nameof(CudaDriver.cuModuleGetFunction)] = (nint)(delegate* unmanaged<nint*, nint, byte*, CudaResult>)&GetFunction,
        [nameof(CudaDriver.cuLaunchKernel)] = (nint)(delegate* unmanaged<nint, uint, uint, uint, uint, uint, uint, uint, nint, void**, void**, CudaResult>)&Launch,
        [nameof(CudaDriver.cuStreamCreate)] = (nint)(delegate* unmanaged<nint*, uint, CudaResult>)&CreateStream,
        [nameof(CudaDriver.cuStreamSynchronize)] = (nint)(delegate* unmanaged<nint, CudaResult>)&WaitForStream,
        [nameof(CudaDriver.cuStreamWaitEvent)] = (nint)(delegate* unmanaged<nint, nint, uint, CudaResult>)&StreamWaits,
        [nameof(CudaDriver.cuStreamDestroy_v2)] = (nint)(delegate* unmanaged<nint, CudaResult>)&DestroyStream,
        [nameof(CudaDriver.cuEventCreate)] = (nint)(delegate* unmanaged<nint*, uint, CudaResult>)&CreateEvent,
        [nameof(CudaDriver.cuEventRecord)] = (nint)(delegate* unmanaged<nint, nint, CudaResult>)&Record,
        [nameof(CudaDriver.cuEventQuery)] = (nint)(delegate* unmanaged<nint, CudaResult>)&Query,
        [nameof(CudaDriver.cuEventSynchronize)] = (nint)(delegate* unmanaged<nint, CudaResult>)&WaitForEvent,
        [nameof(CudaDriver.cuEventElapsedTime)] = (nint)(delegate* unmanaged<float*, nint, nint, CudaResult>)&Elapsed,
        [nameof(CudaDriver.cuEventDestroy_v2)] = (nint)(delegate* unmanaged<nint, CudaResult>)&DestroyEvent,
        [nameof(CudaDriver.cuGetErrorName)] = (nint)(delegate* unmanaged<CudaResult, byte**, CudaResult>)&ErrorName,
        [nameof(CudaDriver.cuGetErrorString)] = (nint)(delegate* unmanaged<CudaResult, byte**, CudaResult>)&ErrorText,
    };

    /// <summary>Where an entry point is; for a driver that lacks some.</summary>
    public static nint AddressOf(string name) => s_table.GetValueOrDefault(name);
}
