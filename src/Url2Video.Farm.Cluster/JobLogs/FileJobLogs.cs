using System.Globalization;
using System.Text.Json;
using Url2Video.Farm.Cluster.Artifacts;
using Url2Video.Farm.Cluster.Hosting;
using Url2Video.Farm.Core;
using Url2Video.Farm.Core.Contracts;
using Url2Video.Farm.Core.Errors;

namespace Url2Video.Farm.Cluster.JobLogs;

/// <summary>The same without a database: a folder a project, a small file an attempt; the texts are artifacts.</summary>
public sealed class FileJobLogs(string root, ArtifactStore artifacts) : IJobLogs
{
    private const int EntryBytesMax = 4_096;

    /// <exception cref="FarmException"><c>ERR_INVALID_ARGUMENT</c>, <c>ERR_DISK_FULL</c>, <c>ERR_NOT_WRITABLE</c>.</exception>
    public Task AddAsync(JobLogEntry entry, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(entry);
        _ = JobLogReport.Of(entry).Judge(entry.Node);
        var folder = FolderOf(entry.Project);
        var path = Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"{entry.Job.Replace('/', '-')}.{entry.Attempt}.json"));
        try
        {
            Directory.CreateDirectory(folder);

            // No fsync: a log that is lost with the power says nothing about the film.
            File.WriteAllBytes(path + ".tmp", JsonSerializer.SerializeToUtf8Bytes(JobLogReport.Of(entry), JobLogJson.Default.JobLogReport));
            File.Move(path + ".tmp", path, overwrite: true);
        }
        catch (Exception fault) when (IoFaults.IsKnown(fault))
        {
            throw IoFaults.Translate(fault, "keep the log of an attempt");
        }

        return Task.CompletedTask;
    }

    public Task<IReadOnlyList<JobLogEntry>> ListAsync(ProjectId project, string? job = null, CancellationToken cancellation = default)
    {
        var folder = FolderOf(project);
        IReadOnlyList<JobLogEntry> found = !Directory.Exists(folder)
            ? []
            :
            [
                .. Directory.EnumerateFiles(folder, "*.json")
                    .Select(Read)
                    .OfType<JobLogEntry>()
                    .Where(e => job is null || e.Job == job)
                    .OrderByDescending(e => e.Attempt)
                    .ThenBy(e => e.Job, StringComparer.Ordinal)
                    .Take(Limits.JobLogsListedMax),
            ];
        return Task.FromResult(found);
    }

    public Task<Stream> OpenAsync(JobLogEntry entry, CancellationToken cancellation = default) => Task.FromResult<Stream>(artifacts.OpenRead(entry.Log));

    private static JobLogEntry? Read(string path)
    {
        try
        {
            return new FileInfo(path).Length > EntryBytesMax
                ? null
                : JsonSerializer.Deserialize(File.ReadAllBytes(path), JobLogJson.Default.JobLogReport)?.Judge(new NodeId("embedded"));
        }
        catch (Exception fault) when (fault is JsonException or FarmException || IoFaults.IsKnown(fault))
        {
            return null; // Half-written or not ours.
        }
    }

    private string FolderOf(ProjectId project) => ProjectIds.TryParse(project.Value, out var id)
        ? Path.Combine(root, id.Value)
        : throw new FarmException(ErrorCodes.ProjectNotFound, "This is not the id of a project.");
}
