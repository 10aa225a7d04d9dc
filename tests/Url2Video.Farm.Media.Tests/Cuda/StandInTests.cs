using Url2Video.Farm.Media.Cuda;
using Url2Video.Farm.Media.Pixels;
using Url2Video.Farm.Media.Tests.Cuda.StandIn;

namespace Url2Video.Farm.Media.Tests.Cuda;

/// <summary>What the product says to a driver: grids, parameters, errors.</summary>
[Collection(CudaCollection.Name)]
public sealed class StandInTests
{
    [Fact]
    public void Launch_AnySize_CoversEveryPixelAndPassesEveryParameter()
    {
        var processor = new IdleProcessor();
        using var standIn = new StandInDriver(processor);
        using var context = CudaContext.Open(standIn.Driver, 0);
        using var stream = CudaStream.Create(context);
        using var kernels = new GpuKernels(context);
        using var buffer = CudaBuffer.Allocate(context, 1_000_000);
        var (a, b, target) = (buffer.Plane<byte>(1_024, 130, 17), buffer.Plane<byte>(512, 130, 17, 20_000), buffer.Plane<byte>(256, 130, 17, 70_001));

        kernels.CrossFade(stream, a, b, target, 130, 17, 12_345);
        Assert.Empty(processor.Launches); // Given to the stream, not waited for.
        stream.Wait();

        var (kernel, grid, parameters) = Assert.Single(processor.Launches);
        Assert.Equal(("cross_fade", new Grid(2, 3, 32, 8)), (kernel, grid)); // 33 threads of four pixels, 17 rows.
        Assert.Equal((a.Address, 1_024), (BitConverter.ToUInt64(parameters, 0), BitConverter.ToInt32(parameters, 8)));
        Assert.Equal((b.Address, 512), (BitConverter.ToUInt64(parameters, 16), BitConverter.ToInt32(parameters, 24)));
        Assert.Equal((target.Address, 256), (BitConverter.ToUInt64(parameters, 32), BitConverter.ToInt32(parameters, 40)));
        Assert.Equal((130, 17, 12_345), (BitConverter.ToInt32(parameters, 48), BitConverter.ToInt32(parameters, 52), BitConverter.ToInt32(parameters, 56)));
        Assert.Equal((a.Address + 20_000, a.Address + 70_001), (b.Address, target.Address));
    }

    [Fact]
    public void Allocate_MoreThanThereIs_IsOutOfMemoryAndNamesTheCall()
    {
        using var standIn = new StandInDriver(new IdleProcessor()) { MemoryBytes = 10_000 };
        using (var context = CudaContext.Open(standIn.Driver, 0))
        {
            using var held = CudaBuffer.Allocate(context, 6_000);
            Assert.Equal(4_000, context.FreeBytes());

            var failure = Assert.Throws<CudaException>(() => CudaBuffer.Allocate(context, 6_000));

            Assert.Equal((CudaErrorKind.OutOfMemory, "cuMemAlloc_v2", 2), (failure.Kind, failure.Call, failure.Code));
            Assert.Equal("cuMemAlloc_v2 failed: CUDA_ERROR_OUT_OF_MEMORY, out of memory (2).", failure.Message);
        }

        standIn.AssertIdle();
    }

    [Fact]
    public void Open_NoSuchDevice_IsTyped()
    {
        using var standIn = new StandInDriver(new IdleProcessor()) { Devices = 1 };
        Assert.Equal(CudaErrorKind.NoDevice, Assert.Throws<CudaException>(() => CudaContext.Open(standIn.Driver, 1)).Kind);
        standIn.Refusal = ("cuInit", CudaResult.NoDevice);
        Assert.Equal(CudaErrorKind.NoDevice, Assert.Throws<CudaException>(() => CudaContext.Open(standIn.Driver, 0)).Kind);
        Assert.Empty(CudaDevices.List(standIn.Driver));
        standIn.AssertIdle();
    }

    [Fact]
    public void Open_DeviceOlderThanTheKernels_IsUnsupported()
    {
        using var standIn = new StandInDriver(new IdleProcessor()) { Capability = (7, 0) };
        var failure = Assert.Throws<CudaException>(() => CudaContext.Open(standIn.Driver, 0));
        Assert.Equal((CudaErrorKind.Unsupported, "GPU 0 has compute capability 7.0; the kernels need 7.5."), (failure.Kind, failure.Message));
        standIn.AssertIdle();
    }

    [Fact]
    public void Driver_WithoutAnEntryPoint_IsToldByName()
    {
        var failure = Assert.Throws<CudaException>(() => new CudaDriver(name => name == "cuEventQuery" ? 0 : StandInDriver.AddressOf(name)));
        Assert.Equal((CudaErrorKind.NoDriver, "The CUDA driver has no cuEventQuery: it is too old. Install a newer one."), (failure.Kind, failure.Message));
    }

    [Fact]
    public void Devices_AreListedWithoutAContext()
    {
        using var standIn = new StandInDriver(new IdleProcessor()) { Devices = 2, MemoryBytes = 5_000 };
        Assert.Equal(Enumerable.Repeat(new CudaDevice("Stand-in GPU", 5_000), 2), CudaDevices.List(standIn.Driver));
        Assert.DoesNotContain("cuDevicePrimaryCtxRetain", standIn.Calls);
    }

    [Fact]
    public void Module_ThatCannotBeCompiled_HasTheCompilersWords()
    {
        using var standIn = new StandInDriver(new IdleProcessor());
        using (var context = CudaContext.Open(standIn.Driver, 0))
        {
            var failure = Assert.Throws<CudaException>(() => CudaModule.Load(context, ".visible .entry k(\n)\n{\nsin.approx.f32 %r1, %r2;\n}\n"));
            Assert.Equal("cuModuleLoadDataEx", failure.Call);
            Assert.Contains("sin.approx.f32", failure.Message, StringComparison.Ordinal);
            Assert.Throws<CudaException>(() => new GpuKernels(context, "")); // No kernel of ours in it.
        }

        standIn.AssertIdle();
    }

    /// <summary>A kernel that read where nothing is: the context is dead, and the wait says so.</summary>
    [Fact]
    public void Kernel_ThatLeavesItsBuffers_LosesTheDevice()
    {
        using var standIn = new StandInDriver(new PtxProcessor());
        using var context = CudaContext.Open(standIn.Driver, 0);
        using var stream = CudaStream.Create(context);
        using var kernels = new GpuKernels(context);
        using var buffer = CudaBuffer.Allocate(context, 64);
        kernels.Double(stream, buffer.Plane<byte>(0, 8, 1), new DevicePlane(buffer.Table().Address + 64, 8), 8, 1);

        var failure = Assert.Throws<CudaException>(stream.Wait);

        Assert.Equal((CudaErrorKind.DeviceLost, "cuStreamSynchronize"), (failure.Kind, failure.Call));
    }

    [Fact]
    public void Plane_ThatLeavesItsBuffer_IsRefused()
    {
        using var standIn = new StandInDriver(new IdleProcessor());
        using var context = CudaContext.Open(standIn.Driver, 0);
        using var buffer = CudaBuffer.Allocate(context, 100);
        Assert.Equal(10, buffer.Plane<byte>(10, 10, 10).Stride);
        Assert.Throws<ArgumentOutOfRangeException>(() => buffer.Plane<byte>(10, 11, 10));
        Assert.Throws<ArgumentOutOfRangeException>(() => buffer.Plane<short>(10, 1, 6));
        Assert.Throws<ArgumentOutOfRangeException>(() => buffer.Plane<byte>(10, 10, 1, -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => CudaBuffer.Allocate(context, 0));
    }
}
