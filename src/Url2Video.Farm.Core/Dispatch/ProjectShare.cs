namespace Url2Video.Farm.Core.Dispatch;

/// <summary>
/// A project's place in the stride schedule: each assignment moves its pass ahead by cost / weight, and the project with the lowest
/// pass is served next. So work done is proportional to weight while projects compete, whatever their number of jobs and classes.
/// </summary>
/// <param name="Order">Breaks ties, by arrival.</param>
internal sealed class ProjectShare(ProjectId id, long order)
{
    /// <summary>Pass units of one frame at weight 1; large, so that integer division by any weight loses nothing that matters.</summary>
    private const long Stride = 1 << 20;

    private readonly Dictionary<CapabilityClass, Lane> _lanes = [];
    private readonly List<Lane> _active = [];

    public ProjectId Id { get; } = id;

    public long Order { get; } = order;

    public long Pass { get; private set; }

    public int Weight { get; private set; } = 1;

    public DateTimeOffset SeenAt { get; set; }

    public bool IsIdle => _active.Count == 0;

    public Lane LaneOf(CapabilityClass @class)
    {
        if (!_lanes.TryGetValue(@class, out var lane))
        {
            _lanes.Add(@class, lane = new Lane(this, @class));
        }

        return lane;
    }

    public void Enqueue(QueuedJob job, long virtualTime)
    {
        Weight = Math.Clamp(job.Offer.Weight, 1, Limits.ProjectWeightMax);
        if (IsIdle)
        {
            Pass = Math.Max(Pass, virtualTime); // Who was away saves up no credit, and keeps its debt.
        }

        job.Lane.Enqueue(job);
        if (job.Lane.Count == 1)
        {
            _active.Add(job.Lane);
            job.Lane.Class.Waiting.Add(job.Lane);
        }
    }

    public QueuedJob Dequeue(Lane lane)
    {
        var job = lane.Dequeue();
        Leave(lane);
        foreach (var other in _active)
        {
            other.Class.Waiting.Remove(other);
        }

        Pass += Math.Clamp(job.Offer.Cost, 1, Limits.JobCostMax) * Stride / Weight;
        foreach (var other in _active)
        {
            other.Class.Waiting.Add(other);
        }

        return job;
    }

    public void Remove(QueuedJob job)
    {
        job.Lane.Remove(job);
        Leave(job.Lane);
    }

    /// <summary>Forgets the lanes of classes that no longer exist.</summary>
    public void ForgetLanes(Func<CapabilityClass, bool> isGone)
    {
        foreach (var @class in _lanes.Keys.Where(isGone).ToList())
        {
            _lanes.Remove(@class);
        }
    }

    private void Leave(Lane lane)
    {
        if (lane.Count == 0)
        {
            _active.Remove(lane);
            lane.Class.Waiting.Remove(lane);
        }
    }
}
