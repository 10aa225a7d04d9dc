using System.Collections.Immutable;
using Url2Video.Farm.Core.Contracts;
using Url2Video.Farm.Core.Dispatch;

namespace Url2Video.Farm.Core.Jobs;

/// <summary>One job in work. Memory only: after a crash the project starts it anew in a later term.</summary>
/// <param name="Term">Of the project's life that started this machine.</param>
/// <param name="NextAttempt">Number of the next grant, and of the offer that leads to it; only grows.</param>
/// <param name="CountedOut">Attempts up to this one are failed or lost in the journal and can never finish the job.</param>
/// <param name="EnqueuedAt">Kept through retries, so that a retried job goes before younger ones.</param>
/// <param name="Stage">Exactly one at a time.</param>
public sealed record JobState(JobSpec Spec, long Term, long NextAttempt, long CountedOut, DateTimeOffset EnqueuedAt, JobStage Stage)
{
    /// <summary>Refusals in a row; lengthens the pause before the next offer.</summary>
    public int Refusals { get; init; }

    /// <summary>Number of the first grant of this machine; it has <see cref="AttemptNumber.GrantsPerRoundMax"/> of them.</summary>
    public long FirstAttempt { get; init; } = NextAttempt;

    /// <summary>
    /// Nodes of attempts up to this one that are not current were told to stop. What they finished on the way is still good, but that
    /// they hold the job is no longer true, whatever they said before they heard of it.
    /// </summary>
    public long StoppedUpTo { get; init; }

    /// <summary>Node whose end it has survived, with no suspicion so far.</summary>
    public NodeId? LostOnceOn { get; init; }

    /// <summary>Nodes that failed it or were lost under it, the latest last.</summary>
    public ImmutableArray<NodeId> Avoid { get; init; } = [];

    /// <summary>
    /// What a node holds in reserve (see <see cref="ReserveRules"/>): given out, below <see cref="NextAttempt"/>, and not current. Only
    /// while the job is <see cref="JobStage.Offered"/>.
    /// </summary>
    public Lease? Reserve { get; init; }

    /// <summary>When the node of <see cref="Reserve"/> has held it long enough.</summary>
    public DateTimeOffset ReservedUntil { get; init; }

    /// <summary>Times it may still be held in reserve.</summary>
    public int ReservesLeft { get; init; } = Limits.ReservesPerJobMax;

    /// <summary>A second run of the job beside the one of <see cref="Stage"/>; only while that one runs or its end is being settled.</summary>
    public JobTwin? Twin { get; init; }

    /// <summary>Second runs it may have still.</summary>
    public int TwinsLeft { get; init; } = Limits.TwinsPerJobMax;

    /// <summary>When the next <see cref="JobMessage.Tick"/> is needed; null when never.</summary>
    public DateTimeOffset? DueAt => Twin is { DueAt: var twin } && !(Stage.DueAt < twin) ? twin : Stage.DueAt;
}

/// <summary>Where a job is. The hierarchy makes "in exactly one place" a matter of types.</summary>
public abstract record JobStage
{
    private JobStage() { }

    public abstract DateTimeOffset? DueAt { get; }

    /// <summary>Pausing before the next offer.</summary>
    public sealed record Waiting(DateTimeOffset Until) : JobStage
    {
        public override DateTimeOffset? DueAt => Until;
    }

    /// <summary>Queued at the dispatcher, which forgets it unless it is offered again.</summary>
    public sealed record Offered(DateTimeOffset RepeatAt) : JobStage
    {
        public override DateTimeOffset? DueAt => RepeatAt;
    }

    /// <summary>A grant is under way and not yet accepted.</summary>
    /// <param name="By">Whose assignment it was.</param>
    public sealed record Granted(Lease Lease, DispatcherId By, DateTimeOffset Until, DateTimeOffset RepeatAt) : JobStage
    {
        public override DateTimeOffset? DueAt => Until < RepeatAt ? Until : RepeatAt;
    }

    /// <param name="By">Whose assignment it was; null for a lease adopted from an earlier term.</param>
    /// <param name="Until">The lease is void after this without a sign of life.</param>
    /// <param name="EndsAt">The lease is void after this in any case (<see cref="JobSpec.SecondsMax"/>).</param>
    public sealed record Running(Lease Lease, DispatcherId? By, DateTimeOffset Until, DateTimeOffset EndsAt) : JobStage
    {
        /// <summary>When its node spoke up first.</summary>
        public DateTimeOffset Since { get; init; }

        /// <summary>When node and watchers are told that it takes long; null once they were.</summary>
        public DateTimeOffset? LateAt { get; init; }

        public override DateTimeOffset? DueAt
        {
            get
            {
                var end = Until < EndsAt ? Until : EndsAt;
                return LateAt < end ? LateAt : end;
            }
        }
    }

    /// <summary>The attempt has ended; the project must take it into its journal before anybody else is told.</summary>
    /// <param name="Reported">The node told the outcome and waits for its acknowledgement; else the job itself gave the lease up.</param>
    public sealed record Settling(Lease Lease, JobOutcome Outcome, bool Reported, DateTimeOffset RepeatAt) : JobStage
    {
        /// <summary>From acceptance to the end; 0 for work that was accepted in another life of the project.</summary>
        public long BusyMillis { get; init; }

        public override DateTimeOffset? DueAt => RepeatAt;
    }

    public sealed record Over : JobStage
    {
        public override DateTimeOffset? DueAt => null;
    }
}

public sealed record JobDecision(JobState State, ImmutableArray<JobEffect> Effects);
