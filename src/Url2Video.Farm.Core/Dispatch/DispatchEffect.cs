using System.Collections.Immutable;
using Url2Video.Farm.Core.Jobs;

namespace Url2Video.Farm.Core.Dispatch;

/// <summary>What a dispatcher wants done. Nothing here needs an answer to arrive: what matters is said again.</summary>
public abstract record DispatchEffect
{
    private DispatchEffect() { }

    /// <summary>To a job: this node has room for you.</summary>
    public sealed record Assign(JobMessage.Assign Message) : DispatchEffect;

    /// <summary>To a queued job: let this node hold you in reserve.</summary>
    public sealed record Reserve(JobMessage.Reserve Message) : DispatchEffect;

    /// <summary>To a queued job: no longer.</summary>
    public sealed record Unreserve(JobMessage.Unreserve Message) : DispatchEffect;

    /// <summary>To a running job: give your node up, somebody more urgent waits for it.</summary>
    public sealed record Preempt(JobMessage.Preempt Message) : DispatchEffect;

    /// <summary>A node gets no more work; to be kept, so that the next dispatcher knows it from the start.</summary>
    /// <param name="Until">When it may try a probe; null: when an operator pardons it.</param>
    /// <param name="Times">How often in a row it was quarantined; each doubles the cool-down.</param>
    public sealed record NodeQuarantined(NodeId Node, string Reason, DateTimeOffset? Until, int Times) : DispatchEffect;

    /// <summary>A node has proved well, or an operator says so.</summary>
    public sealed record NodePardoned(NodeId Node) : DispatchEffect;

    /// <summary>A job was lost under two different nodes: it may be what kills them. Its project decides.</summary>
    public sealed record PoisonSuspect(JobId Job, ImmutableArray<NodeId> Nodes) : DispatchEffect;

    /// <summary>Settings of this limit are wanted (<see cref="DispatchMessage.SetLimit"/>).</summary>
    public sealed record AskLimit(string Name) : DispatchEffect;

    /// <summary>Settings of this tenant are wanted (<see cref="DispatchMessage.SetTenant"/>).</summary>
    public sealed record AskTenant(string Tenant) : DispatchEffect;

    /// <summary>An attempt is over and has cost this much.</summary>
    /// <param name="GpuMillis">Busy time times the devices it had; a job that shares a device counts as one.</param>
    public sealed record Charge(JobId Job, long Attempt, NodeId Node, string Tenant, long BusyMillis, long GpuMillis, DateTimeOffset EndedAt) : DispatchEffect;
}
