using System.Runtime.InteropServices;
using System.Text;
using Url2Video.Farm.Media.Cuda;
using Url2Video.Farm.Media.Tests.Cuda.Ptx;

namespace Url2Video.Farm.Media.Tests.Cuda.StandIn;

internal sealed unsafe partial class StandInDriver
{
    private sealed record Stream;

    private sealed class Moment
    {
        public bool HasCome { get; set; } = true;
    }

    [UnmanagedCallersOnly]
    private static CudaResult LoadModule(nint* module, void* image, uint options, int* kinds, void** values) => On("cuModuleLoadDataEx", true, now =>
    {
        try
        {
            return Give(module, now.Hold(new PtxModule(Encoding.UTF8.GetString(MemoryMarshal.CreateReadOnlySpanFromNullTerminated((byte*)image)))));
        }
        catch (FormatException fault)
        {
            Assert.Equal((2u, 5, 6), (options, kinds[0], kinds[1]));
            var log = Encoding.UTF8.GetBytes(fault.Message + "\0");
            log.AsSpan(0, Math.Min(log.Length, (int)(nint)values[1])).CopyTo(new Span<byte>(values[0], (int)(nint)values[1]));
            return CudaResult.InvalidPtx;
        }
    });

    [UnmanagedCallersOnly]
    private static CudaResult UnloadModule(nint module) => On("cuModuleUnload", true, now =>
    {
        now.Finish();
        foreach (var (handle, _) in now._handles.Where(h => h.Value is (nint owner, PtxEntry) && owner == module).ToList())
        {
            now._handles.Remove(handle); // Functions go with their module.
        }

        return now.LetGo<PtxModule>(module);
    });

    [UnmanagedCallersOnly]
    private static CudaResult GetFunction(nint* function, nint module, byte* name) => On("cuModuleGetFunction", true, now =>
    {
        var text = Encoding.UTF8.GetString(MemoryMarshal.CreateReadOnlySpanFromNullTerminated(name));
        return now.Held<PtxModule>(module).Entries.TryGetValue(text, out var entry) ? Give(function, now.Hold((module, entry))) : CudaResult.NotFound;
    });

    [UnmanagedCallersOnly]
    private static CudaResult Launch(
        nint function, uint gridX, uint gridY, uint gridZ, uint blockX, uint blockY, uint blockZ, uint shared, nint stream, void** parameters, void** extra) =>
        On("cuLaunchKernel", true, now =>
        {
            var (_, entry) = now.Held<(nint, PtxEntry)>(function);
            var isValid = gridX is > 0 and <= int.MaxValue && gridY is > 0 and <= 65_535 && gridZ == 1
                && blockX * blockY is > 0 and <= 1_024 && blockZ == 1 && shared == 0 && extra is null;

            // As the driver: the values are copied at once, as many bytes of each as the kernel's signature says.
            var bytes = new byte[entry.ParameterBytes];
            for (var i = 0; i < entry.Parameters.Length; i++)
            {
                new ReadOnlySpan<byte>(parameters[i], entry.Parameters[i].Bytes).CopyTo(bytes.AsSpan(entry.Parameters[i].Offset));
            }

            return now.Later(stream, isValid, () => now._processor.Run(entry, new Grid((int)gridX, (int)gridY, (int)blockX, (int)blockY), bytes, now.Memory));
        });

    [UnmanagedCallersOnly]
    private static CudaResult CreateStream(nint* stream, uint flags) => On("cuStreamCreate", true, now => Give(stream, now.Hold(new Stream())));

    [UnmanagedCallersOnly]
    private static CudaResult WaitForStream(nint stream) => On("cuStreamSynchronize", true, now =>
    {
        _ = now.Held<Stream>(stream);
        return now.Finish();
    });

    [UnmanagedCallersOnly]
    private static CudaResult StreamWaits(nint stream, nint moment, uint flags) => On("cuStreamWaitEvent", true, now =>
    {
        _ = now.Held<Stream>(stream);
        _ = now.Held<Moment>(moment);
        return CudaResult.Success;
    });

    [UnmanagedCallersOnly]
    private static CudaResult DestroyStream(nint stream) => On("cuStreamDestroy_v2", true, now => now.LetGo<Stream>(stream));

    [UnmanagedCallersOnly]
    private static CudaResult CreateEvent(nint* moment, uint flags) => On("cuEventCreate", true, now => Give(moment, now.Hold(new Moment())));

    [UnmanagedCallersOnly]
    private static CudaResult Record(nint moment, nint stream) => On("cuEventRecord", true, now =>
    {
        var recorded = now.Held<Moment>(moment);
        recorded.HasCome = false;
        return now.Later(stream, true, () => recorded.HasCome = true);
    });

    [UnmanagedCallersOnly]
    private static CudaResult Query(nint moment) => On("cuEventQuery", true, now => now.Held<Moment>(moment).HasCome ? CudaResult.Success : CudaResult.NotReady);

    [UnmanagedCallersOnly]
    private static CudaResult WaitForEvent(nint moment) => On("cuEventSynchronize", true, now =>
    {
        _ = now.Held<Moment>(moment);
        return now.Finish();
    });

    [UnmanagedCallersOnly]
    private static CudaResult Elapsed(float* millis, nint start, nint end) => On("cuEventElapsedTime", true, now =>
        now.Held<Moment>(start).HasCome && now.Held<Moment>(end).HasCome ? Give(millis, 0.25f) : CudaResult.NotReady);

    [UnmanagedCallersOnly]
    private static CudaResult DestroyEvent(nint moment) => On("cuEventDestroy_v2", true, now => now.LetGo<Moment>(moment));
}
