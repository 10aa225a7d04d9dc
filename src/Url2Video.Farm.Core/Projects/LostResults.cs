using System.Collections.Immutable;
using Url2Video.Farm.Core.Contracts;
using Url2Video.Farm.Core.Errors;
using Url2Video.Farm.Core.Quality;
using static Url2Video.Farm.Core.Projects.ProjectEvent;

namespace Url2Video.Farm.Core.Projects;

/// <summary>
/// What happens when an artifact of a finished job turns out missing or damaged: the job that made it is done again, and only that one,
/// because its result must come out the same. So a project never becomes unfinishable through a lost file.
/// </summary>
internal static class LostResults
{
    /// <summary>The finished job that made the artifact which the error names; null when none did.</summary>
    public static DueJob? OwnerOf(ProjectState state, FarmError error)
    {
        if (error is not { Artifact: { } artifact, Code: ErrorCodes.ArtifactMissing or ErrorCodes.ArtifactCorrupt })
        {
            return null;
        }

        // Several may have made equal bytes; one of them is enough to have them again.
        foreach (var job in AllJobs.Of(state))
        {
            if (ResultFiles.Of(state, job).Any(f => f.Id.Sha256 == artifact))
            {
                return job;
            }
        }

        return null;
    }

    /// <returns>False when the error is of another kind and remains to be dealt with.</returns>
    public static bool Take(ProjectTurn turn, FarmError error)
    {
        if (OwnerOf(turn.State, error) is not { } owner)
        {
            return false;
        }

        var remake = turn.State.Remakes.GetValueOrDefault(owner.Name);
        if (remake is { IsOpen: true })
        {
            return true; // Somebody else missed it before.
        }

        if (remake?.Times >= Limits.ResultsLostPerJobMax)
        {
            var fatal = new FarmError(
                error.Code,
                $"What {owner.Name} made was lost {remake.Times + 1} times: {error.Message}",
                "Look at the disks of the artifact store, then retry the project.");
            turn.Commit(new JobDied(new DeadJob(owner.Name, AttemptNumber.FirstOf(turn.State.Term, remake.Times), 0, 0, fatal)));
            turn.Commit(new Failed(fatal, turn.Now));
            return true;
        }

        turn.Commit(new ResultsLost([owner.Name], new ArtifactId(error.Artifact!), turn.Now));
        return true;
    }

    private static bool HasNewMeasure(ProjectState state, DueJob job, JobResult result) => result switch
    {
        JobResult.Rendered { Measure: not null } => state.Chunks[job.Index] is { Measure: null },
        JobResult.Mixed { Measure: not null } => state.Sound is { Measure: null },
        _ => false,
    };

    /// <summary>What was made of the lost files stands, so the new ones must be the same. Only a page may read differently by now.</summary>
    public static FarmError? Difference(ProjectState state, DueJob job, JobResult result)
    {
        if (state.Remakes.GetValueOrDefault(job.Name) is not { IsOpen: true } || result is JobResult.Ingested { Storyboard: null })
        {
            return null;
        }

        if (result is JobResult.Assembled { Files: var files } assembled)
        {
            return !IsJudgedAnotherWay(state, assembled) && IsWoundTheSameWay(state, assembled) && (state.Files is not { } known || FilmsAmong(known).SequenceEqual(FilmsAmong(files))) ? null : Different(job);
        }

        // What was made before there was a judge, or without one, has no measure; made again it may have.
        var before = ResultFiles.Of(state, job).ToList();
        var now = ResultFiles.Of(result).ToList();
        return before.Count == 0 || before.SequenceEqual(now) || (HasNewMeasure(state, job, result) && before.SequenceEqual(now.SkipLast(1)))
            ? null
            : Different(job);
    }

    // The report is no part of the film: there was none before there was a judge, and a newer judge says more. The new one replaces it.
    private static IEnumerable<OutputFile> FilmsAmong(ImmutableArray<OutputFile> files) => files.Where(f => f.Name != QualityJson.FileName);

    // A node of another version may have made nothing of it.
    private static bool IsWoundTheSameWay(ProjectState state, JobResult.Assembled result) =>
        state.TrickPlay is not { } known || result.TrickPlay is not { } made || known.All().SequenceEqual(made.All());

    // But what a gate let out, or kept, stays so.
    private static bool IsJudgedAnotherWay(ProjectState state, JobResult.Assembled result) =>
        state is { Request.Quality: QualityMode.Gate, Verdict: { } known } && known.Errors > 0 != result.Verdict is not { Errors: 0 };

    private static FarmError Different(DueJob job) => ResultCheck.Wrong(job, "its files were lost, and made again they came out different");
}
