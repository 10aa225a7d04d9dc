using System.Collections.Immutable;
using Url2Video.Farm.Core.Jobs;
using static Url2Video.Farm.Core.Projects.ProjectEffect;

namespace Url2Video.Farm.Core.Projects;

/// <summary>What is owed after the journal moved from one state to another. From the empty state: everything.</summary>
internal static class OwedEffects
{
    public static ImmutableArray<ProjectEffect> Between(ProjectState before, ProjectState after, IPlanning planning)
    {
        if (ReferenceEquals(before, after))
        {
            return [];
        }

        var effects = ImmutableArray.CreateBuilder<ProjectEffect>();
        if (before.Phase != after.Phase || before.Status != after.Status)
        {
            effects.Add(new Announce(after.Phase, after.Status, after.Error));
        }

        // In a new term every machine starts anew, also when the project was paused and unpaused, or failed and retried, within one turn.
        var fresh = !before.IsWorking || before.Term != after.Term;
        if (before.IsWorking && (fresh || !after.IsWorking) && after.Phase != ProjectPhase.Completed)
        {
            effects.Add(new StopJobs());
        }

        if (after.IsWorking)
        {
            AddJobs(effects, fresh ? null : before, after, fresh && after.Term > 1, planning);
            if (!fresh && IsIncomplete(before) && !IsIncomplete(after))
            {
                effects.AddRange(DueJobs.Of(after).Select(job => new TellJob(job.Name, new JobMessage.Wake())));
            }

            if (!IsIncomplete(after))
            {
                AddOutput(effects, fresh || IsIncomplete(before) ? null : before, after);
            }
        }

        return effects.DrainToImmutable();
    }

    /// <summary>Publication and delivery owed, whether or not they were asked for before.</summary>
    public static ImmutableArray<ProjectEffect> OfOutput(ProjectState state)
    {
        var effects = ImmutableArray.CreateBuilder<ProjectEffect>();
        if (state.IsWorking && !IsIncomplete(state))
        {
            AddOutput(effects, null, state);
        }

        return effects.DrainToImmutable();
    }

    // What is to be published or delivered is being made again.
    private static bool IsIncomplete(ProjectState state) => state.Remakes.Any(r => r.Value.IsOpen);

    private static void AddJobs(
        ImmutableArray<ProjectEffect>.Builder effects, ProjectState? before, ProjectState after, bool mayBeHeld, IPlanning planning)
    {
        var known = before is null ? [] : DueJobs.Of(before).Select(job => (job, JobSpecs.FirstAttempt(before, job))).ToHashSet();
        foreach (var job in DueJobs.Of(after))
        {
            var first = JobSpecs.FirstAttempt(after, job);
            if (!known.Contains((job, first)))
            {
                var trouble = after.Troubles.GetValueOrDefault(job.Name);
                effects.Add(new StartJob(JobSpecs.Of(after, job, planning), first, trouble?.LastAttempt ?? 0, mayBeHeld)
                {
                    Avoid = trouble is null ? [] : [.. trouble.FailedOn.Union(trouble.LostOn).Take(Limits.AvoidedNodesMax)],
                });
            }
            else if (JobSpecs.Differ(before!, after, job.Kind))
            {
                effects.Add(new RespecJob(JobSpecs.Of(after, job, planning)));
            }
        }
    }

    private static void AddOutput(ImmutableArray<ProjectEffect>.Builder effects, ProjectState? before, ProjectState after)
    {
        if (after is { Plan: { } plan, Request: { } request, Facts: { } facts, IsPublished: false, IsHeldBack: false })
        {
            var from = Math.Max(before?.ChunksReady ?? 0, after.ChunksPublished);
            var isSoundNew = after.Sound is not null && before?.Sound is null;
            var areFilesNew = after.Files is not null && before?.Files is null;
            if (from < after.ChunksReady || isSoundNew || areFilesNew)
            {
                var inputs = new PublishInputs(after.Id, request.Formats, plan, facts, after.Sound, after.Files, after.Chunks) { TrickPlay = after.TrickPlay };
                effects.Add(new Publish(inputs, Math.Min(from, after.ChunksReady), after.ChunksReady));
            }
        }

        if (after is { Phase: ProjectPhase.Delivering, Files: { } files } && before?.Phase != ProjectPhase.Delivering)
        {
            var delivered = after.IsQuarantined ? files.Select(f => f with { Name = Quarantine.Folder + f.Name }).ToImmutableArray() : files;
            effects.Add(new Deliver(delivered, after.Request!.Formats) { IsQuarantined = after.IsQuarantined });
        }
    }
}
