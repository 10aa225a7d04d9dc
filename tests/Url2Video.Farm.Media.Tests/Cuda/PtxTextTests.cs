using System.Text.RegularExpressions;
using Url2Video.Farm.Media.Cuda;
using Url2Video.Farm.Media.Tests.Cuda.Cases;
using Url2Video.Farm.Media.Tests.Cuda.Host;
using Url2Video.Farm.Media.Tests.Cuda.Ptx;

namespace Url2Video.Farm.Media.Tests.Cuda;

/// <summary>What is embedded is what the sources say, in whole numbers, and every kernel of it is checked.</summary>
public sealed partial class PtxTextTests
{
    [RequiresClangFact]
    public void Ptx_BuiltAgainFromItsSource_IsTheEmbeddedOne()
    {
        var folder = Directory.CreateTempSubdirectory("u2v-ptx-").FullName;
        try
        {
            var built = Path.Combine(folder, "pixels.ptx");
            KernelSources.Run("sh", Path.Combine(KernelSources.Folder, "build.sh"), built);
            Assert.Equal(File.ReadAllText(built), GpuKernels.Ptx());
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void Ptx_HasNoFloatingPoint() => Assert.DoesNotMatch(FloatingPoint(), GpuKernels.Ptx());

    [Fact]
    public void Ptx_HasTheKernelsThatAreNamed_AndEachIsChecked()
    {
        var entries = new PtxModule(GpuKernels.Ptx()).Entries.Keys.Order(StringComparer.Ordinal).ToArray();
        Assert.Equal(entries, GpuKernels.Names);
        Assert.Equal(entries, KernelChecks.All.Keys);
        Assert.Equal(entries, PtxMutants.All.Select(m => (string)m[0]).Distinct().Order(StringComparer.Ordinal));
    }

    [GeneratedRegex(@"\.(f16|f16x2|bf16|f32|f64|tf32)\b")]
    private static partial Regex FloatingPoint();
}
