using System.Diagnostics;
using static Url2Video.Farm.Core.Dispatch.DispatchMessage;

namespace Url2Video.Farm.Core.Dispatch;

/// <summary>
/// Who gets which job. Bands are strict but for a guaranteed minimum; within a band stride scheduling between tenants, then between the
/// projects of a tenant; within a project static aging; nodes are served by capability class, and nothing they have is given twice.
/// Synchronous and deterministic; the state is memory only and grows again from repeated offers and demands, because the truth about
/// jobs is elsewhere. A wrong or doubled assignment is therefore never harmful: the job takes the first and releases the rest. Only
/// limits must be exact in spite of that, see <see cref="Hold"/>.
/// After every message holds: no queued job that may run fits a node with room. Each message costs O(log n) in queued jobs.
/// </summary>
public sealed partial class DispatchLogic
{
    private readonly CapabilityIndex _index;
    private readonly bool _waitsForTenants;
    private readonly Dictionary<JobId, QueuedJob> _queued = [];
    private readonly Queue<(QueuedJob Job, DateTimeOffset DueAt)> _offersToCheck = new();
    private readonly Dictionary<NodeId, KnownNode> _nodes = [];
    private readonly Dictionary<NodeId, (long Epoch, DateTimeOffset At)> _gone = [];
    private readonly HealthBook _health = new();
    private DateTimeOffset? _startedAt;
    private DateTimeOffset _now;
    private DateTimeOffset _nextSweep;
    private ICollection<DispatchEffect> _effects = [];
    private long _order;

    /// <param name="id">Of this life.</param>
    /// <param name="waitsForTenants">
    /// A tenant's jobs wait until its settings came (at most <see cref="Limits.TenantSettingsSecondsMax"/>): it may be paused.
    /// </param>
    public DispatchLogic(DispatcherId id, bool waitsForTenants = false)
    {
        (Id, _waitsForTenants) = (id, waitsForTenants);
        _index = new CapabilityIndex(LimitOf);
    }

    public DispatcherId Id { get; }

    public int QueuedJobs => _queued.Count;

    public bool IsQueued(JobId job) => _queued.ContainsKey(job);

    public int PendingAssignments => _pending.Count;

    public int KnownNodes => _nodes.Count;

    /// <summary>Takes one message and adds the effects that follow from it. The first one begins the learning window.</summary>
    public void Handle(DispatchMessage message, DateTimeOffset now, ICollection<DispatchEffect> effects)
    {
        ArgumentNullException.ThrowIfNull(effects);
        (_now, _effects) = (now, effects);
        _startedAt ??= now;
        switch (message)
        {
            case Offer m: OnOffer(m); break;
            case Withdraw m: OnWithdraw(m); break;
            case Taken m: OnTaken(m); break;
            case Released m: OnReleased(m); break;
            case Demand m: OnDemand(m); break;
            case NodeGone m: OnNodeGone(m.Node); break;
            case Ended m: OnEnded(m); break;
            case SetLimit m: OnSetLimit(m); break;
            case SetTenant m: OnSetTenant(m); break;
            case Quarantine m: OnQuarantine(m); TakeBackReserves(); break;
            case Pardon m: OnPardon(m.Node); break;
            case Drain m: SetDrained(m.Node, true); TakeBackReserves(); break;
            case Resume m: SetDrained(m.Node, false); break;
            case Tick: OnTick(); break;
            default: throw new UnreachableException($"No rule for {message.GetType().Name}.");
        }
    }

    private void OnOffer(Offer m)
    {
        if (_queued.TryGetValue(m.Job, out var known))
        {
            if (known.Offer.Number >= m.Number && (known.Offer.Number > m.Number || known.Offer.Band == m.Band))
            {
                if (known.Offer.Number == m.Number)
                {
                    known.SeenAt = _now;
                    Renew(known, m);
                }

                return;
            }

            if (m.ReservedBy is not null && IsSameNeed(known, m))
            {
                known.SeenAt = _now;
                Renew(known, m);
                return;
            }

            Dequeue(known); // A new need for a node, or a new priority.
        }

        if (_pending.TryGetValue(m.Job, out var pending))
        {
            if (pending.Key.Number > m.Number)
            {
                return;
            }

            if (pending.Key.Number == m.Number && pending.Node is not null)
            {
                Assign(pending); // It still asks: the assignment was lost on the way.
                return;
            }

            if (m.ReservedBy is null)
            {
                Unanswered(pending);
            }
            else
            {
                OnReleased(new Released(m.Job, pending.Key.Number, pending.Key.Node)); // The number went to a reserve meanwhile.
            }
        }

        if (m.Limits.Length > Limits.LimitsPerJobMax || _index.ClassOf(m) is not { } @class)
        {
            return; // The job will say it again; a tick makes room.
        }

        Enqueue(m, @class);
        var isServed = Rush(@class);
        if (!isServed && m.Band == Contracts.Band.Urgent)
        {
            MakeRoomFor(@class);
        }

        if (!isServed && _hungry.Count > 0 && _queued.TryGetValue(m.Job, out var waiting))
        {
            ReserveOf(waiting.Lane);
        }
    }

    private void OnWithdraw(Withdraw m)
    {
        if (_queued.TryGetValue(m.Job, out var job) && job.Offer.Number <= m.Number)
        {
            Dequeue(job);
        }
    }

    private void OnTick()
    {
        ForgetOffers();
        ExpireHolds();
        foreach (var node in _nodes.Values.Where(n => n.SeenAt.AddSeconds(Limits.DemandSecondsMax) <= _now).ToList())
        {
            Forget(node, FenceOf(node));
        }

        AskAgain();
        EndQuarantines();
        TakeBackReserves();
        SweepHungry();
        if (_now >= _nextSweep)
        {
            _nextSweep = _now.AddSeconds(Limits.IdleProjectSecondsMax / 10.0);
            Sweep(_now.AddSeconds(-Limits.IdleProjectSecondsMax));
        }

        // Time alone opens limits (learning, cool-down) and amounts.
        foreach (var @class in _index.Classes)
        {
            if (@class is { Queued: > 0, Limits.Length: > 0 } or { Queued: > 0, Amounts.IsNone: false } or { Queued: > 0, Avoid.Length: > 0 })
            {
                RushAll(@class);
            }
        }

        MakeRoom();
    }

    private void ForgetOffers()
    {
        while (_offersToCheck.TryPeek(out var check) && check.DueAt <= _now)
        {
            _offersToCheck.Dequeue();
            var forgetAt = check.Job.SeenAt.AddSeconds(Limits.OfferSecondsMax);
            if (check.Job.IsQueued && forgetAt > _now)
            {
                _offersToCheck.Enqueue((check.Job, forgetAt));
            }
            else if (check.Job.IsQueued)
            {
                Dequeue(check.Job);
            }
        }
    }

    // Idle projects and tenants keep their debt for a while: an empty queue for a moment must not wipe it out.
    private void Sweep(DateTimeOffset idleBefore)
    {
        foreach (var gone in _gone.Where(g => g.Value.At < idleBefore).ToList())
        {
            _gone.Remove(gone.Key);
        }

        _health.Sweep(idleBefore, _nodes.ContainsKey);
        SweepShares(idleBefore, _index.Sweep());
        foreach (var limit in _limits.Values.Where(l => l is { Max: null, Used: 0, Classes.Count: 0 }).ToList())
        {
            _limits.Remove(limit.Name);
        }
    }
}
