using Url2Video.Farm.Core.Contracts;
using Url2Video.Farm.Core.Errors;
using Url2Video.Farm.Core.Jobs;
using Url2Video.Farm.Core.Nodes;
using static Url2Video.Farm.Core.Projects.ProjectEffect;
using static Url2Video.Farm.Core.Projects.ProjectEvent;
using static Url2Video.Farm.Core.Projects.ProjectMessage;

namespace Url2Video.Farm.Core.Projects;

/// <summary>
/// What the end of an attempt does to the project. Every end is answered, and the answer to a repetition is the same: a job counts
/// as finished once, an attempt counts as failed or lost once.
/// </summary>
internal static class SettleRules
{
    public static void Take(ProjectTurn turn, JobSettled m)
    {
        var state = turn.State;
        if (m.Term != state.Term)
        {
            return; // What its node reports will be told again, and the machine of this term will hear it.
        }

        if (m.Job.Project != state.Id || !JobNames.TryParse(m.Job.Name, out var kind, out var index))
        {
            Acknowledge(turn, m, new JobVerdict.Dead());
            return;
        }

        var job = new DueJob(kind, index);
        if (DueJobs.IsDone(state, job))
        {
            Acknowledge(turn, m, new JobVerdict.Done());
        }
        else if (!DueJobs.Of(state).Contains(job))
        {
            Acknowledge(turn, m, new JobVerdict.Dead()); // Paused, failed, cancelled, or never started: nobody wants it.
        }
        else if (state.Troubles.GetValueOrDefault(m.Job.Name) is { } trouble && m.Attempt <= trouble.LastAttempt)
        {
            Acknowledge(turn, m, new JobVerdict.Again(Pause(trouble))); // Counted before.
        }
        else
        {
            Count(turn, m, job);
        }
    }

    private static void Count(ProjectTurn turn, JobSettled m, DueJob job)
    {
        switch (m.Outcome)
        {
            case JobOutcome.Finished { Result: var result }:
                if (ResultCheck.OtherEncoder(turn.State, result) is { } mismatch)
                {
                    Excuse(turn, m, mismatch);
                    return;
                }

                if (ResultCheck.Problem(turn.State, job, result) is { } problem)
                {
                    Fail(turn, m, problem);
                    return;
                }

                Accept(turn, m.Attempt, job, result);
                Acknowledge(turn, m, new JobVerdict.Done());
                return;
            case JobOutcome.Failed { Error: var error }:
                Fail(turn, m, error);
                return;
            case JobOutcome.Lost { Reason: var reason }:
                turn.Commit(new AttemptLost(m.Job.Name, m.Attempt, m.Node, reason, turn.Now));
                var trouble = turn.State.Troubles[m.Job.Name];
                var isPoison = trouble.Lost >= Limits.LostPerJobMax || trouble.LostOn.Length >= Limits.PoisonNodes;
                End(turn, m, trouble, isPoison ? NodeKiller(m.Job.Name, trouble.Lost) : null);
                return;
        }
    }

    private static void Accept(ProjectTurn turn, long attempt, DueJob job, JobResult result)
    {
        turn.Commit(result switch
        {
            JobResult.Ingested r => new SourceIngested(attempt, r),
            JobResult.Written r => new StoryboardWritten(attempt, r),
            JobResult.Spoken r => new ScenesSpoken([new SpokenScene(job.Index, attempt, r.Speech)]),
            JobResult.Rendered r => new ChunksFinished([new FinishedChunk(job.Index, attempt, r.Rungs) { Encoder = EncoderWords.IsBuild(r.Encoder) ? r.Encoder : string.Empty, Measure = r.Measure }]),
            JobResult.Mixed r => new SoundMixed(attempt, r),
            JobResult.Assembled r => new FilmAssembled(attempt, r),
            _ => throw new System.Diagnostics.UnreachableException($"No event for {result.GetType().Name}."),
        });
    }

    /// <summary>All words are spoken: their lengths give the plan, or the reason why there is none (again, after a retry).</summary>
    public static void PlanIfSpoken(ProjectTurn turn)
    {
        if (turn.State is not { IsWorking: true, Phase: ProjectPhase.Speaking, ScenesToSpeak: 0 })
        {
            return;
        }

        var plan = turn.Planning.Plan(turn.State.Facts!, [.. turn.State.Speeches], turn.State.Request!);
        turn.Commit(plan switch
        {
            { IsOk: false } => new Failed(plan.Error, turn.Now),
            { Value.Chunks.Length: > 0 and <= Limits.ChunksPerProjectMax } => new Planned(plan.Value),
            _ => new Failed(TooLong(plan.Value.Chunks.Length), turn.Now),
        });
    }

    private static void Fail(ProjectTurn turn, JobSettled m, FarmError error)
    {
        if (LostResults.OwnerOf(turn.State, error) is not null)
        {
            turn.Commit(new AttemptExcused(m.Job.Name, m.Attempt, m.Node, error, turn.Now));
            LostResults.Take(turn, error);
            var pause = TimeSpan.FromMilliseconds(Limits.RemakePauseMillis);
            Acknowledge(turn, m, turn.State.IsWorking ? new JobVerdict.Again(pause) : new JobVerdict.Dead());
            return;
        }

        if (error.Retryable && IsNotItsFault(error.Code))
        {
            Excuse(turn, m, error);
            return;
        }

        turn.Commit(new AttemptFailed(m.Job.Name, m.Attempt, m.Node, error, turn.Now));
        var trouble = turn.State.Troubles[m.Job.Name];
        End(turn, m, trouble, error.Retryable && trouble.Failures < Limits.FailuresPerJobMax ? null : error);
    }

    // A licence that was taken, a busy node or one with small workers says nothing about the job: it tries again, more patiently each time, and spends no retry.
    private static bool IsNotItsFault(string code) =>
        code is ErrorCodes.LicenceTaken or ErrorCodes.FarmBusy or ErrorCodes.ServerUnreachable or ErrorCodes.ArtifactMissing or ErrorCodes.ArtifactCorrupt or ErrorCodes.SceneTooLarge;

    private static void Excuse(ProjectTurn turn, JobSettled m, FarmError error)
    {
        turn.Commit(new AttemptExcused(m.Job.Name, m.Attempt, m.Node, error, turn.Now));
        var trouble = turn.State.Troubles[m.Job.Name];
        End(turn, m, trouble, trouble.Excused >= Limits.ExcusedPerJobMax ? error : null);
    }

    // A film with a dead job can never be finished: the project fails with it, and keeps it for whoever looks into it.
    private static void End(ProjectTurn turn, JobSettled m, JobTrouble trouble, FarmError? fatal)
    {
        if (fatal is null)
        {
            Acknowledge(turn, m, new JobVerdict.Again(Pause(trouble)));
            return;
        }

        turn.Commit(new JobDied(new DeadJob(m.Job.Name, m.Attempt, trouble.Failures, trouble.Lost, fatal)));
        turn.Commit(new Failed(fatal, turn.Now));
        Acknowledge(turn, m, new JobVerdict.Dead());
    }

    private static void Acknowledge(ProjectTurn turn, JobSettled m, JobVerdict verdict) => turn.Add(new AckJob(m.Job, m.Term, m.Attempt, verdict));

    private static TimeSpan Pause(JobTrouble trouble)
    {
        if (trouble is { IsQuarantined: true, Failed: false })
        {
            return TimeSpan.FromSeconds(Limits.QuarantinedJobPauseSeconds);
        }

        if (trouble is { Lost: 1, Excused: 0, Failed: false })
        {
            return TimeSpan.Zero; // One node that died says nothing of the job.
        }

        var (first, max, times) = trouble.Excused > 0
            ? (Limits.FailureBackoffMillis, Limits.FailureBackoffMillisMax, trouble.Excused)
            : trouble.Failed
            ? (Limits.FailureBackoffMillis, Limits.FailureBackoffMillisMax, trouble.Failures)
            : (Limits.LossBackoffMillis, Limits.LossBackoffMillisMax, trouble.Lost - 1);
        return TimeSpan.FromMilliseconds(Math.Min(max, (long)first << Math.Clamp(times - 1, 0, 20)));
    }

    private static FarmError TooLong(int chunks) => new(
        ErrorCodes.TooLarge,
        $"The film would have {chunks} chunks; 1 to {Limits.ChunksPerProjectMax} are possible.",
        "Make it shorter, or split it.");

    private static FarmError NodeKiller(string job, int lost) => new(
        ErrorCodes.JobDead,
        $"Nodes were lost {lost} times while they worked on {job}; it is suspected of killing them.",
        "Look at the nodes' logs, then retry the project.");
}
