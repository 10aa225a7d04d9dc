using System.Collections.Immutable;
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
    /// <param name="Weight">Share of the project among projects, 1..<see cref="Limits.ProjectWeightMax"/>.</param>
    /// <param name="Priority">Moves the job ahead of others of its project by <see cref="Limits.PriorityBoostSeconds"/> a point.</param>
    /// <param name="Cost">Estimated work in frames of 1080p, 1..<see cref="Limits.JobCostMax"/>; what fairness is measured in.</param>
    public sealed record Offer(
        JobId Job,
        long Number,
        ImmutableArray<string> Needs,
        int Weight,
        int Priority,
        DateTimeOffset EnqueuedAt,
        int Cost) : DispatchMessage;

    /// <summary>From a job: I no longer look for a node (offers up to this number).</summary>
    public sealed record Withdraw(JobId Job, long Number) : DispatchMessage;

    /// <summary>From a job: the node of this assignment has begun the work.</summary>
    public sealed record Taken(JobId Job, long Number, NodeIncarnation Node) : DispatchMessage;

    /// <summary>From a job: I did not use this assignment, the slot is free.</summary>
    public sealed record Released(JobId Job, long Number, NodeIncarnation Node) : DispatchMessage;

    /// <summary>From a node, when it changes and every <see cref="Limits.HeartbeatSeconds"/>: how much I can take on.</summary>
    /// <param name="Sequence">Grows with every message of this life of the node, so that an old one is not taken for news.</param>
    /// <param name="Capabilities">Stable words, sorted.</param>
    public sealed record Demand(NodeIncarnation Node, long Sequence, int FreeSlots, ImmutableArray<string> Capabilities) : DispatchMessage;

    /// <summary>From the cluster: this life of the node, and every earlier one, is over.</summary>
    public sealed record NodeGone(NodeIncarnation Node) : DispatchMessage;

    /// <summary>About once a second: what was not repeated is forgotten.</summary>
    public sealed record Tick : DispatchMessage;
}

/// <summary>The only thing a dispatcher ever does: tell a job of a node that has room for it.</summary>
public readonly record struct Assignment(JobMessage.Assign Message)
{
    public JobId To => Message.Job;
}
