using Url2Video.Farm.Core.Contracts;

namespace Url2Video.Farm.Core.Jobs;

/// <summary>Where a job in work stands, for lists; it changes only when something happened, not with every heartbeat.</summary>
/// <param name="Stage">One of <see cref="JobStages"/>.</param>
/// <param name="Attempt">0 when none is under way.</param>
/// <param name="Since">When the running attempt was accepted; null in other stages.</param>
/// <param name="NextAt">When a waiting job is offered again; null in other stages.</param>
public sealed record JobStatus(string Stage, long Attempt, NodeId? Node, DateTimeOffset? Since, DateTimeOffset? NextAt, NodeId? Twin)
{
    /// <summary>The running attempt has taken <see cref="Limits.LatePercent"/> % of its time, and its node was told.</summary>
    public bool IsLate { get; init; }

    public static JobStatus Of(JobState state) => state.Stage switch
    {
        JobStage.Waiting s => new(JobStages.Waiting, 0, null, null, s.Until, null),
        JobStage.Offered => new(JobStages.Offered, 0, null, null, null, null),
        JobStage.Granted s => new(JobStages.Granted, s.Lease.Attempt, s.Lease.Node.Node, null, null, null),
        JobStage.Running s => new(JobStages.Running, s.Lease.Attempt, s.Lease.Node.Node, s.Since, null, state.Twin?.Held?.Node.Node) { IsLate = s.LateAt is null },
        JobStage.Settling s => new(JobStages.Settling, s.Lease.Attempt, s.Lease.Node.Node, null, null, null),
        _ => new(JobStages.Done, 0, null, null, null, null),
    };
}
