using Url2Video.Farm.Core.Jobs;
using static Url2Video.Farm.Core.Dispatch.DispatchMessage;

namespace Url2Video.Farm.Core.Dispatch;

/// <summary>
/// Reserves: a node whose slots are all at work is given queued jobs to begin by itself should nobody dispatch any more. They stay in the
/// queue, are granted as if nothing were, and nothing is counted for them. Nobody holds a job in reserve that might have to wait for
/// something besides a slot: a limit, amounts, a cap, a node to avoid, a GPU's last slot.
/// </summary>
public sealed partial class DispatchLogic
{
    private const int HungryTriedMax = 4;
    private readonly Dictionary<NodeId, HashSet<QueuedJob>> _reserved = [];
    private readonly Queue<KnownNode> _hungry = new();

    /// <summary>A node has asked; what the queue has not, it gets of what comes.</summary>
    private void Reserve(KnownNode node, int room)
    {
        if (room <= 0 || !MayHoldReserves(node))
        {
            return;
        }

        // Whatever it asks for: nobody holds more than its share of the queue.
        var held = _reserved.TryGetValue(node.Id.Node, out var jobs) ? jobs.Count : 0;
        node.ReserveRoom = Math.Clamp(room, 0, Math.Max(0, Limits.ReservesPerNodeMax - held));
        if (node.Room == 0)
        {
            for (var band = 0; band < Bands.InOrder.Length; band++)
            {
                while (ReserveOfEach(node, band))
                {
                }
            }
        }

        StandInLine(node);
    }

    private void StandInLine(KnownNode node)
    {
        if (node is { ReserveRoom: > 0, IsHungry: false })
        {
            node.IsHungry = true;
            _hungry.Enqueue(node);
        }
    }

    /// <summary>A job has come that no node has room for: the next in line may hold one of its queue.</summary>
    private void ReserveOf(Lane lane)
    {
        for (var tried = 0; tried < HungryTriedMax && _hungry.TryDequeue(out var node); tried++)
        {
            node.IsHungry = false;
            if (_nodes.GetValueOrDefault(node.Id.Node) != node || !MayHoldReserves(node))
            {
                continue; // It asks again when it may.
            }

            var given = node.Room == 0 && MayReserve(lane, node) && node.Profile.Satisfies(lane.Class) && TryReserve(lane, node);
            StandInLine(node);
            if (given)
            {
                return;
            }
        }
    }

    private bool TryReserve(Lane lane, KnownNode node)
    {
        if (lane.TakeSpare() is not { } job)
        {
            return false;
        }

        _effects.Add(new DispatchEffect.Reserve(new JobMessage.Reserve(job.Offer.Job, job.Offer.Number, node.Id)));
        node.ReserveRoom--;
        return true;
    }

    /// <summary>One job of each queue, so that what a failover costs is shared.</summary>
    private bool ReserveOfEach(KnownNode node, int band)
    {
        var (given, tried) = (false, 0);
        foreach (var @class in node.Profile.Classes.Where(c => MayReserve(c, node)))
        {
            foreach (var tenant in @class.Waiting[band].Where(MayReserve))
            {
                foreach (var lane in tenant.Lanes)
                {
                    if (node.ReserveRoom == 0 || ++tried > Limits.ReserveLanesTriedMax)
                    {
                        return given;
                    }

                    given |= TryReserve(lane, node);
                }
            }
        }

        return given;
    }

    private static bool MayHoldReserves(KnownNode node) =>
        node is { IsUsable: true, Health.Standing: Standing.Good } && !node.Profile.Has.HasGpu;

    private static bool MayReserve(Lane lane, KnownNode node) => MayReserve(lane.Class, node) && MayReserve(lane.Tenant);

    private static bool MayReserve(CapabilityClass @class, KnownNode node) =>
        @class is { Limits.Length: 0, Amounts.IsNone: true, IsGpu: false } && !@class.Avoid.Contains(node.Id.Node);

    private static bool MayReserve(TenantLane tenant) =>
        tenant.Tenant.Use is { IsKnown: true, Settings: { Paused: false, RunningMax: null, ProjectRunningMax: null } };

    // Those that went, or came back as another life, while they stood in line.
    private void SweepHungry()
    {
        while (_hungry.TryPeek(out var node) && _nodes.GetValueOrDefault(node.Id.Node) != node)
        {
            _hungry.Dequeue();
        }
    }

    /// <summary>What has come to be forbidden since. Said again with every tick until the job no longer names the node.</summary>
    private void TakeBackReserves()
    {
        foreach (var (id, jobs) in _reserved)
        {
            if (!_nodes.TryGetValue(id, out var node))
            {
                continue; // It has not spoken to this dispatcher yet, or is gone, which its jobs hear of themselves.
            }

            foreach (var job in jobs)
            {
                var by = job.Offer.ReservedBy!.Value;
                if (by.Epoch < node.Id.Epoch || !MayHoldReserves(node) || !MayReserve(job.Lane, node) || !node.Profile.Satisfies(job.Lane.Class))
                {
                    _effects.Add(new DispatchEffect.Unreserve(new JobMessage.Unreserve(job.Offer.Job, by)));
                }
            }
        }
    }

    /// <summary>All but the number and the reserve is as it was: the job keeps its place in the queue.</summary>
    private bool IsSameNeed(QueuedJob known, Offer m) =>
        known.Offer.Band == m.Band && known.Offer.EnqueuedAt == m.EnqueuedAt && known.Offer.Priority == m.Priority
        && known.Offer.Weight == m.Weight && known.Offer.Tenant == m.Tenant && _index.ClassOf(m) == known.Lane.Class;

    private void Renew(QueuedJob known, Offer m)
    {
        if (known.Offer.Number != m.Number || known.Offer.ReservedBy != m.ReservedBy)
        {
            UnlistReserve(known);
            known.Offer = m;
            ListReserve(known);
        }

        if (m.ReservedBy is null)
        {
            known.Lane.Spare(known); // What was sent about it was lost, or the reserve is over.
        }
    }

    private void ListReserve(QueuedJob job)
    {
        if (job.Offer.ReservedBy is { Node: var node })
        {
            if (!_reserved.TryGetValue(node, out var jobs))
            {
                _reserved.Add(node, jobs = []);
            }

            jobs.Add(job);
        }
    }

    private void UnlistReserve(QueuedJob job)
    {
        if (job.Offer.ReservedBy is { Node: var node } && _reserved.TryGetValue(node, out var jobs) && jobs.Remove(job) && jobs.Count == 0)
        {
            _reserved.Remove(node);
        }
    }
}
