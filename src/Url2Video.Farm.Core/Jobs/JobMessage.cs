using Url2Video.Farm.Core.Contracts;
using Url2Video.Farm.Core.Dispatch;
using Url2Video.Farm.Core.Errors;
using Url2Video.Farm.Core.Nodes;

namespace Url2Video.Farm.Core.Jobs;

/// <summary>Everything a job can be told.</summary>
public abstract record JobMessage
{
    private JobMessage() { }

    /// <summary>From a dispatcher: this node has a slot for you. The first one wins, any other is released.</summary>
    /// <param name="Offer">Number of the offer that is answered.</param>
    public sealed record Assign(JobId Job, long Offer, NodeIncarnation Node, DispatcherId Dispatcher) : JobMessage;

    /// <summary>
    /// From a dispatcher: this node has no slot for you now; let it hold you in reserve, so that it begins by itself when nobody dispatches.
    /// The job goes on asking for a node.
    /// </summary>
    /// <param name="Offer">Number of the offer that is answered.</param>
    public sealed record Reserve(JobId Job, long Offer, NodeIncarnation Node) : JobMessage;

    /// <summary>From a dispatcher: that node must not begin you any more.</summary>
    public sealed record Unreserve(JobId Job, NodeIncarnation Node) : JobMessage;

    /// <summary>From a dispatcher: somebody more urgent needs the node. The job goes back to the queue and nothing is counted against it.</summary>
    public sealed record Preempt(JobId Job, long Attempt, DispatcherId Dispatcher) : JobMessage;

    /// <summary>From the project: the order reads differently now (priority, needs). What runs is not disturbed.</summary>
    public sealed record Respec(JobSpec Spec) : JobMessage;

    /// <summary>From the project, for an operator: stop what runs; nothing is counted against the job.</summary>
    public sealed record Kill : JobMessage;

    /// <summary>From the project, for an operator: as <see cref="Kill"/>, and wait for nothing before the next offer.</summary>
    public sealed record Hasten : JobMessage;

    /// <summary>From the project: what it may have been waiting for is there.</summary>
    public sealed record Wake : JobMessage;

    /// <summary>From the project: others like it were done long ago. Let a second node try as well.</summary>
    public sealed record Speculate : JobMessage;

    /// <summary>From a node: the grant came and the work has begun.</summary>
    public sealed record Accepted(Lease Lease) : JobMessage;

    /// <summary>From a node: the grant came and will not be worked.</summary>
    public sealed record Refused(Lease Lease, RefusalReason Reason) : JobMessage;

    /// <summary>From a node, every <see cref="Limits.HeartbeatSeconds"/>: I still work on this.</summary>
    /// <param name="ProgressPermille">0..1000.</param>
    public sealed record Held(Lease Lease, int ProgressPermille) : JobMessage
    {
        /// <summary>The last line of the attempt's log, at most <see cref="Limits.LogLineCharsMax"/>; empty when there is none.</summary>
        public string Line { get; init => field = value ?? string.Empty; } = string.Empty;
    }

    /// <summary>From a node, until acknowledged.</summary>
    /// <param name="Key">The key of the spec that was worked: a result may be adopted only by a job of the same key.</param>
    public sealed record Finished(Lease Lease, JobKey Key, JobResult Result) : JobMessage;

    /// <summary>From a node, until acknowledged.</summary>
    public sealed record Failed(Lease Lease, JobKey Key, FarmError Error) : JobMessage;

    /// <summary>From the cluster: this life of the node, and every earlier one, is over.</summary>
    public sealed record NodeGone(NodeIncarnation Node) : JobMessage;

    /// <summary>From the project, after the commit.</summary>
    /// <param name="Term">Of the machine that is meant.</param>
    public sealed record Settled(long Term, long Attempt, JobVerdict Verdict) : JobMessage;

    /// <summary>From the project: nobody wants this job any more.</summary>
    public sealed record Cancel : JobMessage;

    /// <summary>The time <see cref="JobState.DueAt"/> has come (or passed); too early does no harm.</summary>
    public sealed record Tick : JobMessage;
}
