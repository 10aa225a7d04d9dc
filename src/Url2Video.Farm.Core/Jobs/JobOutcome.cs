using Url2Video.Farm.Core.Contracts;
using Url2Video.Farm.Core.Errors;

namespace Url2Video.Farm.Core.Jobs;

/// <summary>How one attempt at a job ended.</summary>
public abstract record JobOutcome
{
    private JobOutcome() { }

    public sealed record Finished(JobResult Result) : JobOutcome;

    public sealed record Failed(FarmError Error) : JobOutcome;

    public sealed record Lost(LossReason Reason) : JobOutcome;
}

/// <summary>Why a lease came to nothing although its job did not fail. Numbers are stored: frozen.</summary>
public enum LossReason
{
    /// <summary>No sign of life for <see cref="Limits.LeaseSecondsMax"/>.</summary>
    Silent = 1,

    /// <summary>The node left the farm or began a new life.</summary>
    NodeGone = 2,

    /// <summary>The node no longer knows the lease that it had accepted.</summary>
    Forgotten = 3,
}

/// <summary>The project's answer to a settled attempt.</summary>
public abstract record JobVerdict
{
    private JobVerdict() { }

    /// <summary>The result is in the journal; the job is over.</summary>
    public sealed record Done : JobVerdict;

    /// <summary>Try again, not before the delay has passed.</summary>
    public sealed record Again(TimeSpan Delay) : JobVerdict;

    /// <summary>The job is dead, or nobody wants it any more.</summary>
    public sealed record Dead : JobVerdict;
}
