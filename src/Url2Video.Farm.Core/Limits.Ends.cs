namespace Url2Video.Farm.Core;

/// <content>How jobs end that kill nodes, and how films tell that they have ended.</content>
public static partial class Limits
{
    /// <summary>
    /// Distinct nodes lost under a job before it is quarantined: it pauses for <see cref="QuarantinedJobPauseSeconds"/> and is then tried on one
    /// node at a time, on others than those. Not condemned yet: nodes that an operator or a power cut took are no fault of the job.
    /// </summary>
    public const int SuspectNodes = 2;

    /// <summary>Distinct nodes lost under a job before it is dead: the last of them while it was in quarantine, which chance does not explain.</summary>
    public const int PoisonNodes = 3;

    /// <summary>
    /// Longer than a silent node takes to be found out (<see cref="LeaseSecondsMax"/>) and one to start again: what took two nodes at
    /// once is over before a third is risked.
    /// </summary>
    public const int QuarantinedJobPauseSeconds = 15;

    /// <summary>Calls remembered of one project: one for each time that it ended. Older ones are forgotten.</summary>
    public const int WebhookCallsPerProjectMax = 32;

    /// <summary>One try of a call, from the name's resolution to the answer's headers; what is behind an address may be slow, but not for ever.</summary>
    public const int WebhookSecondsMax = 15;

    /// <summary>Calls of one server under way at once: a receiver that hangs must not hold up all others.</summary>
    public const int WebhooksAtOnceMax = 32;
}
