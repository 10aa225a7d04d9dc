using System.Collections.Immutable;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Url2Video.Farm.Api.Hosting;
using Url2Video.Farm.Cluster.Hosting;
using Url2Video.Farm.Cluster.JobLogs;
using Url2Video.Farm.Core;
using Url2Video.Farm.Core.Contracts;
using Url2Video.Farm.Core.Dispatch;
using Url2Video.Farm.Core.Errors;
using Url2Video.Farm.Core.Projects;

namespace Url2Video.Farm.Api.Farm;

/// <param name="Running">A node works on it.</param>
/// <param name="Cause">Why it does not run; empty when it runs or is done.</param>
internal sealed record WhyRow(
    string Project, string Job, string Stage, bool Running, string Cause, string? Node, int Failures, int Lost, FarmError? LastError, ImmutableArray<string> Needs)
{
    /// <summary>What is worth knowing besides: it takes long, or nodes were lost under it; null for most.</summary>
    public string? Note { get; init; }

    /// <summary>What the dispatcher says of a job that is queued there; null for others.</summary>
    public Explanation? Queue { get; init; }
}

/// <param name="Outcome">finished, failed or stopped.</param>
internal sealed record LogRow(long Attempt, string Node, string Outcome, DateTimeOffset StartedAt, DateTimeOffset EndedAt, long Bytes);

/// <param name="Data">Every attempt that left a log, the newest first.</param>
/// <param name="Attempt">The one whose text this is.</param>
internal sealed record JobLogText(string Project, string Job, ImmutableArray<LogRow> Data, long Attempt, string Text, string AnsweredBy);

/// <summary>Single jobs: where each stands, why it does not run, what it said.</summary>
internal sealed class JobsModule : IApiModule
{
    private const int JobsDefault = 100;

    public void Map(IEndpointRouteBuilder routes, ApiParts parts)
    {
        var (read, admin, changes, self) = (Access.Key(Scopes.FarmRead), Access.Key(Scopes.FarmAdmin), new Changes(parts), ClusterFacts.SelfOf(parts.Farm.System));
        var logs = new DatabaseJobLogs(parts.Database, parts.Artifacts);
        routes.MapGet(FarmRoutes.Jobs, async (string project, string? stage, string? prefix, string? cursor, int? limit, CancellationToken cancellation) =>
        {
            var page = await PageAsync(parts, FarmIds.Project(project), new JobFilter(Stage(stage), prefix), cursor, limit ?? JobsDefault, cancellation).ConfigureAwait(false);
            return Answers.Of(new FarmList<JobView>(page.Jobs, self, page.Next is not null, page.Next));
        }).WithAccess(read);
        routes.MapGet(FarmRoutes.JobWhy, async (string project, string job, CancellationToken cancellation) =>
            Answers.Of(await WhyAsync(parts, FarmIds.Job(project, job), cancellation).ConfigureAwait(false))).WithAccess(read);
        routes.MapGet(FarmRoutes.JobLog, async (string project, string job, long? attempt, CancellationToken cancellation) =>
            Answers.Of(await LogAsync(logs, FarmIds.Job(project, job), attempt, self, cancellation).ConfigureAwait(false))).WithAccess(read);
        Order("retry", FarmRoutes.JobRetry, static name => new ProjectMessage.RetryJob(name), static job => $"{job} is tried again at once; what runs of it is stopped.");
        Order("kill", FarmRoutes.JobKill, static name => new ProjectMessage.KillJob(name), static job => $"What runs of {job} is stopped; it goes back to the queue.");

        void Order(string verb, string route, Func<string, ProjectMessage> command, Func<JobId, string> effect) =>
            routes.MapPost(route, (string project, string job, Change? change, HttpContext http, CancellationToken cancellation) =>
            {
                var id = FarmIds.Job(project, job);
                return changes.RunAsync(
                    http,
                    $"job {verb} {id}",
                    change,
                    async () =>
                    {
                        await FindAsync(parts, id, cancellation).ConfigureAwait(false);
                        return [effect(id)];
                    },
                    () => parts.Client.CommandAsync(id.Project, command(id.Name), cancellation));
            }).WithAccess(admin);
    }

    private static async Task<WhyRow> WhyAsync(ApiParts parts, JobId id, CancellationToken cancellation)
    {
        var job = await FindAsync(parts, id, cancellation).ConfigureAwait(false);
        var isRunning = job.Stage is JobStages.Running or JobStages.Settling;
        if (job.Stage == JobStages.Offered)
        {
            // The project knows that it is queued; why it is not its turn, only the dispatcher.
            var told = await new SchedulingClient(parts.Farm).ExplainAsync(id, cancellation).ConfigureAwait(false);
            if (told.Reason != WaitReason.NotQueued)
            {
                return new(id.Project.Value, id.Name, job.Stage, told.Reason == WaitReason.Running, told.Sentence, job.Node, job.Failures, job.Lost, job.LastError, job.Needs) { Queue = told, Note = job.Note };
            }
        }

        return new(id.Project.Value, id.Name, job.Stage, isRunning, isRunning || job.Stage == JobStages.Done ? "" : Cause(job), job.Node, job.Failures, job.Lost, job.LastError, job.Needs) { Note = job.Note };
    }

    // Every stage has words of its own, so that there is an answer even where the project gives no reason.
    private static string Cause(JobView job) => job.Reason ?? job.Stage switch
    {
        JobStages.Planned => "It is not wanted yet.",
        JobStages.Waiting => "It pauses after an attempt that came to nothing.",
        JobStages.Granted => "A node was chosen and has not confirmed yet.",
        JobStages.Dead => $"It is not tried again by itself: {job.LastError?.Message}",
        _ => "It is queued at the dispatcher and waits for a node.",
    };

    private static async Task<JobView> FindAsync(ApiParts parts, JobId id, CancellationToken cancellation)
    {
        var page = await PageAsync(parts, id.Project, new JobFilter(Prefix: id.Name), null, 1, cancellation).ConfigureAwait(false);
        return page.Jobs.FirstOrDefault(j => j.Name == id.Name)
            ?? throw new FarmException(ErrorCodes.JobNotFound, $"{id.Project} has no job {id.Name}, or not yet.", $"`pbm job list {id.Project}` lists them.");
    }

    private static async Task<JobPage> PageAsync(ApiParts parts, ProjectId project, JobFilter filter, string? cursor, int limit, CancellationToken cancellation) =>
        await parts.Client.JobsAsync(project, filter, cursor, Math.Clamp(limit, 1, Limits.JobsPerPageMax), cancellation).ConfigureAwait(false)
            ?? throw new FarmException(ErrorCodes.ProjectNotFound, $"There is no project {project}.", "`pbm project list` lists them.");

    private static async Task<JobLogText> LogAsync(DatabaseJobLogs logs, JobId id, long? attempt, string self, CancellationToken cancellation)
    {
        var entries = await logs.ListAsync(id.Project, id.Name, cancellation).ConfigureAwait(false);
        var entry = entries.FirstOrDefault(e => attempt is null || e.Attempt == attempt)
            ?? throw new FarmException(ErrorCodes.NotFound, $"{id.Name} has left no {(attempt is null ? "log yet" : "log of that attempt")}.", "An attempt's log is there when it has ended.");
        using var stream = await logs.OpenAsync(entry, cancellation).ConfigureAwait(false);
        using var reader = new StreamReader(stream, Encoding.UTF8);
        var text = await reader.ReadToEndAsync(cancellation).ConfigureAwait(false);
        return new(id.Project.Value, id.Name, [.. entries.Select(Row)], entry.Attempt, text, self);
    }

    private static LogRow Row(JobLogEntry e) => new(
        e.Attempt, e.Node.Value, e.Outcome, DateTimeOffset.FromUnixTimeMilliseconds(e.StartedUnixMs), DateTimeOffset.FromUnixTimeMilliseconds(e.EndedUnixMs), e.Log.Bytes);

    private static string? Stage(string? word) => word is null || JobStages.All.Contains(word)
        ? word
        : throw new FarmException(ErrorCodes.InvalidArgument, "There is no such stage.", $"One of {string.Join(", ", JobStages.All)}.");
}
