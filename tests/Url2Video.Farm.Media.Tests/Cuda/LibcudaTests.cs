using System.Runtime.InteropServices;
using Url2Video.Farm.Media.Cuda;
using Url2Video.Farm.Media.Tests.Cuda.Cases;
using Url2Video.Farm.Media.Tests.Cuda.Host;

namespace Url2Video.Farm.Media.Tests.Cuda;

/// <summary>A libcuda.so.1 that a C++ compiler made of cuda.h's types: the entry points, structs and parameters as the other side of the border sees them.</summary>
[Collection(CudaCollection.Name)]
public sealed unsafe class LibcudaTests
{
    private static readonly Lazy<nint> s_library = new(() => HostLibrary.Build("libcuda.cpp", "libcuda.so.1"));

    [RequiresCompilerFact]
    public void EveryKernel_ThroughALibrary_EqualsTheScalar()
    {
        using (var rig = new Rig(Driver(), GpuKernels.Ptx()))
        {
            Assert.All(GpuKernels.Names, kernel => Assert.Null(KernelChecks.Run(rig, kernel, seed: 6, rowsLeast: 200).Difference));
        }

        AssertIdle();
    }

    [RequiresCompilerFact]
    public void EveryOtherCall_ThroughALibrary_MeansTheSame()
    {
        var driver = Driver();
        Assert.Equal(new CudaDevice("Host as a GPU", 64 << 20), Assert.Single(CudaDevices.List(driver)));
        using (var context = CudaContext.Open(driver, 0))
        {
            using var stream = CudaStream.Create(context);
            using var start = CudaEvent.Create(context);
            using var end = CudaEvent.Create(context);
            using var host = CudaHostBuffer.Allocate(context, 60);
            using var device = CudaBuffer.Allocate(context, 60);
            using var rows = CudaBuffer.AllocateRows(context, 20, 3);
            Assert.Equal((256, (64L << 20) - 60 - 768), (rows.Pitch, context.FreeBytes()));
            Assert.Equal(Guid.Parse("42424242-4242-4242-4242-424242424242"), context.Uuid());

            new Random(1).NextBytes(host.Bytes);
            stream.Record(start);
            stream.Copy(host, device, 60);
            rows.Fill(9, stream);
            stream.CopyRows(device.Plane<byte>(20, 20, 3), rows.Plane<byte>(rows.Pitch, 20, 3), 20, 3);
            stream.Record(end);
            stream.WaitFor(end);
            end.Wait();
            var copied = new byte[3 * rows.Pitch];
            rows.Download<byte>(copied, stream);

            for (var y = 0; y < 3; y++)
            {
                Assert.Equal(host.Bytes.Slice(20 * y, 20).ToArray(), copied[(y * rows.Pitch)..][..20]);
                Assert.All(copied[((y * rows.Pitch) + 20)..((y + 1) * rows.Pitch)], b => Assert.Equal(9, b));
            }

            Assert.Equal((true, 1.5), (end.HasCome, end.MillisSince(start)));
            var failure = Assert.Throws<CudaException>(() => CudaBuffer.Allocate(context, 65 << 20));
            Assert.Equal("cuMemAlloc_v2 failed: CUDA_ERROR_OF_HOST, a sentence of the driver (2).", failure.Message);
        }

        AssertIdle();
    }

    private static CudaDriver Driver() => new(name => NativeLibrary.TryGetExport(s_library.Value, name, out var address) ? address : 0);

    private static void AssertIdle() => Assert.Equal((0L, 0L), (Call("stand_in_held"), Call("stand_in_retained")));

    private static long Call(string name) => ((delegate* unmanaged<long>)NativeLibrary.GetExport(s_library.Value, name))();
}
