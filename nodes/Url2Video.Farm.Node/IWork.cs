using Url2Video.Farm.Core.Contracts;
using Url2Video.Farm.Core.Errors;

namespace Url2Video.Farm.Node;

/// <summary>How one kind of job is done. One instance serves all slots of a node at once, so it keeps no state between jobs.</summary>
public interface IWork
{
    JobKind Kind { get; }

    /// <summary>What of this machine its results depend on beside the job; empty: nothing. A kept result is found again only where that is the same.</summary>
    string Here => "";

    /// <summary>
    /// Makes the result of <paramref name="job"/>. Runs on a thread of its own, so it may block and burn a core. Everything that
    /// outlives the job is written to <see cref="WorkContext.Artifacts"/>; the scratch folder is gone when the task ends.
    /// The result must depend on nothing but the job (its key says what), so that doing it twice gives the same bytes.
    /// </summary>
    /// <returns>The result record that belongs to the kind, with every artifact it names already stored.</returns>
    /// <exception cref="FarmException">The job failed: its code and sentence reach the user; <see cref="FarmError.Retryable"/>
    /// says whether trying again may help. Any other exception becomes <see cref="ErrorCodes.Internal"/>.</exception>
    /// <exception cref="OperationCanceledException">The lease is gone or the node stops; nobody waits for a result.</exception>
    Task<JobResult> RunAsync(JobSpec job, WorkContext context);
}
