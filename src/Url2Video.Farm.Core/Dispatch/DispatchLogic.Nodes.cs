using static Url2Video.Farm.Core.Dispatch.DispatchMessage;

namespace Url2Video.Farm.Core.Dispatch;

/// <summary>Nodes: their demand, what they say runs, their end.</summary>
public sealed partial class DispatchLogic
{
    // Reused: a busy node speaks hundreds of times a second.
    private readonly List<Hold> _unlisted = [];

    private void OnDemand(Demand m)
    {
        if ((_gone.TryGetValue(m.Node.Node, out var gone) && m.Node.Epoch <= gone.Epoch) || HeardOf(m) is not { } node)
        {
            return;
        }

        node.Describe(0); // Nothing for it while the picture is being put together.
        node.Move(_index.ProfileOf(m.Capabilities));
        (node.Sequence, node.SeenAt, node.Health.SeenAt, node.IsDraining) = (m.Sequence, _now, _now, m.Draining);
        node.Slots = m.Draining ? m.Running.Length : m.FreeSlots + m.Running.Length;
        Reconcile(node, m);

        // Assignments under way are not in the node's figure yet; counting one twice for a moment is better than flooding it.
        node.Describe(Math.Clamp(m.FreeSlots - node.Pending, 0, Limits.SlotsPerNodeMax));
        Feed(node);
        Reserve(node, m.ReserveRoom);
    }

    /// <returns>Null when this is old news.</returns>
    private KnownNode? HeardOf(Demand m)
    {
        if (_nodes.TryGetValue(m.Node.Node, out var node))
        {
            if (node.Id.Epoch > m.Node.Epoch || (node.Id.Epoch == m.Node.Epoch && m.Sequence <= node.Sequence))
            {
                return null;
            }

            if (node.Id.Epoch == m.Node.Epoch)
            {
                return node;
            }

            Forget(node, null); // A later life: the former one is over, with all it had.
        }

        foreach (var former in _ending.Where(h => h.Node is null && h.Key.Node.Node == m.Node.Node && h.Key.Node.Epoch < m.Node.Epoch).ToList())
        {
            Free(former);
        }

        node = new KnownNode(m.Node, _index.ProfileOf(m.Capabilities), _health.Of(m.Node.Node));
        _nodes.Add(m.Node.Node, node);
        return node;
    }

    private void Reconcile(KnownNode node, Demand m)
    {
        foreach (var running in m.Running)
        {
            var key = new HoldKey(running.Job, running.Attempt, node.Id);
            if (!_holds.TryGetValue(key, out var hold))
            {
                Learn(key, running, node);
                continue;
            }

            if (hold.Node is null)
            {
                Attach(hold, node);
            }

            (hold.IsListed, hold.ListedAt) = (true, m.Sequence);
            if (hold.Stage != HoldStage.Running || hold.FreeAt is not null)
            {
                Run(hold);
            }
        }

        foreach (var hold in node.Holds.Values)
        {
            if (hold.ListedAt != m.Sequence)
            {
                _unlisted.Add(hold);
            }
        }

        _unlisted.ForEach(Unlisted);
        _unlisted.Clear();
    }

    // Granted by an earlier dispatcher, or adopted.
    private void Learn(HoldKey key, RunningJob running, KnownNode node)
    {
        var needs = CapabilityIndex.NeedsOf(running.Needs);
        var hold = new Hold(
            key, running.Band, TenantOf(running.Tenant), ProjectOf(running.Job.Project), null, [.. running.Limits.Select(LimitOf)], Amounts.Of(needs),
            needs.Any(n => n.IsGpu)) { Order = _order++, IsListed = true, ListedAt = node.Sequence, StartedAt = _now };
        Add(hold, node);
        Run(hold);
    }

    private void Unlisted(Hold hold)
    {
        if (hold.IsListed)
        {
            Free(hold); // It was there and is not any more; the same attempt never begins twice.
        }
        else if (hold.Stage != HoldStage.Pending)
        {
            End(hold, isProven: false); // Over already, or not yet there when the node spoke.
        }
    }

    /// <summary>By then the limited works of a node that says no more have stopped for certain.</summary>
    private static DateTimeOffset FenceOf(KnownNode node) => node.SeenAt.AddSeconds(Limits.LimitFenceSeconds);

    // The address is gone; the process may live. What must be exact waits for its lease.
    private void OnNodeGone(NodeIncarnation gone)
    {
        if (!_gone.TryGetValue(gone.Node, out var known) || known.Epoch < gone.Epoch)
        {
            _gone[gone.Node] = (gone.Epoch, _now);
        }

        if (_nodes.TryGetValue(gone.Node, out var node) && node.Id.Epoch <= gone.Epoch)
        {
            Forget(node, FenceOf(node));
        }
    }

    /// <param name="freeAt">When its exact holds end; null: now.</param>
    private void Forget(KnownNode node, DateTimeOffset? freeAt)
    {
        node.Describe(0);
        _nodes.Remove(node.Id.Node);
        foreach (var hold in node.Holds.Values.ToList())
        {
            if (_pending.GetValueOrDefault(hold.Key.Job) == hold)
            {
                _pending.Remove(hold.Key.Job);
            }

            if (freeAt is null || !hold.IsExact)
            {
                Free(hold);
            }
            else
            {
                Answered(hold);
                Detach(hold);
                (hold.Stage, hold.IsListed) = (HoldStage.Ending, false);
                SetFreeAt(hold, freeAt);
            }
        }

        node.Leave();
    }
}
