using System.Collections.Immutable;
using Url2Video.Farm.Core.Contracts;
using Url2Video.Farm.Core.Dispatch;
using Url2Video.Farm.Core.Jobs;
using Url2Video.Farm.Core.Nodes;
using Url2Video.Farm.Core.Tests.Jobs;
using Url2Video.Farm.Core.Tests.Simulation;
using static Url2Video.Farm.Core.Nodes.NodeMessage;

namespace Url2Video.Farm.Core.Tests.Nodes;

/// <summary>A node of one slot, and what it holds in reserve.</summary>
public sealed class NodeReserveTests
{
    private const int Held = 8;

    private static readonly NodeIncarnation Self = JobDriver.NodeA;
    private static readonly TimeSpan Idle = TimeSpan.FromMilliseconds(Limits.ReserveIdleMillis);

    private DateTimeOffset _now = new(2026, 1, 2, 12, 0, 0, TimeSpan.Zero);
    private NodeState _state;

    public NodeReserveTests()
    {
        _state = NodeLogic.Start(Self, 1, [], _now, reserveSlots: Held).State;
        Tell(new Grant(LeaseOf("at work"), SpecOf("at work")));
    }

    [Theory]
    [InlineData(1, 200, 8)] // No more than it may.
    [InlineData(1, 5_000, 4)]
    [InlineData(1, 60_000, 1)]
    [InlineData(3, 60_000, 3)] // One a slot.
    [InlineData(2, 5_000, 8)]
    public void Asking_GoesByHowLongItsWorksTake(int slots, int millis, int asked)
    {
        _state = NodeLogic.Start(Self, slots, [], _now, reserveSlots: Held).State;
        for (var i = 0; i < 30; i++)
        {
            Fill(i);
            BegunBefore(TimeSpan.FromMilliseconds(millis));
            _state.Works.Values.ToList().ForEach(w => Finish(w.Spec.Id.Name));
        }

        Fill(30);
        Assert.Equal(asked, RoomIn(Heartbeat()));

        void Fill(int round)
        {
            for (var slot = 0; slot < slots; slot++)
            {
                Tell(new Grant(LeaseOf($"j{round}.{slot}"), SpecOf($"j{round}.{slot}")));
            }
        }
    }

    [Fact]
    public void Demand_WithEverySlotAtWork_TellsHowManyItWouldHold_OnceAHeartbeat()
    {
        Finish("at work");
        Pass(TimeSpan.FromSeconds(Limits.HeartbeatSeconds));
        Assert.Equal(Held, RoomIn(Tell(new Grant(LeaseOf("b"), SpecOf("b"))))); // A server may die in the next moment.
        Finish("b");
        Assert.Equal(0, RoomIn(Tell(new Grant(LeaseOf("c"), SpecOf("c")))));
        Assert.Equal(Held, RoomIn(Heartbeat()));

        Reserve("a");
        Assert.Equal(Held - 1, RoomIn(Heartbeat()));

        Tell(new Cancel(LeaseOf("a")));
        Finish("c");
        Assert.Equal(0, RoomIn(Heartbeat())); // It needs work, not reserves.
    }

    [Fact]
    public void Slot_FreeForLongerThanAGrantTakes_BeginsTheReserve_AndTellsItsJobAndItsDemand()
    {
        Reserve("a");
        Finish("at work");

        Assert.Equal(_now + Idle, _state.DueAt);
        Assert.Empty(Begun(Tick(Idle - TimeSpan.FromMilliseconds(1))));
        var effects = Tick(TimeSpan.FromMilliseconds(1));

        Assert.Equal(LeaseOf("a"), Assert.Single(Begun(effects)).Lease);
        Assert.Contains(new NodeEffect.ToJob(SpecOf("a").Id, new JobMessage.Accepted(LeaseOf("a"))), effects);
        Assert.Equal(0, Assert.Single(effects.OfType<NodeEffect.ToDispatcher>()).Message.FreeSlots);
        Assert.Empty(_state.Reserves);
    }

    [Fact]
    public void Slot_FreedAgainWithNoDispatcherSeen_DoesNotWaitAgain_UntilOneShowsItself()
    {
        Reserve("a");
        Reserve("b");
        Reserve("c");
        Finish("at work");
        Tick(Idle);

        Assert.Equal(LeaseOf("b"), Assert.Single(Begun(Finish("a"))).Lease);

        Reserve("d"); // A dispatcher shows itself.
        Assert.Empty(Begun(Finish("b")));
        Assert.Equal(LeaseOf("c"), Assert.Single(Begun(Tick(Idle))).Lease);
    }

    [Fact]
    public void Slot_FreedLongAfterTheNodeWaitedInVain_IsShownAgain()
    {
        Reserve("a");
        Reserve("b");
        Finish("at work");
        Tick(Idle);
        Pass(TimeSpan.FromSeconds(Limits.ReserveAloneSeconds));

        Assert.Empty(Begun(Finish("a"))); // There may be a dispatcher again, and somebody more urgent.
        Assert.Single(Begun(Tick(Idle)));
    }

    [Fact]
    public void NewDispatcher_OrTheFirstSignOfOneOnANewLink_GetsTheOldReservesBack()
    {
        Reserve("a");
        Assert.Equal(RefusalReason.Full, Refusal(Tell(new TellDemand())));
        Assert.Empty(_state.Reserves);

        Reserve("b");
        Assert.DoesNotContain(Tell(new LinkUp()).OfType<NodeEffect.ToJob>(), e => e.Message is JobMessage.Refused); // Nobody may be there.
        Assert.Single(_state.Reserves);
        Finish("at work");
        Assert.Contains(Tell(new Grant(LeaseOf("c"), SpecOf("c"))).OfType<NodeEffect.ToJob>(), e => e.To.Name == "b" && e.Message is JobMessage.Refused);
        Assert.Empty(_state.Reserves);
    }

    [Fact]
    public void Grant_InTime_IsWorkedAndTheReserveStays()
    {
        Reserve("a");
        Finish("at work");
        Pass(Idle / 2);

        Tell(new Grant(LeaseOf("b"), SpecOf("b")));

        Assert.Empty(Begun(Tick(Idle)));
        Assert.Equal("b", Assert.Single(_state.Works.Values).Spec.Id.Name);
        Assert.Single(_state.Reserves);
    }

    [Fact]
    public void Grant_ThatLeavesASlotFree_StartsTheWaitAnew()
    {
        _state = NodeLogic.Start(Self, 2, [], _now, reserveSlots: 4).State;
        Reserve("r");
        Pass(Idle / 2);
        Tell(new Grant(LeaseOf("b"), SpecOf("b"))); // Somebody dispatches.

        Assert.Empty(Begun(Tick(Idle * 0.75)));
        Assert.Single(Begun(Tick(Idle)));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Cancelled_BeforeOrAfterItCame_IsNeverBegun(bool isBefore)
    {
        if (isBefore)
        {
            Tell(new Cancel(LeaseOf("a")));
            Assert.Equal(new JobMessage.Refused(LeaseOf("a"), RefusalReason.Stale), Assert.Single(Reserve("a").OfType<NodeEffect.ToJob>()).Message);
        }
        else
        {
            Reserve("a");
            Tell(new Cancel(LeaseOf("a")));
        }

        Finish("at work");

        Assert.Empty(Begun(Tick(Idle)));
    }

    [Fact]
    public void Grant_OfTheSameJob_VoidsItsReserve()
    {
        Reserve("a");
        Finish("at work");
        Tell(new Grant(LeaseOf("a", 2), SpecOf("a")));

        Assert.Empty(_state.Reserves);
        Assert.Equal(2, Assert.Single(_state.Works.Values).Lease.Attempt);
    }

    [Fact]
    public void Draining_GivesItsReservesBack_AndTakesNone()
    {
        Reserve("a");

        var effects = Tell(new Drain());

        Assert.Equal(new JobMessage.Refused(LeaseOf("a"), RefusalReason.Draining), Assert.Single(effects.OfType<NodeEffect.ToJob>()).Message);
        Assert.Empty(_state.Reserves);
        Reserve("b");
        Assert.Empty(_state.Reserves);
        Assert.Equal(0, RoomIn(Heartbeat()));
    }

    [Fact]
    public void Failure_GivesTheReservesBack_UntilAWorkHasFinished()
    {
        Reserve("a");

        Tell(new WorkFailed(LeaseOf("at work"), JobDriver.Error)); // A node that fails at everything must not help itself to more.

        Assert.Empty(_state.Reserves);
        Tell(new Ack(LeaseOf("at work"), AckKind.Taken));
        Tell(new Grant(LeaseOf("b"), SpecOf("b")));
        Assert.Equal(0, RoomIn(Heartbeat()));
        Finish("b");
        Tell(new Grant(LeaseOf("c"), SpecOf("c")));
        Assert.Equal(Held, RoomIn(Heartbeat()));
    }

    [Fact]
    public void Reserves_BeyondTheBound_OfALimit_OrOfAnotherLife_AreRefused()
    {
        for (var i = 0; i < Held; i++)
        {
            Assert.Empty(Reserve($"r{i}"));
        }

        Assert.Equal(RefusalReason.Full, Refusal(Reserve("one more")));
        Tell(new Cancel(LeaseOf("r0")));
        Assert.Equal(RefusalReason.Full, Refusal(Tell(new Reserve(LeaseOf("l"), SpecOf("l") with { Limits = ["licence"] }))));
        Assert.Equal(RefusalReason.OtherIncarnation, Refusal(Tell(new Reserve(LeaseOf("o") with { Node = Self with { Epoch = 2 } }, SpecOf("o")))));
        Assert.Equal(RefusalReason.Stale, Refusal(Tell(new Reserve(LeaseOf("at work", 2), SpecOf("at work")))));
    }

    [Fact]
    public void Double_OfAReserveThatHasBegun_ChangesNothing()
    {
        Reserve("a");
        Finish("at work");
        Tick(Idle);

        Assert.Empty(Reserve("a"));
        Assert.Empty(_state.Reserves);
    }

    [Fact]
    public void Several_OfTheMostUrgentBandTheFirstGoesFirst()
    {
        Reserve("low", Band.Low);
        Reserve("z");
        Reserve("a");
        Reserve("urgent", Band.Urgent);
        Finish("at work");
        var order = new List<string> { Begun(Tick(Idle)).Single().Lease.Job.Name };
        while (_state.Reserves.Count > 0)
        {
            order.Add(Begun(Finish(order[^1])).Single().Lease.Job.Name);
        }

        Assert.Equal(["urgent", "a", "z", "low"], order); // a and z came at one moment: by name.
    }

    [Fact]
    public void Unused_ForLongerThanItsJobMeansIt_IsForgotten()
    {
        Reserve("a");

        Tick(TimeSpan.FromSeconds(Limits.ReserveSecondsMax));
        Assert.Single(_state.Reserves);
        Tick(TimeSpan.FromSeconds(11));

        Assert.Empty(_state.Reserves); // The word that it is over was lost.
    }

    [Fact]
    public void Link_DownOrUp_IsAllTheSameToAReserve()
    {
        Reserve("a");
        Finish("at work");
        Tell(new CutOff());
        Assert.Single(Begun(Tick(Idle)));

        var effects = Tell(new LinkUp());

        Assert.Contains(effects.OfType<NodeEffect.ToJob>(), e => e.Message is JobMessage.Held held && held.Lease == LeaseOf("a"));
    }

    [Fact]
    public void RandomMessages_BeginNothingTwiceNothingCancelledAndNothingBeyondTheSlots()
    {
        var random = new SplitMix(5);
        var (begun, cancelled) = (new HashSet<Lease>(), new HashSet<Lease>());
        _state = NodeLogic.Start(Self, 2, [], _now, reserveSlots: 4).State;
        for (var step = 0; step < 20_000; step++)
        {
            var lease = LeaseOf($"job{random.Below(8)}", 1 + (step / 200) + random.Below(3));
            Pass(TimeSpan.FromMilliseconds(random.Below(700)));
            var message = Any(random, lease);
            _ = message is Cancel && cancelled.Add(lease);

            Assert.All(Tell(message).OfType<NodeEffect.RunWork>(), e => Assert.True(begun.Add(e.Lease) && !cancelled.Contains(e.Lease), $"{e.Lease} is begun"));
            Assert.InRange(_state.Works.Count + _state.Stopping.Count, 0, 4);
            Assert.InRange(_state.Works.Count, 0, _state.Slots);
            Assert.InRange(_state.Reserves.Count, 0, _state.ReserveSlots);
            Assert.All(_state.Reserves.Keys, job => Assert.DoesNotContain(job, _state.Works.Keys));
        }

        Assert.True(begun.Count > 100);
    }

    private static NodeMessage Any(SplitMix random, Lease lease) => random.Below(14) switch
    {
        0 => new Grant(lease, SpecOf(lease.Job.Name)),
        1 or 2 => new Reserve(lease, SpecOf(lease.Job.Name)),
        3 => new Ack(lease, AckKind.Taken),
        4 => new Cancel(lease),
        5 or 6 => new WorkFinished(lease, JobDriver.Result),
        7 => new WorkStopped(lease),
        8 => new LinkUp(),
        9 => new TellDemand { IsSameDispatcher = random.Chance(0.8) },
        10 => random.Chance(0.1) ? new Drain() : new Resume(),
        11 => random.Chance(0.3) ? new WorkFailed(lease, JobDriver.Error) : new Resume(),
        _ => new Tick(),
    };

    private ImmutableArray<NodeEffect> Reserve(string job, Band band = Band.Normal) => Tell(new Reserve(LeaseOf(job), SpecOf(job) with { Band = band }));

    private ImmutableArray<NodeEffect> Finish(string job) => Tell(new WorkFinished(LeaseOf(job), JobDriver.Result));

    private void Pass(TimeSpan time) => _now += time;

    private ImmutableArray<NodeEffect> Tick(TimeSpan after)
    {
        Pass(after);
        return Tell(new Tick());
    }

    private void BegunBefore(TimeSpan time) => _state = _state with
    {
        Works = _state.Works.ToImmutableSortedDictionary(w => w.Key, w => w.Value with { BegunAt = _now - time }, StringComparer.Ordinal),
    };

    private ImmutableArray<NodeEffect> Heartbeat()
    {
        _state = _state with { NextHeartbeat = _now.AddSeconds(Limits.HeartbeatSeconds) };
        return [.. Tick(TimeSpan.FromSeconds(Limits.HeartbeatSeconds)).Where(e => e is NodeEffect.ToDispatcher)];
    }

    private ImmutableArray<NodeEffect> Tell(NodeMessage message)
    {
        var decision = NodeLogic.Decide(_state, message, _now);
        _state = decision.State;
        return decision.Effects;
    }

    private static IEnumerable<NodeEffect.RunWork> Begun(ImmutableArray<NodeEffect> effects) =>
        effects.OfType<NodeEffect.RunWork>().Where(e => e.IsReserve);

    private static RefusalReason Refusal(ImmutableArray<NodeEffect> effects) =>
        Assert.IsType<JobMessage.Refused>(Assert.Single(effects.OfType<NodeEffect.ToJob>()).Message).Reason;

    private static int RoomIn(ImmutableArray<NodeEffect> effects) => Assert.Single(effects.OfType<NodeEffect.ToDispatcher>()).Message.ReserveRoom;

    private static Lease LeaseOf(string job, long attempt = 1) => new(SpecOf(job).Id, attempt, Self);

    private static JobSpec SpecOf(string job) =>
        JobDriver.Spec with { Id = new JobId(new ProjectId("prj_test"), job), Key = new JobKey("key of " + job) };
}
