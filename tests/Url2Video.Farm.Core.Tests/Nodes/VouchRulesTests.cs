using Url2Video.Farm.Core.Nodes;

namespace Url2Video.Farm.Core.Tests.Nodes;

/// <summary>When a server may tell its nodes that the farm hears them.</summary>
public sealed class VouchRulesTests
{
    [Fact]
    public void DispatcherHeardOfLate_Vouches() => Assert.True(VouchRules.MayVouch(TimeSpan.FromMilliseconds(Limits.DispatcherAskMillis), 0));

    [Fact]
    public void DispatcherNeverHeardOf_DoesNot() => Assert.False(VouchRules.MayVouch(null, 0));

    [Fact]
    public void DispatcherSilentTooLong_DoesNot() => Assert.False(VouchRules.MayVouch(TimeSpan.FromSeconds(Limits.DispatcherHeardSecondsMax), 0));

    [Fact]
    public void DispatcherHereButAServerCutOff_DoesNot() => Assert.False(VouchRules.MayVouch(TimeSpan.Zero, 1)); // The other side may go on, and make a dispatcher.

    [Fact]
    public void SilenceOfADispatcherThatWasReplaced_EndsBeforeANodeFencesItself() =>
        Assert.True(Limits.DispatcherHeardSecondsMax + Limits.HeartbeatSeconds < Limits.LeaseSecondsMax);
}
