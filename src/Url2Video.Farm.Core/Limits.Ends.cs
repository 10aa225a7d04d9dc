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

    /// <summary>A server that did not answer is not asked for files again within this: whoever wants one should not wait for it anew each time.</summary>
    public const int PeerDeadSeconds = 5;

    /// <summary>Files one server fetches from the others at once; beyond it requests wait, without a thread.</summary>
    public const int PeerFetchesAtOnceMax = 64;

    /// <summary>
    /// A place in the journal that was given out and not seen is waited for this long: longer than a commit may take. Then it was rolled back.
    /// </summary>
    public const int JournalGapSecondsMax = 30;

    /// <summary>Missing stretches of the journal that one listener looks for; of more the oldest are given up.</summary>
    public const int JournalGapsMax = 64;

    /// <summary>
    /// Enrolments and sessions from one address: ten a second. A fleet behind one address opens a session a node every seven minutes, so 4,000
    /// nodes fit; whoever tries tokens gets nowhere with 256 bits, and costs little.
    /// </summary>
    public const int NodeDoorPerHourMax = 36_000;

    /// <summary>...of which so many at once: a rack that is switched on.</summary>
    public const int NodeDoorBurstMax = 1_000;

    /// <summary>Calls remembered of one project: one for each time that it ended. Older ones are forgotten.</summary>
    public const int WebhookCallsPerProjectMax = 32;

    /// <summary>One try of a call, from the name's resolution to the answer's headers; what is behind an address may be slow, but not for ever.</summary>
    public const int WebhookSecondsMax = 15;

    /// <summary>Calls of one server under way at once: a receiver that hangs must not hold up all others.</summary>
    public const int WebhooksAtOnceMax = 32;
}
