using Url2Video.Farm.Core.Errors;
using Url2Video.Farm.Core.Jobs;
using static Url2Video.Farm.Core.Dispatch.DispatchMessage;

namespace Url2Video.Farm.Core.Dispatch;

/// <summary>
/// What runs. A hold that must be exact (limits, amounts) ends only when the work is known to be over: its node named it and no longer
/// does, its job reports an end that the node itself told, a later life of the node speaks, or a lease has passed in silence, after
/// which a node stops limited works by itself.
/// </summary>
public sealed partial class DispatchLogic
{
    private readonly Dictionary<HoldKey, Hold> _holds = [];
    private readonly Dictionary<JobId, Hold> _pending = [];
    private readonly Queue<Hold> _pendingToCheck = new();
    private readonly HashSet<Hold> _ending = [];

    private DateTimeOffset LeaseEnd => _now.AddSeconds(Limits.LeaseSecondsMax);

    private void Assign(Hold hold) =>
        _effects.Add(new DispatchEffect.Assign(new JobMessage.Assign(hold.Key.Job, hold.Key.Number, hold.Key.Node, Id)));

    private void Grant(KnownNode node, Lane lane, bool isOwed)
    {
        var (@class, tenant, project) = (lane.Class, lane.Project.Tenant.Use, lane.Project.Use);
        var band = BandOf(lane);
        var job = Take(lane).Offer;
        var key = new HoldKey(job.Job, job.Number, node.Id);
        if (!_holds.TryGetValue(key, out var hold))
        {
            hold = new Hold(key, band, tenant, project, @class, @class.Limits, @class.Amounts, @class.IsGpu) { Order = _order++ };
            Add(hold, node);
        }
        else if (hold.Node is null)
        {
            Attach(hold, node);
        }

        SetFreeAt(hold, null);
        hold.IsOwed = isOwed;
        (hold.Stage, hold.StartedAt, hold.AnswerBy) = (HoldStage.Pending, _now, _now.AddSeconds(Limits.AssignmentSecondsMax));
        _pending[job.Job] = hold;
        _pendingToCheck.Enqueue(hold);
        node.Pending++;
        node.Earmarked = Math.Max(0, node.Earmarked - 1);
        node.Describe(node.FreeSlots - 1);
        Assign(hold);
    }

    private void Add(Hold hold, KnownNode node)
    {
        _holds.Add(hold.Key, hold);
        Attach(hold, node);
        CountRunning(hold, 1);
        Review(hold.Tenant, hold.Project);
    }

    private static void Attach(Hold hold, KnownNode node)
    {
        hold.Node = node;
        node.Holds.Add(hold.Key, hold);
        if (!hold.Amounts.IsNone)
        {
            node.Amounts.Take(hold);
        }
    }

    private static void Detach(Hold hold)
    {
        if (hold.Node is { } node)
        {
            node.Profile.Victims.Remove(hold);
            node.Holds.Remove(hold.Key);
            if (!hold.Amounts.IsNone)
            {
                node.Amounts.Give(hold);
            }

            hold.Node = null;
        }
    }

    private void OnTaken(Taken m)
    {
        if (_holds.TryGetValue(new HoldKey(m.Job, m.Number, m.Node), out var hold) && hold is { Stage: not HoldStage.Running, Node: not null })
        {
            Run(hold);
        }
    }

    private void Run(Hold hold)
    {
        Answered(hold);
        SetFreeAt(hold, null);
        hold.Stage = HoldStage.Running;
        if (hold is { MayMakeRoom: true, Node: { } node })
        {
            node.Profile.Victims.Add(hold);
        }
    }

    private void OnReleased(Released m)
    {
        if (!_holds.TryGetValue(new HoldKey(m.Job, m.Number, m.Node), out var hold) || hold.Stage != HoldStage.Pending)
        {
            return;
        }

        var node = hold.Node;
        Answered(hold);
        End(hold, isProven: false);
        if (node is not null)
        {
            node.Describe(node.FreeSlots + 1);
            Feed(node);
        }
    }

    private void OnEnded(Ended m)
    {
        var known = _holds.GetValueOrDefault(new HoldKey(m.Job, m.Attempt, m.Node));
        Charge(m, known);
        if (known is not null)
        {
            Answered(known);
            var told = m.Kind == EndKind.Finished || (m.Kind == EndKind.Failed && m.Code is not (ErrorCodes.JobTimeout or ErrorCodes.JobDead));
            End(known, isProven: told);
        }

        Judge(m, known);
        if (_nodes.TryGetValue(m.Node.Node, out var node))
        {
            node.Describe(node.FreeSlots); // On probation the next may come.
            Feed(node);
        }
    }

    // Most ends come when the node has named its work no more and its hold is gone, or after another dispatcher granted it: the end itself
    // tells who pays. One told twice is one row of the ledger.
    private void Charge(Ended m, Hold? hold)
    {
        if ((hold?.Tenant.Id ?? m.Tenant) is not { } tenant)
        {
            return;
        }

        var counted = hold is { IsGpu: true } ? Math.Max(1, System.Numerics.BitOperations.PopCount(hold.Devices)) : 0;
        _effects.Add(new DispatchEffect.Charge(m.Job, m.Attempt, m.Node.Node, tenant, m.BusyMillis, m.BusyMillis * Math.Max(counted, m.Gpus), _now));
    }

    /// <summary>An assignment was not answered in time, or its job asks anew: the slot no longer counts as used.</summary>
    private void Unanswered(Hold hold)
    {
        Answered(hold);
        End(hold, isProven: false);
    }

    private void Answered(Hold hold)
    {
        if (hold.Stage != HoldStage.Pending)
        {
            return;
        }

        hold.Stage = HoldStage.Ending;
        if (_pending.GetValueOrDefault(hold.Key.Job) == hold)
        {
            _pending.Remove(hold.Key.Job);
        }

        if (hold.Node is { } node)
        {
            node.Pending--;
        }
    }

    private void End(Hold hold, bool isProven)
    {
        if (isProven || !hold.IsExact)
        {
            Free(hold);
            return;
        }

        hold.Node?.Profile.Victims.Remove(hold);
        hold.Stage = HoldStage.Ending;
        SetFreeAt(hold, hold.FreeAt ?? LeaseEnd); // A node that falls silent is forgotten long before, and its fence set anew.
    }

    private void SetFreeAt(Hold hold, DateTimeOffset? at)
    {
        hold.FreeAt = at;
        _ = at is null ? _ending.Remove(hold) : _ending.Add(hold);
    }

    private void Free(Hold hold)
    {
        if (!_holds.Remove(hold.Key))
        {
            return;
        }

        var (node, tenant, project) = (hold.Node, hold.Tenant, hold.Project);
        var wasFull = tenant.Room <= 0;
        var wasCapped = tenant.RoomOf(project) <= 0;
        Answered(hold);
        ForgetPreemption(hold);
        SetFreeAt(hold, null);
        Detach(hold);
        CountRunning(hold, -1);
        Review(tenant, project);
        if (wasFull)
        {
            RushTenant(tenant);
        }
        else if (wasCapped)
        {
            project.Shares.SelectMany(s => s.Active).Select(l => l.Class).Distinct().ToList().ForEach(RushAll);
        }

        foreach (var limit in hold.Limits)
        {
            RushLimit(limit);
        }

        if (node is not null && !hold.Amounts.IsNone)
        {
            Feed(node);
        }
    }

    private void ExpireHolds()
    {
        while (_pendingToCheck.TryPeek(out var hold) && hold.AnswerBy <= _now)
        {
            _pendingToCheck.Dequeue();
            if (hold.Stage == HoldStage.Pending && hold.AnswerBy <= _now && _holds.GetValueOrDefault(hold.Key) == hold)
            {
                Unanswered(hold);
            }
        }

        foreach (var hold in _ending.Where(h => h.FreeAt <= _now).OrderBy(h => h.Order).ToList())
        {
            Free(hold);
        }
    }
}
