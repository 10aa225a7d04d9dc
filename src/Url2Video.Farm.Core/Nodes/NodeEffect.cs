using System.Collections.Immutable;
using Url2Video.Farm.Core.Contracts;
using Url2Video.Farm.Core.Dispatch;
using Url2Video.Farm.Core.Jobs;

namespace Url2Video.Farm.Core.Nodes;

public abstract record NodeEffect
{
    private NodeEffect() { }

    /// <summary>Start the work; it ends with WorkFinished or WorkFailed unless stopped.</summary>
    public sealed record RunWork(Lease Lease, JobSpec Spec) : NodeEffect
    {
        /// <summary>It was held in reserve, and nobody dispatched.</summary>
        public bool IsReserve { get; init; }
    }

    /// <summary>Stop the work at the next frame; nothing is reported of it.</summary>
    public sealed record StopWork(Lease Lease) : NodeEffect;

    /// <summary>For the log of the job and the node: more than half of its time is over.</summary>
    public sealed record WarnLate(Lease Lease, int SecondsLeft) : NodeEffect;

    /// <summary>The work was told to stop <see cref="Limits.StopSecondsMax"/> ago and runs on: its slot is written off until it ends.</summary>
    public sealed record WriteOff(Lease Lease) : NodeEffect;

    /// <summary>To the job named in the message, wherever it lives now.</summary>
    public sealed record ToJob(JobId To, JobMessage Message) : NodeEffect;

    /// <summary>To whichever dispatcher serves the pool now.</summary>
    public sealed record ToDispatcher(DispatchMessage.Demand Message) : NodeEffect;

    /// <summary>A draining node holds nothing any more and may end.</summary>
    public sealed record Drained : NodeEffect;
}

public sealed record NodeDecision(NodeState State, ImmutableArray<NodeEffect> Effects);
