using Url2Video.Farm.Core.Contracts;

namespace Url2Video.Farm.Core.Projects;

/// <summary>Every job a project has or is known to get, in the order of the film.</summary>
internal static class AllJobs
{
    public static IEnumerable<DueJob> Of(ProjectState state)
    {
        if (state.Phase == ProjectPhase.New)
        {
            yield break;
        }

        yield return new DueJob(JobKind.Ingest, 0);
        if (DueJobs.IsKnown(state, new DueJob(JobKind.Write, 0)))
        {
            yield return new DueJob(JobKind.Write, 0);
        }

        for (var i = 0; i < state.Speeches.Count; i++)
        {
            if (state.Facts!.Scenes[i].Say is not null)
            {
                yield return new DueJob(JobKind.Speak, i);
            }
        }

        if (state.Plan is null)
        {
            yield break;
        }

        yield return new DueJob(JobKind.Mix, 0);
        for (var i = 0; i < state.Chunks.Count; i++)
        {
            yield return new DueJob(JobKind.Render, i);
        }

        yield return new DueJob(JobKind.Assemble, 0);
    }
}
