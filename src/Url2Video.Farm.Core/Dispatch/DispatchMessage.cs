using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Url2Video.Farm.Core.Jobs;

namespace Url2Video.Farm.Core.Dispatch;

/// <summary>One life of a dispatcher. Two may be alive at once for a while; jobs let the first assignment win.</summary>
public readonly record struct DispatcherId(string Value)
{
    public override string ToString() => Value;
}

/// <summary>Everything a dispatcher can be told.</summary>
public abstract record DispatchMessage
{
    private DispatchMessage() { }

    /// <summary>From a job, repeated until it is assigned: queue me.</summary>
    /// <param name="Number">Grows with every new need of the job for a node; a repetition has the same number.</param>
    /// <param name="Needs">Capabilities a node must have, sorted.</param>
    /// <param name="Weight">Share of the project among projects, 1..<see cref="Core.Limits.ProjectWeightMax"/>.</param>
    /// <param name="Priority">Moves the job ahead of others of its project by <see cref="Core.Limits.PriorityBoostSeconds"/> a point.</param>
    /// <param name="Cost">Estimated work in frames of 1080p, 1..<see cref="Core.Limits.JobCostMax"/>; what fairness is measured in.</param>
    public sealed record Offer(
        JobId Job,
        long Number,
        ImmutableArray<string> Needs,
        int Weight,
        int Priority,
        DateTimeOffset EnqueuedAt,
        int Cost) : DispatchMessage
    {
        public Contracts.Band Band { get; init; }

        /// <summary>See <see cref="Contracts.ProjectRequest.Tenant"/>.</summary>
        public string Tenant { get; init => field = value ?? string.Empty; } = string.Empty;

        /// <summary>Named limits of which the job takes one each while it runs, sorted.</summary>
        public ImmutableArray<string> Limits { get; init => field = value.IsDefault ? [] : value; } = [];

        /// <summary>Nodes that should not get it unless nobody else can: they failed it before.</summary>
        public ImmutableArray<NodeId> Avoid { get; init => field = value.IsDefault ? [] : value; } = [];

        /// <summary>The node that holds the job in reserve, under a number below this one; null: none.</summary>
        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
        public NodeIncarnation? ReservedBy { get; init; }

        /// <summary>Times it may still be held in reserve; 0 of a job that takes of a limit, and of one on a server of an earlier version.</summary>
        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
        public int ReservesLeft { get; init; }
    }

    /// <summary>From a job: I no longer look for a node (offers up to this number).</summary>
    public sealed record Withdraw(JobId Job, long Number) : DispatchMessage;

    /// <summary>From a job: the node of this assignment has begun the work.</summary>
    public sealed record Taken(JobId Job, long Number, NodeIncarnation Node) : DispatchMessage;

    /// <summary>From a job: I did not use this assignment, the slot is free.</summary>
    public sealed record Released(JobId Job, long Number, NodeIncarnation Node) : DispatchMessage;

    /// <summary>From a node, when it changes and every <see cref="Core.Limits.HeartbeatSeconds"/>: how much I can take on.</summary>
    /// <param name="Sequence">Grows with every message of this life of the node, so that an old one is not taken for news.</param>
    /// <param name="Capabilities">Stable words, sorted.</param>
    public sealed record Demand(NodeIncarnation Node, long Sequence, int FreeSlots, ImmutableArray<string> Capabilities) : DispatchMessage
    {
        /// <summary>What the node works on now: a dispatcher that has just come to life learns from it what is in use.</summary>
        public ImmutableArray<RunningJob> Running { get; init => field = value.IsDefault ? [] : value; } = [];

        /// <summary>Slots held by works that were stopped and do not notice; a node that has many should be looked at.</summary>
        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
        public int SlotsLost { get; init; }

        /// <summary>It finishes what it has and takes nothing on.</summary>
        public bool Draining { get; init; }

        /// <summary>Jobs it would hold in reserve beyond those it has; told while all slots are at work, once a heartbeat.</summary>
        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
        public int ReserveRoom { get; init; }
    }

    /// <summary>From a job, once the project has taken it into account: an attempt is over, whatever it took is free again.</summary>
    /// <param name="Code">Error code of a failure, else null.</param>
    /// <param name="BusyMillis">From acceptance to the end.</param>
    public sealed record Ended(JobId Job, long Attempt, NodeIncarnation Node, EndKind Kind, string? Code, long BusyMillis) : DispatchMessage
    {
        /// <summary>Who pays for the attempt; null: the job was told this by a server of an earlier version.</summary>
        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
        public string? Tenant { get; init; }

        /// <summary>GPUs that it had for itself or a share of.</summary>
        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
        public int Gpus { get; init; }
    }

    /// <summary>From the cluster: this life of the node, and every earlier one, is over.</summary>
    public sealed record NodeGone(NodeIncarnation Node) : DispatchMessage;

    /// <summary>From the limit itself, when it changes and when it is asked for.</summary>
    /// <param name="Max">Jobs at once, 0..<see cref="Core.Limits.LimitMax"/>; null: there is no such limit, and jobs that name it wait.</param>
    public sealed record SetLimit(string Name, int? Max) : DispatchMessage;

    /// <summary>From the tenant itself, when it changes and when it is asked for.</summary>
    public sealed record SetTenant(string Tenant, TenantSettings Settings) : DispatchMessage;

    /// <summary>From an operator, or from what an earlier dispatcher had written down: no more grants.</summary>
    /// <param name="Until">When it may try a probe; null: when an operator pardons it.</param>
    /// <param name="Times">How often in a row it was quarantined.</param>
    public sealed record Quarantine(NodeId Node, string Reason, DateTimeOffset? Until, int Times) : DispatchMessage;

    /// <summary>From an operator: the node is well, whatever was seen of it.</summary>
    public sealed record Pardon(NodeId Node) : DispatchMessage;

    /// <summary>From an operator: no more grants until <see cref="Resume"/>; what runs goes on.</summary>
    public sealed record Drain(NodeId Node) : DispatchMessage;

    /// <summary>From an operator: the end of <see cref="Drain"/>.</summary>
    public sealed record Resume(NodeId Node) : DispatchMessage;

    /// <summary>About once a second: what was not repeated is forgotten.</summary>
    public sealed record Tick : DispatchMessage;
}

/// <summary>What a tenant may have.</summary>
/// <param name="Weight">Share among tenants of a band, 1..<see cref="Core.Limits.ProjectWeightMax"/>.</param>
/// <param name="RunningMax">Jobs of the tenant at once; null: no bound.</param>
/// <param name="ProjectRunningMax">Jobs of each of its projects at once; null: no bound.</param>
/// <param name="Paused">Nothing new is granted; what runs goes on.</param>
public sealed record TenantSettings(int Weight, int? RunningMax, int? ProjectRunningMax, bool Paused)
{
    public static TenantSettings Default { get; } = new(1, null, null, false);
}

/// <summary>One job in work on a node, as the dispatcher sees it.</summary>
public sealed record RunningJob(JobId Job, long Attempt, Contracts.Band Band, string Tenant, ImmutableArray<string> Limits)
{
    /// <summary>What it has of the node, see <see cref="Amounts"/>.</summary>
    public ImmutableArray<string> Needs { get; init => field = value.IsDefault ? [] : value; } = [];
}

/// <summary>How an attempt ended. Numbers cross the wire: frozen.</summary>
public enum EndKind
{
    Finished = 1,

    /// <summary>The job failed on its node; whose fault it is shows only over several.</summary>
    Failed = 2,

    /// <summary>The node was lost under it.</summary>
    Lost = 3,

    /// <summary>It was stopped: cancelled, preempted, or a twin was faster.</summary>
    Stopped = 4,
}
