using Url2Video.Farm.Core.Dispatch;
using Url2Video.Farm.Core.Jobs;
using static Url2Video.Farm.Core.Tests.Dispatch.DispatchDriver;

namespace Url2Video.Farm.Core.Tests.Dispatch;

/// <summary>What an attempt cost is charged when it ends, whatever the dispatcher still knows of it.</summary>
public sealed class ChargeTests
{
    private readonly DispatchDriver _dispatch = new();

    [Fact]
    public void End_OfWhatItsNodeNamesNoMore_IsChargedAllTheSame()
    {
        var offer = Job("p", "j") with { Tenant = "studio" };
        _dispatch.Tell(offer);
        var granted = Assert.Single(_dispatch.Demand("n", 1));
        _dispatch.Take(granted);
        _dispatch.Busy("n", 0, [], RunningOf(granted, offer));
        _dispatch.Busy("n", 1, []); // The node is free before the project has it in its journal.

        Assert.Equal(("studio", 900L, 0L), Charged(new DispatchMessage.Ended(granted.Job, granted.Offer, granted.Node, EndKind.Finished, null, 900) { Tenant = "studio" }));
    }

    [Fact]
    public void End_OfWhatAnotherDispatcherGranted_IsChargedWithItsGpus()
    {
        var granted = Grant();
        _dispatch.Replace();

        Assert.Equal(("studio", 500L, 1_000L), Charged(new DispatchMessage.Ended(granted.Job, granted.Offer, granted.Node, EndKind.Failed, "ERR", 500) { Tenant = "studio", Gpus = 2 }));
    }

    [Fact]
    public void End_ToldByAnEarlierVersion_IsChargedWhileItIsKnown_AndNotGuessedAfterwards()
    {
        var granted = Grant();
        var told = new DispatchMessage.Ended(granted.Job, granted.Offer, granted.Node, EndKind.Finished, null, 700);

        Assert.Equal(("studio", 700L, 0L), Charged(told));
        _dispatch.Tell(told);
        Assert.Empty(_dispatch.Effects.OfType<DispatchEffect.Charge>());
    }

    [Theory]
    [InlineData(0, "cpu.cores>=4")]
    [InlineData(1, "gpu")]
    [InlineData(1, "gpu.vram.gib>=8")]
    [InlineData(3, "gpu.count>=3")]
    public void Gpus_OfAJob_AreWhatItCounts_OrOne(int gpus, string need) => Assert.Equal(gpus, Need.GpusOf([need]));

    private JobMessage.Assign Grant()
    {
        _dispatch.Tell(Job("p", "j") with { Tenant = "studio" });
        return Assert.Single(_dispatch.Demand("n", 1));
    }

    private (string Tenant, long Busy, long Gpu) Charged(DispatchMessage.Ended ended)
    {
        _dispatch.Tell(ended);
        var charge = Assert.Single(_dispatch.Effects.OfType<DispatchEffect.Charge>());
        return (charge.Tenant, charge.BusyMillis, charge.GpuMillis);
    }
}
