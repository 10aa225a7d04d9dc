using Url2Video.Farm.Media.Pixels;
using Xunit;

namespace Url2Video.Farm.Media.Tests.Pixels;

/// <summary>The executions to compare with the scalar one.</summary>
public static class Vectors
{
    public static TheoryData<string> All => [nameof(Lanes.V128), nameof(Lanes.V256)];

    internal static Lanes Parse(string name) => Enum.Parse<Lanes>(name);
}

/// <summary>Reported as skipped where the processor has no AVX2: the 256-bit path cannot run there.</summary>
public sealed class VectorTheoryAttribute : TheoryAttribute
{
    public VectorTheoryAttribute()
    {
        if (LanesOfCpu.Best != Lanes.V256)
        {
            Skip = "This processor has no AVX2.";
        }
    }
}
