namespace Url2Video.Farm.Core.Dispatch;

/// <summary>One offer in the queue.</summary>
internal sealed class QueuedJob(DispatchMessage.Offer offer, Lane lane, DateTimeOffset now)
{
    /// <summary>As the job said it last: of one need for a node only the number grows, and who holds it in reserve changes.</summary>
    public DispatchMessage.Offer Offer { get; set; } = offer;

    public Lane Lane { get; } = lane;

    public DateTimeOffset SeenAt { get; set; } = now;

    /// <summary>False once it was assigned, withdrawn, replaced or forgotten; its place in the lane is swept when it comes up.</summary>
    public bool IsQueued { get; set; } = true;

    /// <summary>It stands in <see cref="Lane"/>'s list of those that may be held in reserve.</summary>
    public bool IsSpare { get; set; }

    public int Cost => Math.Clamp(Offer.Cost, 1, Limits.JobCostMax);

    /// <summary>
    /// Aging without re-sorting: all jobs age at the same speed, so "waiting time plus priority bonus" orders them the same at any
    /// moment, and enqueue time minus bonus is a key that never changes. Ticks of 100 ns.
    /// </summary>
    public long Rank { get; } = offer.EnqueuedAt.UtcTicks
        - Math.Clamp(offer.Priority, -Limits.PriorityMax, Limits.PriorityMax) * Limits.PriorityBoostSeconds * TimeSpan.TicksPerSecond;
}
