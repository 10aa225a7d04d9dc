using Url2Video.Farm.Media.Cuda;
using Url2Video.Farm.Media.Tests.Cuda.Cases;

namespace Url2Video.Farm.Media.Tests.Cuda;

/// <summary>Reported as skipped, never as passed, on a machine without a GPU.</summary>
public sealed class RequiresCudaTheoryAttribute : TheoryAttribute
{
    public RequiresCudaTheoryAttribute() => Skip = CudaDevices.List().IsEmpty ? "no CUDA device" : null;
}

/// <summary>The machine's own GPU against the scalar oracle: a million rows of every kernel.</summary>
[Collection(CudaCollection.Name)]
public sealed class DeviceKernelTests
{
    private const int Rows = 1_000_000;

    [RequiresCudaTheory]
    [MemberData(nameof(KernelChecks.Names), MemberType = typeof(KernelChecks))]
    public void Kernel_AMillionRows_EqualTheScalar(string kernel)
    {
        using var rig = new Rig(CudaDriver.OfMachine, GpuKernels.Ptx());
        var (rows, difference) = KernelChecks.Run(rig, kernel, seed: 4, Rows, rowsAtOnceMost: 4_000);
        Assert.Null(difference);
        Assert.InRange(rows, Rows, int.MaxValue);
    }
}
