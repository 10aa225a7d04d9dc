using System.Runtime.InteropServices;
using Url2Video.Farm.Media.Cuda;

namespace Url2Video.Farm.Media.Tests.Cuda.StandIn;

internal sealed unsafe partial class StandInDriver
{
    private const int PitchBytes = 512;

    private sealed record Pinned(int Bytes);

    [UnmanagedCallersOnly]
    private static CudaResult MemoryInfo(nuint* free, nuint* total) => On("cuMemGetInfo_v2", true, now =>
    {
        *free = (nuint)(now.MemoryBytes - now.Memory.BytesHeld);
        return Give(total, (nuint)now.MemoryBytes);
    });

    [UnmanagedCallersOnly]
    private static CudaResult Allocate(ulong* address, nuint bytes) => On("cuMemAlloc_v2", true, now => now.Take(address, (long)bytes));

    [UnmanagedCallersOnly]
    private static CudaResult AllocateRows(ulong* address, nuint* pitch, nuint width, nuint rows, uint element) => On("cuMemAllocPitch_v2", true, now =>
    {
        *pitch = (width + PitchBytes - 1) / PitchBytes * PitchBytes;
        return element is 4 or 8 or 16 ? now.Take(address, (long)(*pitch * rows)) : CudaResult.InvalidValue;
    });

    [UnmanagedCallersOnly]
    private static CudaResult Free(ulong address) => On("cuMemFree_v2", true, now =>
    {
        now.Finish();
        return now.Memory.Free(address) ? CudaResult.Success : throw new InvalidOperationException($"{address:x} is no live memory");
    });

    [UnmanagedCallersOnly]
    private static CudaResult AllocateHost(void** memory, nuint bytes, uint flags) => On("cuMemHostAlloc", true, now =>
    {
        *memory = NativeMemory.Alloc(bytes);
        now._handles.Add((nint)(*memory), new Pinned((int)bytes));
        return CudaResult.Success;
    });

    [UnmanagedCallersOnly]
    private static CudaResult FreeHost(void* memory) => On("cuMemFreeHost", true, now =>
    {
        now.Finish();
        now.LetGo<Pinned>((nint)memory);
        NativeMemory.Free(memory);
        return CudaResult.Success;
    });

    [UnmanagedCallersOnly]
    private static CudaResult CopyToDevice(ulong target, void* source, nuint bytes, nint stream) => On("cuMemcpyHtoDAsync_v2", true, now =>
        now.Later(stream, now.Memory.Holds(target, bytes), () => Buffer.MemoryCopy(source, (void*)target, bytes, bytes)));

    [UnmanagedCallersOnly]
    private static CudaResult CopyToHost(void* target, ulong source, nuint bytes, nint stream) => On("cuMemcpyDtoHAsync_v2", true, now =>
        now.Later(stream, now.Memory.Holds(source, bytes), () => Buffer.MemoryCopy((void*)source, target, bytes, bytes)));

    [UnmanagedCallersOnly]
    private static CudaResult CopyRows(CudaCopy2D* how, nint stream) => On("cuMemcpy2DAsync_v2", true, now =>
    {
        var copy = *how;
        var isDevice = copy is { SourceKind: CudaCopy2D.Device, TargetKind: CudaCopy2D.Device }
            && copy.WidthBytes <= copy.SourcePitch && copy.WidthBytes <= copy.TargetPitch;
        var isInside = now.Memory.Holds(copy.SourceDevice, (copy.SourcePitch * (copy.Height - 1)) + copy.WidthBytes)
            && now.Memory.Holds(copy.TargetDevice, (copy.TargetPitch * (copy.Height - 1)) + copy.WidthBytes);
        return now.Later(stream, isDevice && isInside, () =>
        {
            for (nuint y = 0; y < copy.Height; y++)
            {
                var (from, to) = (copy.SourceDevice + (y * copy.SourcePitch), copy.TargetDevice + (y * copy.TargetPitch));
                Buffer.MemoryCopy((void*)from, (void*)to, copy.WidthBytes, copy.WidthBytes);
            }
        });
    });

    [UnmanagedCallersOnly]
    private static CudaResult Fill(ulong target, byte value, nuint bytes, nint stream) => On("cuMemsetD8Async", true, now =>
        now.Later(stream, now.Memory.Holds(target, bytes), () => NativeMemory.Fill((void*)target, bytes, value)));

    private CudaResult Take(ulong* address, long bytes) =>
        Memory.BytesHeld + bytes > MemoryBytes ? CudaResult.OutOfMemory : Give(address, Memory.Allocate(bytes));

    private CudaResult Later(nint stream, bool isValid, Action work)
    {
        _ = Held<Stream>(stream);
        if (!isValid)
        {
            Faults.Add("A copy leaves its buffer.");
            return CudaResult.InvalidValue;
        }

        _pending.Enqueue(work);
        return CudaResult.Success;
    }
}
