using System.Runtime.CompilerServices;
using Url2Video.Farm.Media.Cuda;
using Url2Video.Farm.Media.Pixels;
using Url2Video.Farm.Media.Tests.Cuda.StandIn;

namespace Url2Video.Farm.Media.Tests.Cuda;

/// <summary>Everything that was taken is given back once, in order, on whatever thread, and also when something fails in the middle.</summary>
[Collection(CudaCollection.Name)]
public sealed class LifetimeTests
{
    [Fact]
    public void Work_Done_GivesEverythingBack()
    {
        using var standIn = new StandInDriver(new PtxProcessor());
        Work(standIn.Driver);
        standIn.AssertIdle();
        Assert.Equal(0, CudaHandle.Live);
        Assert.Equal("cuDevicePrimaryCtxRelease_v2", standIn.Calls[^1]);
    }

    /// <summary>The n-th call fails, for every n that there is.</summary>
    [Fact]
    public void Work_FailingAtAnyCall_GivesEverythingBack()
    {
        var failed = 0;
        for (var call = 0; ; call++)
        {
            using var standIn = new StandInDriver(new IdleProcessor()) { Failure = (call, CudaResult.OutOfMemory) };
            try
            {
                Work(standIn.Driver);
                if (!standIn.HasFailed)
                {
                    break; // There is no n-th call.
                }
            }
            catch (CudaException failure)
            {
                Assert.Equal(CudaErrorKind.OutOfMemory, failure.Kind);
                Assert.Equal(standIn.FailedCall, failure.Call.Split(' ')[0]);
                failed++;
            }

            // A context that cannot be entered is dead: what lay in it is the driver's to free.
            if (standIn.FailedCall != "cuCtxPushCurrent_v2")
            {
                standIn.AssertIdle();
            }

            Assert.Equal((0, 0L), (standIn.Retained, CudaHandle.Live));
        }

        Assert.InRange(failed, 40, int.MaxValue);
    }

    [Fact]
    public void Dispose_InTheWrongOrder_FreesInTheRightOne()
    {
        using var standIn = new StandInDriver(new IdleProcessor());
        var context = CudaContext.Open(standIn.Driver, 0);
        var module = CudaModule.Load(context, GpuKernels.Ptx());
        var kernel = module.Kernel("over");
        var buffer = CudaBuffer.Allocate(context, 64);

        context.Dispose();
        module.Dispose();
        Assert.DoesNotContain("cuModuleUnload", standIn.Calls);
        Assert.DoesNotContain("cuDevicePrimaryCtxRelease_v2", standIn.Calls);
        kernel.Dispose();
        Assert.Contains("cuModuleUnload", standIn.Calls);
        var thread = new Thread(buffer.Dispose);
        thread.Start();
        thread.Join();

        standIn.AssertIdle();
    }

    [Fact]
    public void Forgotten_IsFreedByTheCollector()
    {
        using var standIn = new StandInDriver(new IdleProcessor());
        Forget(standIn.Driver);
        GC.Collect();
        GC.WaitForPendingFinalizers();
        standIn.AssertIdle();
        Assert.Equal(0, CudaHandle.Live);

        [MethodImpl(MethodImplOptions.NoInlining)]
        static void Forget(CudaDriver driver)
        {
            var context = CudaContext.Open(driver, 0);
            _ = CudaBuffer.Allocate(context, 4_096);
            _ = CudaEvent.Create(context);
        }
    }

    [Fact]
    public void Freed_IsRefusedEverywhere()
    {
        using var standIn = new StandInDriver(new IdleProcessor());
        using var context = CudaContext.Open(standIn.Driver, 0);
        using var stream = CudaStream.Create(context);
        var buffer = CudaBuffer.Allocate(context, 64);
        buffer.Dispose();
        buffer.Dispose();
        Assert.Throws<ObjectDisposedException>(() => buffer.Fill(0, stream));
        Assert.Throws<ObjectDisposedException>(() => buffer.Plane<byte>(8, 8, 8));
        Assert.Throws<ObjectDisposedException>(() => buffer.Upload<byte>(new byte[8], stream));
        Assert.Single(standIn.Calls, c => c == "cuMemFree_v2");
    }

    /// <summary>Something of everything: copies of all kinds, streams that wait for one another, a kernel.</summary>
    private static void Work(CudaDriver driver)
    {
        const int Bytes = 64;
        using var context = CudaContext.Open(driver, 0);
        using var kernels = new GpuKernels(context);
        using var first = CudaStream.Create(context);
        using var second = CudaStream.Create(context);
        using var copied = CudaEvent.Create(context);
        using var done = CudaEvent.Create(context);
        using var host = CudaHostBuffer.Allocate(context, Bytes);
        using var device = CudaBuffer.Allocate(context, Bytes);
        using var rows = CudaBuffer.AllocateRows(context, Bytes / 4, 4);
        for (var i = 0; i < Bytes; i++)
        {
            host.Bytes[i] = (byte)(3 * i);
        }

        rows.Fill(0, second);
        first.Copy(host, device, Bytes);
        first.Record(copied);
        second.WaitFor(copied);
        var (from, to) = (device.Plane<byte>(Bytes / 4, Bytes / 4, 4), rows.Plane<byte>(rows.Pitch, Bytes / 4, 4));
        second.CopyRows(from, to, Bytes / 4, 4);
        kernels.CrossFade(second, to, to, from, Bytes / 4, 4, FixedPoint.One15);
        second.Copy(device, host, Bytes);
        second.Record(done);
        Assert.False(done.HasCome);
        done.Wait();
        Assert.True(done.HasCome);
        Assert.Equal(0.25, done.MillisSince(copied));
        Assert.Equal(Enumerable.Range(0, Bytes).Select(i => (byte)(3 * i)), host.Bytes.ToArray());
        var last = new byte[Bytes];
        device.Download<byte>(last, second);
        Assert.Equal(host.Bytes.ToArray(), last);
        Assert.NotEqual(Guid.Empty, context.Uuid());
    }
}
