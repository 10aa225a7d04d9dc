using Url2Video.Farm.Core;
using Url2Video.Farm.Core.Contracts;

namespace Url2Video.Farm.Cluster.JobLogs;

/// <summary>Where logs of attempts are listed.</summary>
public interface IJobLogSink
{
    /// <summary>Lists the log of an attempt; its text is stored already. Listing it again replaces nothing of another node.</summary>
    Task AddAsync(JobLogEntry entry, CancellationToken cancellation = default);
}

/// <summary>The logs that attempts left. Safe for any thread.</summary>
public interface IJobLogs : IJobLogSink
{
    /// <summary>Newest attempt first, at most <see cref="Limits.JobLogsListedMax"/>.</summary>
    /// <param name="job">Name of one job within the project; null for all.</param>
    Task<IReadOnlyList<JobLogEntry>> ListAsync(ProjectId project, string? job = null, CancellationToken cancellation = default);

    /// <summary>The text, from its beginning.</summary>
    /// <exception cref="Core.Errors.FarmException"><c>ERR_ARTIFACT_MISSING</c>.</exception>
    Task<Stream> OpenAsync(JobLogEntry entry, CancellationToken cancellation = default);
}
