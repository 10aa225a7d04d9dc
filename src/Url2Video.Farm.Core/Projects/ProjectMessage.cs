using Url2Video.Farm.Core.Contracts;
using Url2Video.Farm.Core.Errors;
using Url2Video.Farm.Core.Jobs;

namespace Url2Video.Farm.Core.Projects;

/// <summary>Everything a project can be told. The private constructor closes the set.</summary>
public abstract record ProjectMessage
{
    private ProjectMessage() { }

    /// <summary>The order. Repeating it is harmless: the first one stands.</summary>
    public sealed record Submit(ProjectRequest Request) : ProjectMessage;

    /// <summary>From the shell, once per life, when the journal has been read to its end. Nothing else may be handled before it.</summary>
    public sealed record Recovered : ProjectMessage;

    /// <summary>A job tells how one attempt ended, again and again until <see cref="ProjectEffect.AckJob"/> answers it.</summary>
    /// <param name="Term">Of the machine that speaks. One of a former term has been told to stop and is not listened to any more.</param>
    /// <param name="Attempt">The fence: an attempt counts once.</param>
    /// <param name="Node">Who held the lease; null when no node ever did.</param>
    public sealed record JobSettled(JobId Job, long Term, long Attempt, NodeIncarnation? Node, JobOutcome Outcome) : ProjectMessage;

    /// <summary>From the publisher: the first <paramref name="Chunks"/> chunks can be seen by players.</summary>
    public sealed record Published(int Chunks) : ProjectMessage;

    /// <summary>From the publisher: everything is out and final, captions included.</summary>
    public sealed record PublicationCompleted : ProjectMessage;

    /// <summary>From the publisher or the delivery: the output could not be written (disk full, not writable).</summary>
    public sealed record OutputFailed(FarmError Error) : ProjectMessage;

    /// <summary>The finished files lie where the user wanted them.</summary>
    public sealed record Delivered : ProjectMessage;

    /// <summary>
    /// From the shell: deciding on a message of the farm itself threw. It would be sent again for ever, so the project ends with the reason.
    /// </summary>
    public sealed record Undecidable(FarmError Error) : ProjectMessage;

    public sealed record Pause : ProjectMessage;

    public sealed record Unpause : ProjectMessage;

    public sealed record Cancel(string Reason) : ProjectMessage;

    /// <summary>Take up a failed project again; its dead jobs get a clean slate, what is finished stays.</summary>
    public sealed record Retry : ProjectMessage;

    /// <summary>How urgent the project is from now on; jobs in work are not disturbed.</summary>
    /// <param name="Weight">1..<see cref="Limits.ProjectWeightMax"/>; others are refused.</param>
    public sealed record SetPriority(Band Band, int Weight) : ProjectMessage;

    /// <summary>
    /// Try one job again now: it waits no longer, what runs of it is stopped and begun again elsewhere, and if it is what the project failed
    /// of, the project is taken up again.
    /// </summary>
    public sealed record RetryJob(string Job) : ProjectMessage;

    /// <summary>Stop what runs of one job; it goes back to the queue, and nothing is counted against it.</summary>
    public sealed record KillJob(string Job) : ProjectMessage;

    /// <summary>From a timer of the shell while publication or delivery is owed: say again what was asked of them.</summary>
    public sealed record Remind : ProjectMessage;
}
