using System.Diagnostics;
using Url2Video.Farm.Core.Jobs;
using static Url2Video.Farm.Core.Dispatch.DispatchMessage;

namespace Url2Video.Farm.Core.Dispatch;

/// <summary>
/// Who gets which job: stride scheduling between projects, static aging within a project, demand of nodes by capability class.
/// Synchronous and deterministic; the state is memory only and grows again from repeated offers and demands, because the truth about
/// jobs is elsewhere. A wrong or doubled assignment is therefore never harmful: the job takes the first and releases the rest.
/// After every message holds: no queued job fits a node with a free slot. Each message costs O(log n) in queued jobs.
/// </summary>
public sealed class DispatchLogic(DispatcherId id)
{
    private readonly CapabilityIndex _index = new();
    private readonly Dictionary<ProjectId, ProjectShare> _projects = [];
    private readonly Dictionary<JobId, QueuedJob> _queued = [];
    private readonly Queue<(QueuedJob Job, DateTimeOffset DueAt)> _offersToCheck = new();
    private readonly Dictionary<JobId, PendingAssignment> _pending = [];
    private readonly Queue<PendingAssignment> _pendingToCheck = new();
    private readonly Dictionary<NodeId, KnownNode> _nodes = [];
    private readonly Dictionary<NodeId, (long Epoch, DateTimeOffset At)> _gone = [];
    private long _virtualTime;
    private long _projectsSeen;
    private DateTimeOffset _nextSweep;

    public DispatcherId Id { get; } = id;

    public int QueuedJobs => _queued.Count;

    public int PendingAssignments => _pending.Count;

    public int KnownNodes => _nodes.Count;

    /// <summary>Takes one message and adds the assignments that follow from it.</summary>
    public void Handle(DispatchMessage message, DateTimeOffset now, ICollection<Assignment> assignments)
    {
        ArgumentNullException.ThrowIfNull(assignments);
        switch (message)
        {
            case Offer m: OnOffer(m, now, assignments); break;
            case Withdraw m: OnWithdraw(m); break;
            case Taken m: Resolve(m.Job, m.Number, m.Node); break;
            case Released m: OnReleased(m, now, assignments); break;
            case Demand m: OnDemand(m, now, assignments); break;
            case NodeGone m: OnNodeGone(m.Node, now); break;
            case Ended: break;
            case Tick: OnTick(now); break;
            default: throw new UnreachableException($"No rule for {message.GetType().Name}.");
        }
    }

    private void OnOffer(Offer m, DateTimeOffset now, ICollection<Assignment> assignments)
    {
        if (_queued.TryGetValue(m.Job, out var known))
        {
            if (known.Offer.Number >= m.Number)
            {
                known.SeenAt = known.Offer.Number == m.Number ? now : known.SeenAt;
                return;
            }

            Dequeue(known);
        }

        if (_pending.TryGetValue(m.Job, out var pending))
        {
            if (pending.Number > m.Number)
            {
                return;
            }

            if (pending.Number == m.Number && _nodes.TryGetValue(pending.Node.Node, out var node) && node.Id == pending.Node)
            {
                assignments.Add(AssignmentOf(pending)); // It still asks: the assignment was lost on the way.
                return;
            }

            Resolve(m.Job, pending.Number, pending.Node);
        }

        if (_index.ClassOf(m.Needs) is not { } @class)
        {
            return; // The job will say it again; a tick makes room.
        }

        Enqueue(m, @class, now);
        if (@class.Profiles.Find(static p => p.Free.Count > 0) is { } profile)
        {
            Feed(profile.Free.Min!, now, assignments);
        }
    }

    private void Enqueue(Offer m, CapabilityClass @class, DateTimeOffset now)
    {
        if (!_projects.TryGetValue(m.Job.Project, out var project))
        {
            _projects.Add(m.Job.Project, project = new ProjectShare(m.Job.Project, _projectsSeen++));
        }

        var job = new QueuedJob(m, project.LaneOf(@class), now);
        project.SeenAt = now;
        project.Enqueue(job, _virtualTime);
        _queued.Add(m.Job, job);
        _offersToCheck.Enqueue((job, now.AddSeconds(Limits.OfferSecondsMax)));
    }

    private void OnWithdraw(Withdraw m)
    {
        if (_queued.TryGetValue(m.Job, out var job) && job.Offer.Number <= m.Number)
        {
            Dequeue(job);
        }
    }

    private void OnReleased(Released m, DateTimeOffset now, ICollection<Assignment> assignments)
    {
        if (Resolve(m.Job, m.Number, m.Node) is { } node)
        {
            node.Describe(node.Profile, node.FreeSlots + 1);
            Feed(node, now, assignments);
        }
    }

    private void OnDemand(Demand m, DateTimeOffset now, ICollection<Assignment> assignments)
    {
        if (_gone.TryGetValue(m.Node.Node, out var gone) && m.Node.Epoch <= gone.Epoch)
        {
            return;
        }

        if (!_nodes.TryGetValue(m.Node.Node, out var node) || node.Id.Epoch < m.Node.Epoch)
        {
            Forget(node);
            node = new KnownNode(m.Node, _index.ProfileOf(m.Capabilities));
            node.Profile.Nodes++;
            _nodes.Add(m.Node.Node, node);
        }
        else if (node.Id.Epoch > m.Node.Epoch || m.Sequence <= node.Sequence)
        {
            return;
        }

        var profile = _index.ProfileOf(m.Capabilities);
        node.Profile.Nodes--;
        profile.Nodes++;
        (node.Sequence, node.SeenAt) = (m.Sequence, now);

        // Assignments under way are not in the node's figure yet; counting one twice for a moment is better than flooding it.
        node.Describe(profile, Math.Clamp(m.FreeSlots - node.Pending, 0, Limits.SlotsPerNodeMax));
        Feed(node, now, assignments);
    }

    private void OnNodeGone(NodeIncarnation gone, DateTimeOffset now)
    {
        if (!_gone.TryGetValue(gone.Node, out var known) || known.Epoch < gone.Epoch)
        {
            _gone[gone.Node] = (gone.Epoch, now);
        }

        if (_nodes.TryGetValue(gone.Node, out var node) && node.Id.Epoch <= gone.Epoch)
        {
            Forget(node);
        }
    }

    private void OnTick(DateTimeOffset now)
    {
        while (_offersToCheck.TryPeek(out var check) && check.DueAt <= now)
        {
            _offersToCheck.Dequeue();
            var forgetAt = check.Job.SeenAt.AddSeconds(Limits.OfferSecondsMax);
            if (check.Job.IsQueued && forgetAt > now)
            {
                _offersToCheck.Enqueue((check.Job, forgetAt));
            }
            else if (check.Job.IsQueued)
            {
                Dequeue(check.Job);
            }
        }

        while (_pendingToCheck.TryPeek(out var pending) && pending.ExpiresAt <= now)
        {
            _pendingToCheck.Dequeue();
            if (_pending.GetValueOrDefault(pending.Job) == pending)
            {
                Resolve(pending.Job, pending.Number, pending.Node);
            }
        }

        foreach (var node in _nodes.Values.Where(n => n.SeenAt.AddSeconds(Limits.DemandSecondsMax) <= now).ToList())
        {
            Forget(node);
        }

        if (now >= _nextSweep)
        {
            _nextSweep = now.AddSeconds(Limits.IdleProjectSecondsMax / 10.0);
            Sweep(now);
        }
    }

    // Idle projects keep their debt for a while: an empty queue for a moment must not wipe it out.
    private void Sweep(DateTimeOffset now)
    {
        var idleBefore = now.AddSeconds(-Limits.IdleProjectSecondsMax);
        foreach (var project in _projects.Values.Where(p => p.IsIdle && p.SeenAt < idleBefore).ToList())
        {
            _projects.Remove(project.Id);
        }

        foreach (var gone in _gone.Where(g => g.Value.At < idleBefore).ToList())
        {
            _gone.Remove(gone.Key);
        }

        var classes = _index.Sweep();
        foreach (var project in _projects.Values)
        {
            project.ForgetLanes(classes.Contains);
        }
    }

    /// <summary>Fills the free slots of a node, the most deserving project first.</summary>
    private void Feed(KnownNode node, DateTimeOffset now, ICollection<Assignment> assignments)
    {
        while (node.FreeSlots > 0 && Next(node.Profile) is { } lane)
        {
            _virtualTime = Math.Max(_virtualTime, lane.Project.Pass);
            var job = lane.Project.Dequeue(lane).Offer;
            _queued.Remove(job.Job);
            var pending = new PendingAssignment(job.Job, job.Number, node.Id, now.AddSeconds(Limits.AssignmentSecondsMax));
            _pending.Add(job.Job, pending);
            _pendingToCheck.Enqueue(pending);
            node.Pending++;
            node.Describe(node.Profile, node.FreeSlots - 1);
            assignments.Add(AssignmentOf(pending));
        }
    }

    private static Lane? Next(NodeProfile profile)
    {
        Lane? best = null;
        foreach (var @class in profile.Classes)
        {
            if (@class.Waiting.Min is { } lane
                && (best is null || (lane.Project.Pass, lane.Project.Order).CompareTo((best.Project.Pass, best.Project.Order)) < 0))
            {
                best = lane;
            }
        }

        return best;
    }

    private void Dequeue(QueuedJob job)
    {
        job.Lane.Project.Remove(job);
        _queued.Remove(job.Offer.Job);
    }

    /// <returns>The node, when the assignment was under way to it in its present life.</returns>
    private KnownNode? Resolve(JobId job, long number, NodeIncarnation to)
    {
        if (!_pending.TryGetValue(job, out var pending) || pending.Number != number || pending.Node != to)
        {
            return null;
        }

        _pending.Remove(job);
        if (_nodes.TryGetValue(to.Node, out var node) && node.Id == to)
        {
            node.Pending--;
            return node;
        }

        return null;
    }

    private void Forget(KnownNode? node)
    {
        if (node is not null)
        {
            node.Describe(node.Profile, 0);
            node.Profile.Nodes--;
            _nodes.Remove(node.Id.Node);
        }
    }

    private Assignment AssignmentOf(PendingAssignment p) => new(new JobMessage.Assign(p.Job, p.Number, p.Node, Id));
}
