using System.Collections.Immutable;
using Url2Video.Farm.Core.Contracts;

namespace Url2Video.Farm.Core.Dispatch;

/// <summary>Why a job does not run. Numbers cross the wire: frozen.</summary>
public enum WaitReason
{
    /// <summary>It has not been offered: its project knows whether it is done, pausing after a failure, or not begun.</summary>
    NotQueued = 1,
    Running = 2,

    /// <summary>A node was found, its grant is under way.</summary>
    Assigned = 3,
    TenantPaused = 4,

    /// <summary>The dispatcher is new and waits for the tenant's settings.</summary>
    TenantAsked = 5,
    TenantFull = 6,
    ProjectFull = 7,

    /// <summary>No limit of that name is defined.</summary>
    LimitUndefined = 8,

    /// <summary>The dispatcher is new and waits for the limit's settings.</summary>
    LimitAsked = 9,

    /// <summary>The dispatcher is new and does not know yet what runs.</summary>
    Learning = 10,

    /// <summary>A licence server said no a moment ago.</summary>
    LimitCooling = 11,
    LimitFull = 12,
    NoNodes = 13,

    /// <summary>No node has what it needs.</summary>
    NothingCapable = 14,

    /// <summary>Every node that could is quarantined or drained.</summary>
    NothingUsable = 15,

    /// <summary>Only nodes have room on which it failed before, and others that could will be free again.</summary>
    Avoiding = 16,

    /// <summary>Capable nodes have slots, but not enough of an amount (GPU memory).</summary>
    AmountsTaken = 17,

    /// <summary>The last slots of GPU nodes are kept for GPU work.</summary>
    KeptForGpu = 18,

    /// <summary>Every capable node is full.</summary>
    Busy = 19,
}

/// <summary>The state of one waiting job. For people first (<see cref="Sentence"/>), the rest for programs.</summary>
/// <param name="Ahead">Jobs of its own project, band and kind that go before it; null when it does not wait or there are too many to count.</param>
/// <param name="InBand">Jobs that wait in its band.</param>
/// <param name="Missing">Needs that no node satisfies, with the best there is.</param>
public sealed record Explanation(
    JobId Job,
    WaitReason Reason,
    string Sentence,
    Band? Band,
    string Tenant,
    int? Ahead,
    int InBand,
    CapableNodes Nodes,
    ImmutableArray<MissingNeed> Missing,
    ImmutableArray<LimitUse> Limits);

/// <summary>Nodes that have what a job needs. A node counts in <paramref name="Total"/> and in at most one of the others.</summary>
public sealed record CapableNodes(int Total, int Busy, int Quarantined, int Drained);

/// <param name="Best">The highest amount among all nodes; null when no node has the word at all.</param>
public sealed record MissingNeed(string Need, int? Best);

/// <param name="Max">Null: not defined, or not known yet.</param>
/// <param name="Waiting">Jobs that name it and wait.</param>
public sealed record LimitUse(string Name, int Used, int? Max, int Waiting);

/// <summary>The whole queue at a glance.</summary>
/// <param name="Learning">The dispatcher is new: no limited job is granted before it knows what runs.</param>
/// <param name="Projects">Those with most waiting, at most <see cref="Core.Limits.ProjectsReportedMax"/>.</param>
public sealed record QueueReport(
    bool Learning,
    int Queued,
    int Running,
    ImmutableArray<BandReport> Bands,
    ImmutableArray<ReasonReport> Reasons,
    ImmutableArray<TenantReport> Tenants,
    ImmutableArray<ProjectReport> Projects,
    ImmutableArray<LimitUse> Limits,
    ImmutableArray<NodeReport> Nodes);

public sealed record BandReport(Band Band, int Queued, int Running);

/// <param name="Jobs">Jobs that wait for this reason.</param>
public sealed record ReasonReport(WaitReason Reason, int Jobs);

/// <param name="Share">Granted work of all bands, in frames of 1080p, since this dispatcher knows the tenant.</param>
public sealed record TenantReport(string Tenant, TenantSettings Settings, int Queued, int Running, long Share);

/// <param name="Share">As in <see cref="TenantReport"/>.</param>
public sealed record ProjectReport(ProjectId Project, string Tenant, Band Band, int Weight, int Queued, int Running, long Share);

/// <param name="State"><c>ready</c>, <c>busy</c>, <c>draining</c>, <c>drained</c>, <c>quarantined</c>, <c>probation</c>, <c>absent</c>.</param>
/// <param name="Until">End of a quarantine's cool-down.</param>
public sealed record NodeReport(NodeId Node, string State, string Reason, DateTimeOffset? Until, int Slots, int Free, int Running, int Gpus);
