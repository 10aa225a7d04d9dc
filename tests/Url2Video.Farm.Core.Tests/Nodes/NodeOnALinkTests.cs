using System.Collections.Immutable;
using Url2Video.Farm.Core.Contracts;
using Url2Video.Farm.Core.Dispatch;
using Url2Video.Farm.Core.Jobs;
using Url2Video.Farm.Core.Nodes;
using Url2Video.Farm.Core.Tests.Jobs;
using static Url2Video.Farm.Core.Nodes.NodeMessage;

namespace Url2Video.Farm.Core.Tests.Nodes;

/// <summary>What a node does because its way to the farm is a link that breaks, and its life one of several.</summary>
public sealed class NodeOnALinkTests
{
    private static readonly NodeIncarnation Self = new(new NodeId("n"), 7);
    private static readonly NodeIncarnation Former = Self with { Epoch = 6 };
    private static readonly DateTimeOffset Noon = new(2026, 1, 2, 12, 0, 0, TimeSpan.Zero);
    private static readonly ProjectId Project = new("prj_1");

    private NodeState _state = NodeLogic.Start(Self, 4, [], Noon).State;

    [Fact]
    public void Start_WithReportsOfAFormerLife_SendsThemUnderTheirOwnLeasesUntilAcknowledged()
    {
        var lease = new Lease(new JobId(Project, "a"), 3, Former);
        var (early, late) = (Report(lease with { Attempt = 2 }), Report(lease));

        var start = NodeLogic.Start(Self, 4, [], Noon, [early, late]);
        _state = start.State;

        Assert.Equal(lease, Assert.Single(_state.Reports.Values).Lease);
        Assert.Equal(late, start.Effects.OfType<NodeEffect.ToJob>().Last().Message);
        Assert.Equal(late, Assert.Single(Tell(new Tick(), Noon.AddSeconds(1)).OfType<NodeEffect.ToJob>()).Message);
        Tell(new Ack(lease, AckKind.Taken));
        Assert.Empty(_state.Reports);
    }

    [Fact]
    public void LinkUp_SaysAllThatTheFarmMayHaveMissed()
    {
        Tell(Granted("a"));
        Tell(Granted("b"));
        Tell(new WorkFinished(LeaseOf("b"), JobDriver.Result));

        var effects = Tell(new LinkUp(), Noon.AddMilliseconds(10));

        Assert.Contains(effects.OfType<NodeEffect.ToJob>(), e => e.Message is JobMessage.Held held && held.Lease == LeaseOf("a"));
        Assert.Contains(effects.OfType<NodeEffect.ToJob>(), e => e.Message is JobMessage.Finished finished && finished.Lease == LeaseOf("b"));
        var demand = Assert.IsType<DispatchMessage.Demand>(Assert.Single(effects.OfType<NodeEffect.ToDispatcher>()).Message);
        Assert.Equal((3, 1), (demand.FreeSlots, demand.Running.Length));
    }

    [Fact]
    public void CutOff_StopsWhatTakesOfALimitAndNothingElse()
    {
        Tell(Granted("free"));
        Tell(Granted("licensed", "voices"));

        var effects = Tell(new CutOff());

        Assert.Equal(LeaseOf("licensed"), Assert.Single(effects.OfType<NodeEffect.StopWork>()).Lease);
        Assert.Equal(LeaseOf("free"), Assert.Single(_state.Works.Values).Lease);
    }

    [Fact]
    public void Resume_AfterADrain_DemandsAgain()
    {
        Tell(new Drain());
        Assert.Equal(0, _state.FreeSlots);

        var demand = Assert.IsType<DispatchMessage.Demand>(Assert.Single(Tell(new Resume()).OfType<NodeEffect.ToDispatcher>()).Message);

        Assert.Equal(4, demand.FreeSlots);
    }

    [Theory]
    [InlineData("../../etc", "write", 60, false)]
    [InlineData("prj_1", "../x", 60, false)]
    [InlineData("prj_1", "Render", 60, false)]
    [InlineData("prj_1", "", 60, false)]
    [InlineData("prj_1", "write", 0, false)]
    [InlineData("prj_1", "write", 1_000_000, false)]
    [InlineData("prj_1", "render/000003", 3_600, true)]
    public void Grant_FromAServer_IsJudgedBeforeItBecomesAFolder(string project, string name, int seconds, bool good)
    {
        var id = new JobId(new ProjectId(project), name);
        var grant = new Grant(new Lease(id, 1, Self), new JobSpec(id, default, new JobWork.Speak(default, 0), [], seconds));

        Assert.Equal(good, GrantRules.Complaint(grant.Lease, grant.Spec) is null);
        Assert.NotNull(GrantRules.Complaint(grant.Lease with { Job = new JobId(Project, "other") }, grant.Spec));
    }

    [Theory]
    [InlineData("Rack 4 — Node", "rack-4---node")]
    [InlineData("__x", "x")]
    [InlineData("日本", "node")]
    public void Near_AHostName_IsAName(string host, string name)
    {
        Assert.Equal(name, NodeNames.Near(host));
        Assert.True(NodeNames.IsOne(name));
    }

    private static JobMessage.Finished Report(Lease lease) => new(lease, new JobKey("k"), JobDriver.Result);

    private static Lease LeaseOf(string job) => new(new JobId(Project, job), 1, Self);

    private static Grant Granted(string job, params string[] limits) => new(
        LeaseOf(job), new JobSpec(LeaseOf(job).Job, new JobKey("k"), new JobWork.Speak(default, 0), [], 60) { Limits = [.. limits] });

    private ImmutableArray<NodeEffect> Tell(NodeMessage message, DateTimeOffset? now = null)
    {
        var decision = NodeLogic.Decide(_state, message, now ?? Noon);
        _state = decision.State;
        return decision.Effects;
    }
}
