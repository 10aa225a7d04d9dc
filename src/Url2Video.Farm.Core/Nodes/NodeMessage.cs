using System.Text.Json.Serialization;
using Url2Video.Farm.Core.Contracts;
using Url2Video.Farm.Core.Errors;
using Url2Video.Farm.Core.Jobs;

namespace Url2Video.Farm.Core.Nodes;

/// <summary>Everything a node can be told, by jobs and by its own works.</summary>
public abstract record NodeMessage
{
    private NodeMessage() { }

    /// <summary>From a job, repeated until accepted or refused: the right, and the duty, to do it.</summary>
    public sealed record Grant(Lease Lease, JobSpec Spec) : NodeMessage;

    /// <summary>
    /// From a job: the right to begin it, without being asked, once nobody dispatches (<see cref="NodeReserves"/>); until a
    /// <see cref="Cancel"/> of this lease.
    /// </summary>
    public sealed record Reserve(Lease Lease, JobSpec Spec) : NodeMessage;

    /// <summary>From a job: the report was dealt with, forget it.</summary>
    public sealed record Ack(Lease Lease, AckKind Kind) : NodeMessage;

    /// <summary>From a job: stop, the lease is no longer yours.</summary>
    public sealed record Cancel(Lease Lease) : NodeMessage;

    /// <summary>From a job: it takes long already; past the hard limit the lease is void.</summary>
    /// <param name="SecondsLeft">Until the hard limit.</param>
    public sealed record Hurry(Lease Lease, int SecondsLeft) : NodeMessage;

    /// <summary>From an operator: take on nothing new, finish what is held.</summary>
    public sealed record Drain : NodeMessage;

    /// <summary>From an operator, or a schedule: take on work again.</summary>
    public sealed record Resume : NodeMessage;

    /// <summary>From a dispatcher that has just come to life: tell your demand now.</summary>
    public sealed record TellDemand : NodeMessage
    {
        /// <summary>It is asked for another reason, and says nothing of a dispatcher: what the node holds in reserve it keeps.</summary>
        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
        public bool IsSameDispatcher { get; init; }
    }

    /// <summary>From the node's own work.</summary>
    public sealed record WorkFinished(Lease Lease, JobResult Result) : NodeMessage;

    /// <summary>From the node's own work.</summary>
    public sealed record WorkFailed(Lease Lease, FarmError Error) : NodeMessage;

    /// <summary>From the node's own work.</summary>
    public sealed record WorkProgress(Lease Lease, int Permille) : NodeMessage
    {
        /// <summary>The last line of the attempt's log; longer ones are cut.</summary>
        public string Line { get; init; } = string.Empty;
    }

    /// <summary>From the node's own work: it was told to stop and has.</summary>
    public sealed record WorkStopped(Lease Lease) : NodeMessage;

    /// <summary>From the node's own link: a server listens again. What it missed is said again at once.</summary>
    public sealed record LinkUp : NodeMessage;

    /// <summary>
    /// From the node's own link: no server for <see cref="Limits.LeaseSecondsMax"/>. By now the farm counts what works here as lost; a work
    /// that takes of a named limit stops, because another may have taken its place.
    /// </summary>
    public sealed record CutOff : NodeMessage;

    /// <summary>The time <see cref="NodeState.DueAt"/> has come.</summary>
    public sealed record Tick : NodeMessage;
}

/// <summary>What became of a report. Numbers cross the wire: frozen.</summary>
public enum AckKind
{
    /// <summary>It is in the journal.</summary>
    Taken = 1,

    /// <summary>It came too late; nobody needs it.</summary>
    Stale = 2,
}

/// <summary>Why a node does not work a grant. Numbers cross the wire: frozen.</summary>
public enum RefusalReason
{
    /// <summary>No free slot.</summary>
    Full = 1,

    Draining = 2,

    /// <summary>This lease, or a later one of the same job, has been here and is over.</summary>
    Stale = 3,

    /// <summary>The grant was meant for another life of the node.</summary>
    OtherIncarnation = 4,
}
