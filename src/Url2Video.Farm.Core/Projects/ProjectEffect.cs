using System.Collections.Immutable;
using Url2Video.Farm.Core.Contracts;
using Url2Video.Farm.Core.Errors;
using Url2Video.Farm.Core.Jobs;
using Url2Video.Farm.Core.Planning;

namespace Url2Video.Farm.Core.Projects;

/// <summary>What a project wants done once its events are in the journal. Each is safe to repeat.</summary>
public abstract record ProjectEffect
{
    private ProjectEffect() { }

    /// <summary>Answers the sender of a command.</summary>
    /// <param name="Message">Index of the command among the messages of the turn.</param>
    /// <param name="Error">Null: done, or had been done before.</param>
    public sealed record Answer(int Message, FarmError? Error) : ProjectEffect;

    /// <summary>Start the job's machine (<see cref="JobLogic.Start"/>). Nothing to do when one with this first attempt already lives; one with a
    /// lower first attempt is told to stop, its result was lost.</summary>
    /// <param name="FirstAttempt">Number of the first grant; above every attempt of an earlier term.</param>
    /// <param name="CountedOut">Attempts up to this one ended as failed or lost in the journal; their late results are refused.</param>
    /// <param name="MayBeHeld">
    /// A node may still hold it from an earlier term: where nodes outlive the project's process, give them one heartbeat to say so.
    /// </param>
    public sealed record StartJob(JobSpec Spec, long FirstAttempt, long CountedOut, bool MayBeHeld) : ProjectEffect
    {
        /// <summary>Nodes it failed on or that were lost under it.</summary>
        public ImmutableArray<NodeId> Avoid { get; init; } = [];
    }

    /// <summary>The job in work is to be offered differently from now on.</summary>
    public sealed record RespecJob(JobSpec Spec) : ProjectEffect;

    /// <summary>An order to one job in work: a <see cref="JobMessage.Kill"/>, a <see cref="JobMessage.Hasten"/> or a <see cref="JobMessage.Wake"/>.</summary>
    public sealed record TellJob(string Job, JobMessage Message) : ProjectEffect;

    /// <summary>
    /// Cancel every job in work: the project is paused, failed or cancelled, or (before the starts of the same turn) has a new term. A
    /// machine that is told to stop must not be mistaken for the new one of the same name.
    /// </summary>
    public sealed record StopJobs : ProjectEffect;

    /// <summary>How the attempt was taken into the journal. The job may tell its node only after this.</summary>
    /// <param name="Term">Of the machine that is answered; another of the same job must not take it for its own.</param>
    public sealed record AckJob(JobId Job, long Term, long Attempt, JobVerdict Verdict) : ProjectEffect;

    /// <summary>
    /// There is more to publish: chunks <paramref name="From"/> (inclusive) to <paramref name="To"/> (exclusive), the sound, or the
    /// captions among the files. Chunks become visible in order; the publisher answers <see cref="ProjectMessage.Published"/> and, when
    /// all is out, <see cref="ProjectMessage.PublicationCompleted"/>. Repetition is harmless; a publisher that was born after
    /// <paramref name="From"/> takes the earlier chunks from the inputs too.
    /// </summary>
    public sealed record Publish(PublishInputs Inputs, int From, int To) : ProjectEffect;

    /// <summary>Put the finished files where the user wants them, then answer <see cref="ProjectMessage.Delivered"/>.</summary>
    public sealed record Deliver(ImmutableArray<OutputFile> Files, OutputFormats Formats) : ProjectEffect
    {
        /// <summary>The film is laid apart: nothing of it was published, so what lies in the package is another film's and stays.</summary>
        public bool IsQuarantined { get; init; }
    }

    /// <summary>The project came into another phase or status: for progress displays and waiting clients.</summary>
    public sealed record Announce(ProjectPhase Phase, ProjectStatus Status, FarmError? Error) : ProjectEffect;
}

/// <summary>All that a package is made from so far. The list is shared with the project's state, never copied.</summary>
/// <param name="Sound">Null while not mixed.</param>
/// <param name="Files">Null while not assembled.</param>
/// <param name="Chunks">By chunk; null where not finished yet. Everything before <see cref="ProjectEffect.Publish.To"/> is there.</param>
public sealed record PublishInputs(
    ProjectId Project,
    OutputFormats Formats,
    FilmPlan Plan,
    StoryboardFacts Facts,
    JobResult.Mixed? Sound,
    ImmutableArray<OutputFile>? Files,
    ImmutableList<FinishedChunk?> Chunks)
{
    /// <summary>Comes with <see cref="Files"/>; null when there is nothing of it.</summary>
    public TrickPlayFiles? TrickPlay { get; init; }
}

/// <summary>What one turn of a project came to.</summary>
/// <param name="Events">To be committed in order, all or none, before anything else happens.</param>
/// <param name="Effects">To be carried out after the commit, in order.</param>
public sealed record ProjectDecision(ImmutableArray<ProjectEvent> Events, ImmutableArray<ProjectEffect> Effects);
