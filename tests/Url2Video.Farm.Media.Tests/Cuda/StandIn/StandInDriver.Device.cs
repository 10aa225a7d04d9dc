using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Url2Video.Farm.Media.Cuda;

namespace Url2Video.Farm.Media.Tests.Cuda.StandIn;

internal sealed unsafe partial class StandInDriver
{
    public static ReadOnlySpan<byte> Name => "Stand-in GPU"u8;

    [UnmanagedCallersOnly]
    private static CudaResult Init(uint flags) => On("cuInit", false, _ => flags == 0 ? CudaResult.Success : CudaResult.InvalidValue);

    [UnmanagedCallersOnly]
    private static CudaResult DriverVersion(int* version) => On("cuDriverGetVersion", false, _ => Give(version, 12_040));

    [UnmanagedCallersOnly]
    private static CudaResult DeviceCount(int* count) => On("cuDeviceGetCount", false, now => Give(count, now.Devices));

    [UnmanagedCallersOnly]
    private static CudaResult DeviceGet(int* device, int ordinal) => On("cuDeviceGet", false, now =>
        ordinal < now.Devices ? Give(device, 100 + ordinal) : CudaResult.InvalidDevice);

    [UnmanagedCallersOnly]
    private static CudaResult DeviceName(byte* name, int bytes, int device) => On("cuDeviceGetName", false, _ =>
    {
        Name.CopyTo(new Span<byte>(name, bytes));
        name[Name.Length] = 0;
        return CudaResult.Success;
    });

    [UnmanagedCallersOnly]
    private static CudaResult DeviceUuid(byte* uuid, int device) => On("cuDeviceGetUuid", false, _ =>
    {
        for (var i = 0; i < 16; i++)
        {
            uuid[i] = (byte)i;
        }

        return CudaResult.Success;
    });

    [UnmanagedCallersOnly]
    private static CudaResult DeviceAttribute(int* value, int attribute, int device) => On("cuDeviceGetAttribute", false, now => attribute switch
    {
        75 => Give(value, now.Capability.Major),
        76 => Give(value, now.Capability.Minor),
        _ => CudaResult.InvalidValue,
    });

    [UnmanagedCallersOnly]
    private static CudaResult TotalMemory(nuint* bytes, int device) => On("cuDeviceTotalMem_v2", false, now => Give(bytes, (nuint)now.MemoryBytes));

    [UnmanagedCallersOnly]
    private static CudaResult ContextFlags(int device, uint flags) => On("cuDevicePrimaryCtxSetFlags_v2", false, _ => CudaResult.Success);

    [UnmanagedCallersOnly]
    private static CudaResult ContextRetain(nint* context, int device) => On("cuDevicePrimaryCtxRetain", false, now =>
    {
        now.Retained++;
        return Give(context, ContextHandle);
    });

    [UnmanagedCallersOnly]
    private static CudaResult ContextRelease(int device) => On("cuDevicePrimaryCtxRelease_v2", false, now =>
    {
        if (now.HandlesHeld > 0 || now.Memory.BytesHeld > 0)
        {
            now.Faults.Add($"The context was given back with {now.HandlesHeld} objects and {now.Memory.BytesHeld} bytes in it.");
        }

        now.Retained--;
        return now.Retained >= 0 ? CudaResult.Success : CudaResult.InvalidContext;
    });

    [UnmanagedCallersOnly]
    private static CudaResult ContextPush(nint context) => On("cuCtxPushCurrent_v2", false, now =>
    {
        if (context != ContextHandle || now.Retained == 0)
        {
            return CudaResult.InvalidContext;
        }

        t_entered++;
        return CudaResult.Success;
    });

    [UnmanagedCallersOnly]
    private static CudaResult ContextPop(nint* context) => On("cuCtxPopCurrent_v2", true, _ =>
    {
        t_entered--;
        return Give(context, ContextHandle);
    });

    [UnmanagedCallersOnly]
    private static CudaResult ErrorName(CudaResult result, byte** text) => On("cuGetErrorName", false, _ =>
    {
        *text = Static(result == CudaResult.OutOfMemory ? "CUDA_ERROR_OUT_OF_MEMORY"u8 : "CUDA_ERROR_OF_STAND_IN"u8);
        return CudaResult.Success;
    });

    [UnmanagedCallersOnly]
    private static CudaResult ErrorText(CudaResult result, byte** text) => On("cuGetErrorString", false, _ =>
    {
        *text = Static(result == CudaResult.OutOfMemory ? "out of memory"u8 : "as the test wanted"u8);
        return CudaResult.Success;
    });

    private static CudaResult Give<T>(T* target, T value) where T : unmanaged
    {
        *target = value;
        return CudaResult.Success;
    }

    // Literals lie in the assembly's own data, end in a zero and do not move.
    private static byte* Static(ReadOnlySpan<byte> literal) => (byte*)Unsafe.AsPointer(ref MemoryMarshal.GetReference(literal));
}
