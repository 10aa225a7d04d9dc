using Url2Video.Farm.Cluster.Artifacts;
using Url2Video.Farm.Cluster.Store;
using Url2Video.Farm.Core;
using Url2Video.Farm.Core.Contracts;

namespace Url2Video.Farm.Cluster.JobLogs;

/// <summary>The table farm_job_log; the texts are artifacts.</summary>
public sealed class DatabaseJobLogs(FarmDatabase database, ArtifactStore artifacts) : IJobLogs
{
    public async Task AddAsync(JobLogEntry entry, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(entry);
        await database.ExecuteAsync(
            """
            INSERT INTO farm_job_log (project, job, attempt, node, sha256, bytes, outcome, started_ms, ended_ms)
            VALUES (@project, @job, @attempt, @node, @sha256, @bytes, @outcome, @started, @ended)
            ON CONFLICT (project, job, attempt) DO UPDATE SET sha256 = excluded.sha256, bytes = excluded.bytes, outcome = excluded.outcome,
              started_ms = excluded.started_ms, ended_ms = excluded.ended_ms
            WHERE farm_job_log.node = excluded.node
            """,
            cancellation,
            ("project", entry.Project.Value),
            ("job", entry.Job),
            ("attempt", entry.Attempt),
            ("node", entry.Node.Value),
            ("sha256", entry.Log.Id.Sha256),
            ("bytes", entry.Log.Bytes),
            ("outcome", entry.Outcome),
            ("started", entry.StartedUnixMs),
            ("ended", entry.EndedUnixMs)).ConfigureAwait(false);
    }

    public Task<IReadOnlyList<JobLogEntry>> ListAsync(ProjectId project, string? job = null, CancellationToken cancellation = default) => database.QueryAsync(
        $"""
        SELECT job, attempt, node, sha256, bytes, outcome, started_ms, ended_ms FROM farm_job_log
        WHERE project = @project {(job is null ? "" : "AND job = @job")} ORDER BY attempt DESC, job LIMIT {Limits.JobLogsListedMax}
        """,
        r => new JobLogEntry(
            project,
            r.GetString(0),
            r.GetInt64(1),
            new NodeId(r.GetString(2)),
            new ArtifactRef(new ArtifactId(r.GetString(3)), r.GetInt64(4)),
            r.GetString(5),
            r.GetInt64(6),
            r.GetInt64(7)),
        cancellation,
        job is null ? [("project", project.Value)] : [("project", project.Value), ("job", job)]);

    public async Task<Stream> OpenAsync(JobLogEntry entry, CancellationToken cancellation = default) =>
        await artifacts.OpenReadAsync(entry.Log, cancellation).ConfigureAwait(false);
}
