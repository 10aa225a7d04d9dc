using Url2Video.Farm.Media.Cuda;
using Url2Video.Farm.Media.Tests.Cuda.Cases;
using Url2Video.Farm.Media.Tests.Cuda.Host;
using Url2Video.Farm.Media.Tests.Cuda.StandIn;

namespace Url2Video.Farm.Media.Tests.Cuda;

/// <summary>The kernels' source, compiled for this machine, against the scalar oracle: thousands of rows through the product's own launches.</summary>
[Collection(CudaCollection.Name)]
public sealed class HostKernelTests
{
    private const int Rows = 10_000;

    [RequiresCompilerTheory]
    [MemberData(nameof(KernelChecks.Names), MemberType = typeof(KernelChecks))]
    public void Kernel_ThousandsOfRows_EqualTheScalar(string kernel)
    {
        using var standIn = new StandInDriver(new HostProcessor());
        using (var rig = new Rig(standIn.Driver, GpuKernels.Ptx()))
        {
            var (rows, difference) = KernelChecks.Run(rig, kernel, seed: 1, Rows);
            Assert.Null(difference);
            Assert.InRange(rows, Rows, int.MaxValue);

            // Pictures as tall as those that a real device is given.
            Assert.Null(KernelChecks.Run(rig, kernel, seed: 5, Rows, rowsAtOnceMost: 4_000, widthMost: 40).Difference);
        }

        standIn.AssertIdle();
    }
}
