using System.Collections.Immutable;

namespace Url2Video.Farm.Core.Dispatch;

/// <summary>
/// Tells bad nodes from bad jobs. A node is bad when different jobs fail on it one after the other. A failure says nothing about the node
/// if the job failed on another node too and was never finished, or if its whole project fails wherever it goes; what is finished later
/// elsewhere takes that excuse away. Memory is bounded: of the oldest troubles nothing is known any more.
/// </summary>
internal sealed class HealthBook
{
    private readonly Dictionary<NodeId, NodeHealth> _nodes = [];
    private readonly BoundedBook<JobId, JobTrouble> _jobs = new(Limits.TroublesRememberedMax);
    private readonly BoundedBook<ProjectId, ProjectTrouble> _projects = new(Limits.TroublesRememberedMax);

    public NodeHealth Of(NodeId node)
    {
        if (!_nodes.TryGetValue(node, out var health))
        {
            _nodes.Add(node, health = new NodeHealth(node));
        }

        return health;
    }

    /// <summary>Nodes of which something is known beyond their name.</summary>
    public IEnumerable<NodeHealth> Remarkable => _nodes.Values.Where(n => n.Standing != Standing.Good || n.IsDrained);

    /// <returns>The nodes that this speaks against, and that were not in quarantine; the caller decides.</returns>
    public IReadOnlyList<NodeHealth> OnFailed(JobId job, NodeId node)
    {
        var trouble = _jobs.Of(job);
        trouble.FailedOn.Add(node);
        trouble.IsFinished = false;
        _projects.Of(job.Project).FailedOn.Add(node);
        var health = Of(node);
        if (!health.Failed.Contains(job))
        {
            health.Failed.Add(job);
            if (health.Failed.Count > 4 * Limits.FailuresPerNodeMax)
            {
                health.Failed.RemoveAt(0);
            }
        }

        return IsBad(health) || health.Standing == Standing.Probation ? [health] : [];
    }

    /// <returns>As <see cref="OnFailed"/>: what is finished here speaks against where it failed.</returns>
    public IReadOnlyList<NodeHealth> OnFinished(JobId job, NodeId node)
    {
        var health = Of(node);
        health.Failed.Clear();
        var project = _projects.Find(job.Project);
        var isNews = project is { IsProven: false };
        if (project is not null)
        {
            project.IsProven = true;
        }

        if (_jobs.Find(job) is { } trouble)
        {
            (trouble.IsFinished, isNews) = (true, true);
        }

        return isNews ? [.. _nodes.Values.Where(n => n.Failed.Count >= Limits.FailuresPerNodeMax && IsBad(n))] : [];
    }

    /// <returns>The nodes it was lost under, when there are two.</returns>
    public ImmutableArray<NodeId> OnLost(JobId job, NodeId node)
    {
        var trouble = _jobs.Of(job);
        return trouble.LostOn.Add(node) && trouble.LostOn.Count >= 2 ? [.. trouble.LostOn.OrderBy(n => n.Value, StringComparer.Ordinal)] : [];
    }

    /// <summary>Forgets nodes that are well and were not heard of since.</summary>
    public void Sweep(DateTimeOffset before, Func<NodeId, bool> isKnown)
    {
        foreach (var node in _nodes.Values.Where(n => n is { Standing: Standing.Good, IsDrained: false } && n.SeenAt < before && !isKnown(n.Id)).ToList())
        {
            _nodes.Remove(node.Id);
        }
    }

    private bool IsBad(NodeHealth node) =>
        node.Standing == Standing.Good && node.Failed.Count(j => !IsExcused(j)) >= Limits.FailuresPerNodeMax;

    private bool IsExcused(JobId job) =>
        _jobs.Find(job) is { IsFinished: false, FailedOn.Count: >= 2 }
        || _projects.Find(job.Project) is { IsProven: false, FailedOn.Count: >= 2 };

    private sealed class JobTrouble
    {
        public HashSet<NodeId> FailedOn { get; } = [];

        public HashSet<NodeId> LostOn { get; } = [];

        public bool IsFinished { get; set; }
    }

    private sealed class ProjectTrouble
    {
        public HashSet<NodeId> FailedOn { get; } = [];

        /// <summary>Something of it was finished since its first failure.</summary>
        public bool IsProven { get; set; }
    }
}

/// <summary>Forgets the oldest when it is full.</summary>
internal sealed class BoundedBook<TKey, TValue>(int max)
    where TKey : notnull
    where TValue : class, new()
{
    private readonly Dictionary<TKey, TValue> _values = [];
    private readonly Queue<TKey> _order = new();

    public TValue? Find(TKey key) => _values.GetValueOrDefault(key);

    public TValue Of(TKey key)
    {
        if (!_values.TryGetValue(key, out var value))
        {
            if (_order.Count >= max)
            {
                _values.Remove(_order.Dequeue());
            }

            _values.Add(key, value = new TValue());
            _order.Enqueue(key);
        }

        return value;
    }
}
