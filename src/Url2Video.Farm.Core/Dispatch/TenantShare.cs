namespace Url2Video.Farm.Core.Dispatch;

/// <summary>A tenant over all bands: its settings, and what it has running.</summary>
internal sealed class TenantUse(string id)
{
    public string Id { get; } = id;

    public TenantSettings Settings { get; set; } = TenantSettings.Default;

    /// <summary>False until its settings came, or it was waited for long enough.</summary>
    public bool IsKnown { get; set; } = true;

    public DateTimeOffset AskAt { get; set; }

    public DateTimeOffset WaitUntil { get; set; }

    public int Running { get; set; }

    public DateTimeOffset SeenAt { get; set; }

    /// <summary>By band; null where it never had a job.</summary>
    public TenantShare?[] Shares { get; } = new TenantShare?[Bands.InOrder.Length];

    public int Weight => Math.Clamp(Settings.Weight, 1, Limits.ProjectWeightMax);

    public int Room => !IsKnown || Settings.Paused ? 0 : (Settings.RunningMax ?? int.MaxValue) - Running;

    public int RoomOf(ProjectUse project) => (Settings.ProjectRunningMax ?? int.MaxValue) - project.Running;
}

/// <summary>A project over all bands.</summary>
internal sealed class ProjectUse(ProjectId id)
{
    public ProjectId Id { get; } = id;

    public int Running { get; set; }

    public DateTimeOffset SeenAt { get; set; }

    public List<ProjectShare> Shares { get; } = [];
}

/// <summary>
/// A tenant's place in the stride schedule of one band: each assignment moves its pass ahead by cost / weight, and the tenant with the
/// lowest pass is served next; then the same between its projects. So work done is proportional to weight while they compete, whatever
/// their number of jobs and classes; but the first <see cref="Limits.JobsByArrival"/> jobs of a project go by when it came.
/// </summary>
/// <param name="order">Breaks ties, by arrival.</param>
internal sealed class TenantShare(TenantUse use, long order)
{
    private readonly Dictionary<CapabilityClass, TenantLane> _lanes = [];
    private readonly List<TenantLane> _shown = [];
    private bool _isParked;

    public TenantUse Use { get; } = use;

    public long Order { get; } = order;

    public long Pass { get; private set; }

    /// <summary>What a project that only just came would have had by now.</summary>
    public long VirtualTime { get; set; }

    /// <summary>Of the projects that have jobs queued.</summary>
    public int ActiveWeight { get; set; }

    public int Queued { get; set; }

    /// <summary>Work granted, in frames of 1080p.</summary>
    public long Served { get; private set; }

    public Dictionary<ProjectId, ProjectShare> Projects { get; } = [];

    public TenantLane LaneOf(CapabilityClass @class, int band)
    {
        if (!_lanes.TryGetValue(@class, out var lane))
        {
            _lanes.Add(@class, lane = new TenantLane(this, @class, band));
        }

        return lane;
    }

    /// <summary>Who was away saves up no credit, and keeps its debt.</summary>
    public void CatchUp(long virtualTime) => Pass = Math.Max(Pass, virtualTime);

    public void Show(TenantLane lane)
    {
        _shown.Add(lane);
        if (!_isParked)
        {
            lane.Peers.Add(lane);
        }
    }

    public void Hide(TenantLane lane)
    {
        _shown.Remove(lane);
        lane.Peers.Remove(lane);
    }

    public void Advance(int cost)
    {
        Served += cost;
        if (_shown.Count > 0 && !_isParked)
        {
            foreach (var lane in _shown)
            {
                lane.Peers.Remove(lane);
            }

            Pass += Stride.Of(cost, Use.Weight);
            foreach (var lane in _shown)
            {
                lane.Peers.Add(lane);
            }
        }
        else
        {
            Pass += Stride.Of(cost, Use.Weight);
        }
    }

    /// <summary>Takes all its lanes out of the schedule, or puts them back.</summary>
    public void Park(bool parked)
    {
        if (parked == _isParked)
        {
            return;
        }

        _isParked = parked;
        foreach (var lane in _shown)
        {
            _ = parked ? lane.Peers.Remove(lane) : lane.Peers.Add(lane);
        }
    }

    public IReadOnlyList<TenantLane> Shown => _shown;

    public void ForgetLanes(Func<CapabilityClass, bool> isGone)
    {
        foreach (var @class in _lanes.Keys.Where(isGone).ToList())
        {
            _lanes.Remove(@class);
        }
    }
}

/// <summary>The lanes of one tenant's projects in one class and band.</summary>
internal sealed class TenantLane(TenantShare tenant, CapabilityClass @class, int band)
{
    public TenantShare Tenant { get; } = tenant;

    public CapabilityClass Class { get; } = @class;

    /// <summary>Those of other tenants.</summary>
    public SortedSet<TenantLane> Peers => Class.Waiting[band];

    /// <summary>Lanes with jobs that may be granted, the project to be served next first.</summary>
    public SortedSet<Lane> Lanes { get; } = new(Comparer<Lane>.Create(static (a, b) =>
        a.Project.Place != b.Project.Place ? a.Project.Place.CompareTo(b.Project.Place) : a.Project.Order.CompareTo(b.Project.Order)));
}

/// <summary>Pass units of work; large, so that integer division by any weight loses nothing that matters.</summary>
internal static class Stride
{
    private const long One = 1 << 20;

    public static long Of(int cost, int weight) => cost * One / weight;
}
