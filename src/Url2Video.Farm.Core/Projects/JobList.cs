using System.Collections.Immutable;
using System.Globalization;
using Url2Video.Farm.Core.Contracts;
using Url2Video.Farm.Core.Errors;
using Url2Video.Farm.Core.Jobs;

namespace Url2Video.Farm.Core.Projects;

/// <summary>What the shell knows of a job in work beyond the journal.</summary>
/// <param name="Status">Null when its machine has not spoken yet.</param>
/// <param name="Since">When it came into its stage.</param>
public sealed record JobLive(JobStatus? Status, DateTimeOffset Since, int Permille, string? Tail, FarmError? LastError);

/// <summary>The jobs of a project as a list of pages, with the reason why each is not running.</summary>
public static class JobList
{
    /// <param name="liveOf">By name; null for a job that is not in work.</param>
    /// <param name="cursor">Of <see cref="JobPage.Next"/>; null or unreadable for the beginning.</param>
    /// <param name="max">1..<see cref="Limits.JobsPerPageMax"/>; clamped.</param>
    public static JobPage Page(ProjectState state, Func<string, JobLive?> liveOf, JobFilter filter, string? cursor, int max, DateTimeOffset now)
    {
        var from = int.TryParse(cursor, NumberStyles.None, CultureInfo.InvariantCulture, out var at) ? at : 0;
        var due = DueJobs.Of(state).ToHashSet();
        var views = ImmutableArray.CreateBuilder<JobView>();
        var (known, next) = (0, (string?)null);
        foreach (var job in AllJobs.Of(state))
        {
            var index = known++;
            if (index < from || next is not null || filter.Prefix is { } prefix && !job.Name.StartsWith(prefix, StringComparison.Ordinal))
            {
                continue;
            }

            var isDue = due.Contains(job);
            var live = isDue ? liveOf(job.Name) : null;
            var stage = StageOf(state, job, isDue, live);
            if (filter.Stage is { } wanted && wanted != stage)
            {
                continue;
            }

            if (views.Count == Math.Clamp(max, 1, Limits.JobsPerPageMax))
            {
                next = index.ToString(CultureInfo.InvariantCulture);
                continue;
            }

            views.Add(View(state, job, stage, live, now));
        }

        return new JobPage(views.ToImmutable(), next, known);
    }

    private static string StageOf(ProjectState state, DueJob job, bool isDue, JobLive? live) =>
        DueJobs.IsDone(state, job) ? JobStages.Done
        : state.Dead.Any(d => d.Job == job.Name) ? JobStages.Dead
        : isDue ? live?.Status?.Stage ?? JobStages.Waiting
        : JobStages.Planned;

    private static JobView View(ProjectState state, DueJob job, string stage, JobLive? live, DateTimeOffset now)
    {
        var trouble = state.Troubles.GetValueOrDefault(job.Name);
        var status = live?.Status;
        return new(
            job.Name,
            job.Kind.ToString().ToLowerInvariant(),
            stage,
            status?.Attempt ?? 0,
            status?.Node?.Value,
            live is null ? 0 : Math.Max(0, (long)(now - live.Since).TotalMilliseconds),
            stage == JobStages.Done ? 1000 : live?.Permille ?? 0,
            live?.Tail,
            trouble?.Failures ?? 0,
            trouble?.Lost ?? 0,
            live?.LastError,
            JobReason.Of(state, job, stage, live, now))
        {
            Note = JobReason.Note(state, job, live),
            Twin = status?.Twin?.Value,
            Needs = JobSpecs.NeedsOf(state, job),
        };
    }
}
