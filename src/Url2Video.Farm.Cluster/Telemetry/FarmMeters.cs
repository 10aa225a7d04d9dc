using System.Collections.Frozen;
using Prometheus;
using Url2Video.Farm.Core.Dispatch;

namespace Url2Video.Farm.Cluster.Telemetry;

/// <summary>
/// What the farm counts about itself. Labels come from closed sets: never an id, a name or an address, or the series would grow with
/// use. prometheus-net's own types and not the platform's, because its adapter would tell counters as gauges.
/// </summary>
public static class FarmMeters
{
    /// <summary>Everything that <c>/metrics</c> shows of this process.</summary>
    public static readonly CollectorRegistry Registry = Metrics.NewCustomRegistry();

    public const string QueueJobs = "farm_queue_jobs";
    public const string QueueOldest = "farm_queue_oldest_seconds";
    public const string RunningJobs = "farm_running_jobs";
    public const string Nodes = "farm_nodes";
    public const string FreeSlots = "farm_nodes_free_slots";
    public const string Projects = "farm_projects";
    public const string Links = "farm_links";
    public const string ReadModelLag = "farm_readmodel_lag_events";
    public const string StorageBytes = "farm_storage_bytes";
    public const string StorageFree = "farm_storage_free_bytes";

    /// <summary>Seconds; from a spoken sentence to a long chunk.</summary>
    private static readonly double[] Buckets = [0.01, 0.05, 0.1, 0.5, 1, 5, 15, 60, 300, 1_800];

    /// <summary>Seconds; fine where a message takes its time, coarse where a job waits for a slot.</summary>
    private static readonly double[] GrantBuckets =
        [0.001, 0.002, 0.003, 0.004, 0.006, 0.008, 0.01, 0.015, 0.02, 0.03, 0.04, 0.06, 0.08, 0.1, 0.15, 0.2, 0.3, 0.5, 1, 5, 30, 300];

    private static readonly MetricFactory Make = Metrics.WithCustomRegistry(Registry);
    private static readonly Counter Grants = Make.CreateCounter("farm_grants_total", "Jobs given to nodes by the dispatcher of this server.");
    private static readonly Histogram GrantSeconds = Make.CreateHistogram(
        "farm_grant_seconds", "From a job's offer to the word of a node that it has begun.", new HistogramConfiguration { Buckets = GrantBuckets });

    private static readonly Counter Attempts = Make.CreateCounter("farm_attempts_total", "Attempts that ended, by kind of job and outcome.", "kind", "outcome");
    private static readonly Counter Events = Make.CreateCounter("farm_events_total", "Events that projects of this server wrote to the journal.");
    private static readonly Counter Commits = Make.CreateCounter("farm_commits_total", "Commits that those events shared.");
    private static readonly Counter Blocked = Make.CreateCounter("farm_egress_blocked_total", "Addresses that the guard refused.");
    private static readonly Histogram AttemptSeconds = Make.CreateHistogram(
        "farm_attempt_seconds", "From acceptance to the end of an attempt.", ["kind"], new HistogramConfiguration { Buckets = Buckets });

    // A node counts apart from the dispatcher: an attempt that both saw would be two in a sum over all processes.
    private static readonly Counter NodeAttempts = Make.CreateCounter("farm_node_attempts_total", "Works of this node that ended, by kind of job and outcome.", "kind", "outcome");
    private static readonly Histogram NodeSeconds = Make.CreateHistogram(
        "farm_node_attempt_seconds", "From the grant to the end of a work on this node.", ["kind"], new HistogramConfiguration { Buckets = Buckets });

    private static readonly FrozenDictionary<string, Gauge> Levels = new[]
    {
        Level(QueueJobs, "Jobs that wait for a node.", "band"),
        Level(QueueOldest, "How long the oldest of them has waited.", "band"),
        Level(RunningJobs, "Jobs in work, as the dispatcher knows.", "band"),
        Level(Nodes, "Nodes by state (active, draining, quarantined).", "state"),
        Level(FreeSlots, "Slots that nodes would fill now."),
        Level(Projects, "Projects at work on this server."),
        Level(Links, "Nodes connected to this server."),
        Level(ReadModelLag, "Events that lists do not show yet."),
        Level(StorageBytes, "Size of the disk of the artifact store."),
        Level(StorageFree, "What is free of it."),
    }.ToFrozenDictionary(g => g.Name, StringComparer.Ordinal);

    public static void Granted(int jobs) => Grants.Inc(jobs);

    /// <param name="sinceOffer">Includes the way back: what began a moment earlier on the node.</param>
    public static void WorkBegun(TimeSpan sinceOffer) => GrantSeconds.Observe(sinceOffer.TotalSeconds);

    public static void AttemptEnded(string kind, EndKind outcome, TimeSpan busy)
    {
        Attempts.WithLabels(kind, Word(outcome)).Inc();
        AttemptSeconds.WithLabels(kind).Observe(busy.TotalSeconds);
    }

    /// <summary>On the node itself; it knows of no <see cref="EndKind.Lost"/>.</summary>
    public static void WorkEnded(string kind, EndKind outcome, TimeSpan busy)
    {
        NodeAttempts.WithLabels(kind, Word(outcome)).Inc();
        NodeSeconds.WithLabels(kind).Observe(busy.TotalSeconds);
    }

    public static void Committed(int events)
    {
        Events.Inc(events);
        Commits.Inc();
    }

    public static void EgressBlocked() => Blocked.Inc();

    /// <summary>Sets a level; <paramref name="name"/> is one of those above.</summary>
    /// <param name="label">Its label's word; null for a level without one.</param>
    public static void Set(string name, double value, string? label = null)
    {
        if (label is null)
        {
            Levels[name].Set(value);
        }
        else
        {
            Levels[name].WithLabels(label).Set(value);
        }
    }

    /// <summary>Moves a level without a label that many share.</summary>
    public static void Move(string name, int by) => Levels[name].Inc(by);

    /// <summary>Forgets the levels of a role that has moved to another server, so that two servers do not both tell them.</summary>
    public static void Forget(params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            var level = Levels[name];
            level.Unpublish();
            foreach (var labels in level.GetAllLabelValues().ToList())
            {
                level.RemoveLabelled(labels);
            }
        }
    }

    public static string Word<T>(T value)
        where T : struct, Enum => value.ToString().ToLowerInvariant();

    // A level that nobody has set is not told: zero would be a statement.
    private static Gauge Level(string name, string description, params string[] labels) =>
        Make.CreateGauge(name, description, labels, new GaugeConfiguration { SuppressInitialValue = true });
}
