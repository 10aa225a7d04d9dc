using System.Collections.Immutable;
using Url2Video.Farm.Cluster.Artifacts;
using Url2Video.Farm.Core;
using Url2Video.Farm.Core.Contracts;
using Url2Video.Farm.Core.Errors;

namespace Url2Video.Farm.Cluster.Hosting;

/// <summary>What a client of a running farm may ask of it.</summary>
public interface IFarm : IAsyncDisposable
{
    /// <summary>Where the files of a submission are put before it, and where results are read.</summary>
    ArtifactStore Artifacts { get; }

    /// <summary>Returns when the project is in the journal; from then on nothing but a cancel stops it. Submitting the same id again is harmless.</summary>
    /// <param name="id">Made by the caller (<see cref="ProjectIds"/>), so that an unanswered submit can be repeated.</param>
    /// <param name="outDir">Absolute path of the folder for the results; made when the first file is ready.</param>
    /// <exception cref="FarmException">The request was refused, or the journal cannot be written.</exception>
    Task<ProjectId> SubmitAsync(ProjectId id, ProjectRequest request, string outDir, CancellationToken cancellation = default);

    /// <summary>
    /// Wakes a project, or all that are not finished, and gives failed ones another try: by name always, else only what failed for a reason
    /// that a new try may change (a full disk, a lost network).
    /// </summary>
    /// <param name="id">Null for all.</param>
    /// <returns>The projects that go on.</returns>
    /// <exception cref="FarmException"><c>ERR_PROJECT_NOT_FOUND</c>.</exception>
    Task<ImmutableArray<ProjectSummary>> ResumeAsync(ProjectId? id, CancellationToken cancellation = default);

    /// <summary>What happens to a project from now on, the present figures first; ends after <see cref="FarmProgress.Finished"/>.</summary>
    /// <exception cref="FarmException"><c>ERR_PROJECT_NOT_FOUND</c>.</exception>
    IAsyncEnumerable<FarmProgress> WatchAsync(ProjectId id, CancellationToken cancellation = default);

    /// <summary>All projects of the journal, the newest first.</summary>
    Task<ImmutableArray<ProjectSummary>> ListAsync(CancellationToken cancellation = default);

    /// <summary>Stops a project for good; its artifacts stay. Cancelling a finished project changes nothing.</summary>
    Task CancelAsync(ProjectId id, CancellationToken cancellation = default);

    /// <summary>Stops all work of a project within two seconds; what is finished stays, and nothing goes on until <see cref="UnpauseAsync"/>.</summary>
    /// <exception cref="FarmException"><c>ERR_PROJECT_STATE</c>.</exception>
    Task PauseAsync(ProjectId id, CancellationToken cancellation = default);

    /// <exception cref="FarmException"><c>ERR_PROJECT_STATE</c>.</exception>
    Task UnpauseAsync(ProjectId id, CancellationToken cancellation = default);

    /// <summary>How urgent the project is from now on; what runs is not disturbed.</summary>
    /// <param name="weight">1..<see cref="Limits.ProjectWeightMax"/>.</param>
    Task SetPriorityAsync(ProjectId id, Band band, int weight, CancellationToken cancellation = default);

    /// <summary>Tries one job again now; a project that failed of it is taken up again.</summary>
    /// <exception cref="FarmException"><c>ERR_JOB_NOT_FOUND</c>, <c>ERR_PROJECT_STATE</c>.</exception>
    Task RetryJobAsync(ProjectId id, string job, CancellationToken cancellation = default);

    /// <summary>Stops what runs of one job; it goes back to the queue and nothing is counted against it.</summary>
    /// <exception cref="FarmException"><c>ERR_JOB_NOT_FOUND</c>, <c>ERR_PROJECT_STATE</c>.</exception>
    Task KillJobAsync(ProjectId id, string job, CancellationToken cancellation = default);

    /// <summary>Everything about one project; null for one that never was.</summary>
    Task<ProjectDetail?> ProjectAsync(ProjectId id, CancellationToken cancellation = default);

    /// <summary>A page of a project's jobs, why each that does not run does not; null for a project that never was.</summary>
    /// <param name="cursor">Of <see cref="JobPage.Next"/>; null for the first page.</param>
    /// <param name="max">1..<see cref="Limits.JobsPerPageMax"/>.</param>
    Task<JobPage?> JobsAsync(ProjectId id, JobFilter filter, string? cursor = null, int max = Limits.JobsPerPageMax, CancellationToken cancellation = default);

    /// <summary>Leaves in order (under two seconds). Unfinished projects stay in the journal and go on at the next start.</summary>
    Task StopAsync();
}
