using Url2Video.Farm.Bench;
using Url2Video.Farm.Media.Cuda;
using Url2Video.Farm.Media.Tests.Cuda.StandIn;

namespace Url2Video.Farm.Media.Tests.Cuda;

/// <summary>The bench must be right the first time a GPU is lent: what it measures runs here on the interpreter, in small.</summary>
[Collection(CudaCollection.Name)]
public sealed class GpuStageTests
{
    [Fact]
    public void Stage_EveryEntry_StaysInItsBuffers()
    {
        using var standIn = new StandInDriver(new PtxProcessor());
        using (var context = CudaContext.Open(standIn.Driver, 0))
        {
            using var stage = new GpuStage(context, width: 64, rows: 36, slots: 2);
            var entries = stage.Entries();
            foreach (var entry in entries)
            {
                entry.Run(0);
                entry.Run(3);
            }

            stage.Stream.Wait();
            Assert.Equal(24 + 9, entries.Count);
            standIn.Memory.RequireGuards();
        }

        // Every kernel that there is was measured.
        Assert.Equal(2 * (23 + 9), standIn.Calls.Count(c => c == "cuLaunchKernel"));
        standIn.AssertIdle();
    }
}
