using System.Collections.Immutable;
using Url2Video.Farm.Core.Contracts;
using Url2Video.Farm.Core.Dispatch;
using Url2Video.Farm.Core.Jobs;
using Url2Video.Farm.Core.Nodes;
using Url2Video.Farm.Core.Tests.Jobs;
using Url2Video.Farm.Core.Tests.Simulation;
using static Url2Video.Farm.Core.Nodes.NodeMessage;

namespace Url2Video.Farm.Core.Tests.Nodes;

public sealed class NodeLogicTests
{
    private static readonly NodeIncarnation Self = JobDriver.NodeA;
    private static readonly DateTimeOffset Noon = new(2026, 1, 2, 12, 0, 0, TimeSpan.Zero);

    private NodeState _state = NodeLogic.Start(Self, 2, ["cpu"], Noon).State;

    [Fact]
    public void Start_TellsItsDemand()
    {
        var demand = Assert.Single(NodeLogic.Start(Self, 2, ["cpu"], Noon).Effects.OfType<NodeEffect.ToDispatcher>()).Message;

        var told = Assert.IsType<DispatchMessage.Demand>(demand);
        Assert.Equal((Self, 2, 1L), (told.Node, told.FreeSlots, told.Sequence));
        Assert.Throws<ArgumentOutOfRangeException>(() => NodeLogic.Start(Self, 0, [], Noon));
    }

    [Fact]
    public void Grant_WithAFreeSlot_IsWorkedAcceptedAndNoLongerDemanded()
    {
        var effects = Tell(Granted("a", 1));

        Assert.Equal(LeaseOf("a", 1), Assert.Single(effects.OfType<NodeEffect.RunWork>()).Lease);
        Assert.IsType<JobMessage.Accepted>(Assert.Single(effects.OfType<NodeEffect.ToJob>()).Message);
        Assert.Equal(1, DemandIn(effects));
    }

    [Fact]
    public void Grant_Repeated_IsAcceptedAgainAndWorkedOnce()
    {
        Tell(Granted("a", 1));

        var effects = Tell(Granted("a", 1));

        Assert.IsType<JobMessage.Accepted>(Assert.IsType<NodeEffect.ToJob>(Assert.Single(effects)).Message);
    }

    [Theory]
    [InlineData(RefusalReason.Full)]
    [InlineData(RefusalReason.Draining)]
    [InlineData(RefusalReason.Stale)]
    [InlineData(RefusalReason.OtherIncarnation)]
    public void Grant_ThatCannotBeWorked_IsRefusedWithTheReason(RefusalReason reason)
    {
        var grant = Granted("x", 1);
        switch (reason)
        {
            case RefusalReason.Full: Tell(Granted("a", 1)); Tell(Granted("b", 1)); break;
            case RefusalReason.Draining: Tell(new Drain()); break;
            case RefusalReason.Stale: Tell(new Cancel(LeaseOf("x", 1))); break; // The cancellation overtook the grant.
            default: grant = grant with { Lease = grant.Lease with { Node = Self with { Epoch = 2 } } }; break;
        }

        var effects = Tell(grant);

        Assert.Equal(new JobMessage.Refused(grant.Lease, reason), Assert.Single(effects.OfType<NodeEffect.ToJob>()).Message);
        Assert.Empty(effects.OfType<NodeEffect.RunWork>());
    }

    [Fact]
    public void Grant_LaterOneOfTheSameJob_ReplacesTheWork()
    {
        Tell(Granted("a", 1));
        Tell(Granted("b", 1));

        var effects = Tell(Granted("a", 2));

        Assert.Equal(LeaseOf("a", 1), Assert.Single(effects.OfType<NodeEffect.StopWork>()).Lease);
        Assert.Equal(LeaseOf("a", 2), Assert.Single(effects.OfType<NodeEffect.RunWork>()).Lease);
        var late = Assert.IsType<NodeEffect.ToJob>(Assert.Single(Tell(Granted("a", 1))));
        Assert.Equal(new JobMessage.Refused(LeaseOf("a", 1), RefusalReason.Stale), late.Message);
    }

    [Fact]
    public void Grant_OfAJobWhoseResultLiesHere_HandsItOverUnderTheNewLease()
    {
        Tell(Granted("a", 1));
        Tell(new WorkFinished(LeaseOf("a", 1), JobDriver.Result));

        var effects = Tell(Granted("a", 2));

        Assert.Empty(effects.OfType<NodeEffect.RunWork>());
        var told = Assert.Single(effects.OfType<NodeEffect.ToJob>()).Message;
        Assert.Equal(new JobMessage.Finished(LeaseOf("a", 2), SpecOf("a").Key, JobDriver.Result), told);
    }

    [Fact]
    public void Grant_ToWorkAnew_DoesNotHandOverTheResultThatLiesHere()
    {
        Tell(Granted("a", 1));
        Tell(new WorkFinished(LeaseOf("a", 1), JobDriver.Result));

        var effects = Tell(new Grant(LeaseOf("a", 2), SpecOf("a") with { WorkAnew = true }));

        Assert.Single(effects.OfType<NodeEffect.RunWork>());
        Assert.Empty(_state.Reports);
    }

    [Fact]
    public void Grant_OfAJobWithAnotherKey_IsWorkedAnew()
    {
        Tell(Granted("a", 1));
        Tell(new WorkFinished(LeaseOf("a", 1), JobDriver.Result));

        var effects = Tell(new Grant(LeaseOf("a", 2), SpecOf("a") with { Key = new JobKey("edited") }));

        Assert.Single(effects.OfType<NodeEffect.RunWork>());
    }

    [Fact]
    public void Report_IsRepeatedEverMoreSeldomUntilAcknowledged()
    {
        Tell(Granted("a", 1));
        Tell(new WorkFailed(LeaseOf("a", 1), JobDriver.Error));
        var times = new List<double>();
        for (var now = Noon; now < Noon.AddSeconds(40); now = now.AddSeconds(0.25))
        {
            if (Tell(new Tick(), now).OfType<NodeEffect.ToJob>().Any(e => e.Message is JobMessage.Failed))
            {
                times.Add((now - Noon).TotalSeconds);
            }
        }

        Assert.Equal([1, 3, 7, 15, 23, 31, 39], times);
        Tell(new Ack(LeaseOf("a", 1), AckKind.Taken));
        Assert.Empty(_state.Reports);
        Assert.Empty(Tell(new Tick(), Noon.AddSeconds(41)).OfType<NodeEffect.ToJob>());
    }

    [Fact]
    public void Failure_KeepsItsSlotUntilItsJobHasDealtWithIt_OrForSevenSeconds()
    {
        Tell(Granted("a", 1));
        Tell(Granted("b", 1));
        Assert.Empty(Tell(new WorkFailed(LeaseOf("a", 1), JobDriver.Error)).OfType<NodeEffect.ToDispatcher>());
        Tell(new WorkFailed(LeaseOf("b", 1), JobDriver.Error));
        Assert.Equal(0, _state.FreeSlots);

        Assert.Equal(1, DemandIn(Tell(new Ack(LeaseOf("b", 1), AckKind.Taken))));

        var told = Enumerable.Range(1, 8).Select(s => Tell(new Tick(), Noon.AddSeconds(s)).OfType<NodeEffect.ToDispatcher>().Any(e => e.Message.FreeSlots == 2));
        Assert.Equal(7, 1 + told.TakeWhile(two => !two).Count());
        Assert.Single(_state.Reports); // It is still told, only its slot is given up.
    }

    [Fact]
    public void Heartbeat_TellsEveryHeldLeaseWithItsProgress()
    {
        Tell(Granted("a", 1));
        Tell(Granted("b", 1));
        Tell(new WorkProgress(LeaseOf("b", 1), 250));
        Tell(new WorkProgress(LeaseOf("b", 9), 999));

        var effects = Tell(new Tick(), Noon.AddSeconds(Limits.HeartbeatSeconds));

        Assert.Equal(
            [new JobMessage.Held(LeaseOf("a", 1), 0), new JobMessage.Held(LeaseOf("b", 1), 250)],
            effects.OfType<NodeEffect.ToJob>().Select(e => e.Message));
        Assert.Equal(0, DemandIn(effects));
    }

    [Fact]
    public void Work_EndingAfterItsCancellation_IsForgotten()
    {
        Tell(Granted("a", 1));
        Assert.Single(Tell(new Cancel(LeaseOf("a", 1))).OfType<NodeEffect.StopWork>());

        var effects = Tell(new WorkFinished(LeaseOf("a", 1), JobDriver.Result));

        Assert.Empty(effects.OfType<NodeEffect.ToJob>());
        Assert.Equal(2, DemandIn(effects)); // It has stopped in its way: the slot is free.
    }

    [Fact]
    public void StoppedWork_KeepsItsSlotUntilItNotices_AndIsWrittenOffIfItDoesNot()
    {
        Tell(Granted("a", 1));
        Assert.Empty(Tell(new Cancel(LeaseOf("a", 1))).OfType<NodeEffect.ToDispatcher>()); // Nothing has come free.

        Assert.Empty(NodeLogic.Decide(_state, new Tick(), Noon.AddSeconds(Limits.StopSecondsMax - 1)).Effects.OfType<NodeEffect.WriteOff>());
        var late = NodeLogic.Decide(_state, new Tick(), Noon.AddSeconds(Limits.StopSecondsMax + 1));
        Assert.Equal(LeaseOf("a", 1), Assert.Single(late.Effects.OfType<NodeEffect.WriteOff>()).Lease);
        var told = Assert.IsType<DispatchMessage.Demand>(Assert.Single(late.Effects.OfType<NodeEffect.ToDispatcher>()).Message);
        Assert.Equal((1, 1), (told.FreeSlots, told.SlotsLost));

        var back = NodeLogic.Decide(late.State, new WorkStopped(LeaseOf("a", 1)), Noon.AddSeconds(60));
        Assert.Equal((2, 0), (back.State.FreeSlots, back.State.WrittenOff.Count));
    }

    [Fact]
    public void Hurry_OfAWorkItHas_IsLogged()
    {
        Tell(Granted("a", 1));

        Assert.Equal(30, Assert.Single(Tell(new Hurry(LeaseOf("a", 1), 30)).OfType<NodeEffect.WarnLate>()).SecondsLeft);
        Assert.Empty(Tell(new Hurry(LeaseOf("b", 1), 30)));
    }

    [Fact]
    public void Drain_SaysDrainedOnceAllIsHandedOver()
    {
        Tell(Granted("a", 1));
        Assert.Empty(Tell(new Drain()).OfType<NodeEffect.Drained>());
        Tell(new WorkFinished(LeaseOf("a", 1), JobDriver.Result));

        Assert.Single(Tell(new Ack(LeaseOf("a", 1), AckKind.Taken)).OfType<NodeEffect.Drained>());
    }

    [Fact]
    public void Reports_NobodyAcknowledges_StopTheDemand()
    {
        for (var i = 0; i < Limits.ReportsKeptPerNodeMax; i++)
        {
            Tell(Granted($"job{i}", 1));
            Tell(new WorkFinished(LeaseOf($"job{i}", 1), JobDriver.Result));
        }

        Assert.Equal(0, _state.FreeSlots);
        Assert.IsType<JobMessage.Refused>(Assert.Single(Tell(Granted("one more", 1)).OfType<NodeEffect.ToJob>()).Message);
    }

    [Fact]
    public void Memory_OfAttempts_IsBounded()
    {
        const int Jobs = 2 * Limits.AttemptsRememberedPerNodeMax;
        var seen = Enumerable.Range(0, Jobs)
            .Aggregate(SeenAttempts.None, (s, i) => s.With(new JobId(new ProjectId("p"), $"{i}"), i + 1));

        Assert.Equal(Limits.AttemptsRememberedPerNodeMax, seen.Count);
        Assert.Equal(0, seen.Of(new JobId(new ProjectId("p"), "0")));
        Assert.Equal(Jobs, seen.Of(new JobId(new ProjectId("p"), $"{Jobs - 1}")));
    }

    /// <summary>Any messages in any order: never more works than slots, no lease worked twice, no job both at work and reported.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void AnyMessages_KeepSlotsAndLeases(ulong seed)
    {
        var random = new SplitMix(seed);
        var worked = new HashSet<Lease>();
        var now = Noon;
        for (var step = 0; step < 20_000; step++)
        {
            var lease = LeaseOf($"job{random.Below(6)}", 1 + step / 200 + random.Below(3));
            now = now.AddMilliseconds(random.Below(700));
            var effects = Tell(Any(random, lease), now);

            Assert.All(effects.OfType<NodeEffect.RunWork>(), e => Assert.True(worked.Add(e.Lease), $"{e.Lease} is worked twice"));
            Assert.InRange(_state.Works.Count, 0, _state.Slots);
            Assert.Equal(Math.Max(0, _state.Slots - _state.Works.Count - _state.Stopping.Count - _state.Failing.Count), _state.FreeSlots);
            Assert.All(_state.Failing, l => Assert.Equal(l, _state.Reports[l.Job.ToString()].Lease));
            Assert.All(_state.Works, w => Assert.DoesNotContain(w.Key, _state.Reports.Keys));
        }
    }

    private static NodeMessage Any(SplitMix random, Lease lease) => random.Below(8) switch
    {
        0 or 1 or 2 => new Grant(lease, SpecOf(lease.Job.Name)),
        3 => new Ack(lease, AckKind.Taken),
        4 => new Cancel(lease),
        5 => new WorkFinished(lease, JobDriver.Result),
        6 => new WorkFailed(lease, JobDriver.Error),
        _ => new Tick(),
    };

    private ImmutableArray<NodeEffect> Tell(NodeMessage message, DateTimeOffset? now = null)
    {
        var decision = NodeLogic.Decide(_state, message, now ?? Noon);
        _state = decision.State;
        return decision.Effects;
    }

    private static int DemandIn(ImmutableArray<NodeEffect> effects) =>
        Assert.IsType<DispatchMessage.Demand>(Assert.Single(effects.OfType<NodeEffect.ToDispatcher>()).Message).FreeSlots;

    private static Lease LeaseOf(string job, long attempt) => new(SpecOf(job).Id, attempt, Self);

    private static Grant Granted(string job, long attempt) => new(LeaseOf(job, attempt), SpecOf(job));

    private static JobSpec SpecOf(string job) =>
        JobDriver.Spec with { Id = new JobId(new ProjectId("prj_test"), job), Key = new JobKey("key of " + job) };
}
