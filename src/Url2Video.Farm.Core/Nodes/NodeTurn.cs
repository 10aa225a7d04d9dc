using System.Collections.Immutable;
using Url2Video.Farm.Core.Dispatch;
using Url2Video.Farm.Core.Jobs;
using static Url2Video.Farm.Core.Nodes.NodeEffect;

namespace Url2Video.Farm.Core.Nodes;

/// <summary>The state and the effects of one decision while it is being made.</summary>
internal sealed class NodeTurn(NodeState state)
{
    private readonly ImmutableArray<NodeEffect>.Builder _effects = ImmutableArray.CreateBuilder<NodeEffect>();

    public NodeState State { get; set; } = state;

    public NodeDecision End() => new(State, _effects.DrainToImmutable());

    public void Add(NodeEffect effect) => _effects.Add(effect);

    public void Accept(Lease lease) => Add(new ToJob(lease.Job, new JobMessage.Accepted(lease)));

    public void Refuse(Lease lease, RefusalReason reason) => Add(new ToJob(lease.Job, new JobMessage.Refused(lease, reason)));

    /// <param name="reserveRoom">Jobs it would hold in reserve beyond those it has.</param>
    public void TellDemand(int reserveRoom = 0)
    {
        State = State with { DemandSequence = State.DemandSequence + 1 };
        Add(new ToDispatcher(new DispatchMessage.Demand(State.Self, State.DemandSequence, State.FreeSlots, State.Capabilities)
        {
            SlotsLost = State.WrittenOff.Count,
            Running = Running(),
            Draining = State.Draining,
            ReserveRoom = reserveRoom,
        }));
    }

    public void Heartbeat(DateTimeOffset now)
    {
        State = State with { NextHeartbeat = now.AddSeconds(Limits.HeartbeatSeconds) };
        foreach (var work in State.Works.Values)
        {
            Add(new ToJob(work.Lease.Job, new JobMessage.Held(work.Lease, work.ProgressPermille) { Line = work.Line }));
        }

        TellDemand(NodeReserves.Ask(this, now));
    }

    /// <summary>Of several reports of one job the one of the latest attempt counts.</summary>
    public void KeepReport(JobMessage report, DateTimeOffset now)
    {
        var (lease, key) = report switch
        {
            JobMessage.Finished m => (m.Lease, m.Key),
            JobMessage.Failed m => (m.Lease, m.Key),
            _ => throw new ArgumentException($"{report.GetType().Name} is no report.", nameof(report)),
        };
        if (State.Reports.GetValueOrDefault(lease.Job.ToString()) is not { } other || other.Lease.Attempt < lease.Attempt)
        {
            SendReport(new KeptReport(lease, key, report, 0, now), now);
        }
    }

    private ImmutableArray<RunningJob> Running()
    {
        var running = ImmutableArray.CreateBuilder<RunningJob>(State.Works.Count);
        foreach (var work in State.Works)
        {
            running.Add(work.Value.Told);
        }

        return running.MoveToImmutable();
    }

    public void StopWork(string job, DateTimeOffset now)
    {
        if (State.Works.GetValueOrDefault(job) is { } work)
        {
            State = State with { Works = State.Works.Remove(job), Stopping = State.Stopping.SetItem(work.Lease, now) };
            Add(new StopWork(work.Lease));
        }
    }

    public void SendReport(KeptReport report, DateTimeOffset now)
    {
        var pause = Math.Min(Limits.ReportRepeatMillisMax, (long)Limits.ResendMillis << Math.Min(report.Tries, 10));
        var sent = report with { Tries = report.Tries + 1, RepeatAt = now.AddMilliseconds(pause) };
        var job = report.Lease.Job.ToString();
        var failing = State.Reports.GetValueOrDefault(job) is { } former && former.Lease != report.Lease ? State.Failing.Remove(former.Lease) : State.Failing;
        State = State with
        {
            Reports = State.Reports.SetItem(job, sent),
            Failing = sent.Tries > Limits.FailureSlotTries ? failing.Remove(report.Lease) : failing,
        };
        Add(new ToJob(report.Lease.Job, report.Report));
    }

    public void DropReport(Lease lease)
    {
        var job = lease.Job.ToString();
        if (State.Reports.GetValueOrDefault(job) is { } report && report.Lease == lease)
        {
            State = State with { Reports = State.Reports.Remove(job), Failing = State.Failing.Remove(lease) };
        }
    }
}
