namespace Url2Video.Farm.Core.Dispatch;

/// <summary>A project's place among those of its tenant in one band.</summary>
/// <param name="order">Breaks ties, by arrival.</param>
internal sealed class ProjectShare(ProjectUse use, TenantShare tenant, int band, long order)
{
    private readonly Dictionary<CapabilityClass, Lane> _lanes = [];
    private readonly List<Lane> _active = [];
    private bool _isParked;
    private long _cameAt = -1;
    private int _granted;

    public ProjectUse Use { get; } = use;

    public TenantShare Tenant { get; } = tenant;

    public int Band { get; } = band;

    public long Order { get; } = order;

    public long Pass { get; private set; }

    /// <summary>
    /// What it is served by. Its first jobs go by when it came: of films that are ordered together each is begun as soon as it can be,
    /// rather than all being prepared before the first one's first picture. What they cost is charged all the same.
    /// </summary>
    public long Place => GoesByArrival ? _cameAt : Pass;

    public bool GoesByArrival => _granted < Limits.JobsByArrival;

    public int Weight { get; private set; } = 1;

    /// <summary>Work granted, in frames of 1080p.</summary>
    public long Served { get; private set; }

    public bool IsIdle => _active.Count == 0;

    public IReadOnlyList<Lane> Active => _active;

    public Lane LaneOf(CapabilityClass @class)
    {
        if (!_lanes.TryGetValue(@class, out var lane))
        {
            _lanes.Add(@class, lane = new Lane(this, Tenant.LaneOf(@class, Band)));
        }

        return lane;
    }

    public void Enqueue(QueuedJob job)
    {
        var weight = Math.Clamp(job.Offer.Weight, 1, Limits.ProjectWeightMax);
        Tenant.ActiveWeight += weight - (IsIdle ? 0 : Weight);
        Weight = weight;
        if (IsIdle)
        {
            Pass = Math.Max(Pass, Tenant.VirtualTime); // Who was away saves up no credit, and keeps its debt.
            _cameAt = _cameAt < 0 ? Pass : _cameAt;
        }

        Tenant.Queued++;
        job.Lane.Enqueue(job);
        if (job.Lane.Count == 1)
        {
            _active.Add(job.Lane);
            if (!_isParked)
            {
                Show(job.Lane);
            }
        }
    }

    public QueuedJob Dequeue(Lane lane)
    {
        var job = lane.Dequeue();
        Tenant.Queued--;
        Served += job.Cost;
        Leave(lane);
        foreach (var other in _active)
        {
            other.Tenant.Lanes.Remove(other);
        }

        Pass += Stride.Of(job.Cost, Weight);
        _granted++;
        foreach (var other in _isParked ? [] : _active)
        {
            other.Tenant.Lanes.Add(other);
        }

        return job;
    }

    public void Remove(QueuedJob job)
    {
        job.Lane.Remove(job);
        Tenant.Queued--;
        Leave(job.Lane);
    }

    /// <summary>Takes all its lanes out of the schedule, or puts them back.</summary>
    public void Park(bool parked)
    {
        if (parked == _isParked)
        {
            return;
        }

        _isParked = parked;
        foreach (var lane in _active)
        {
            if (parked)
            {
                Hide(lane);
            }
            else
            {
                Show(lane);
            }
        }
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
            Tenant.ActiveWeight -= IsIdle ? Weight : 0;
            if (!_isParked)
            {
                Hide(lane);
            }
        }
    }

    private void Show(Lane lane)
    {
        lane.Tenant.Lanes.Add(lane);
        if (lane.Tenant.Lanes.Count == 1)
        {
            Tenant.Show(lane.Tenant);
        }
    }

    private void Hide(Lane lane)
    {
        if (lane.Tenant.Lanes.Remove(lane) && lane.Tenant.Lanes.Count == 0)
        {
            Tenant.Hide(lane.Tenant);
        }
    }
}
