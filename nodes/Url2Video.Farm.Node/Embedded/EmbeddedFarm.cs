using System.Collections.Immutable;
using Akka.Configuration;
using Microsoft.Extensions.Logging;
using Url2Video.Farm.Cluster.Artifacts;
using Url2Video.Farm.Cluster.Hosting;
using Url2Video.Farm.Cluster.JobLogs;
using Url2Video.Farm.Cluster.Persistence;
using Url2Video.Farm.Cluster.Publishing;
using Url2Video.Farm.Cluster.Store;
using Url2Video.Farm.Core;
using Url2Video.Farm.Core.Contracts;
using Url2Video.Farm.Core.Errors;
using Url2Video.Farm.Core.Projects;
using Url2Video.Farm.Node.Logs;
using Url2Video.Farm.Node.Running;

namespace Url2Video.Farm.Node.Embedded;

/// <summary>Server and node in one process, everything in one folder. Dispose of it to leave in order; killing it is safe too.</summary>
public sealed class EmbeddedFarm : IFarm
{
    /// <summary>A work that does not look at its token that long is left behind: its thread dies with the process.</summary>
    private static readonly TimeSpan PatienceWithWorks = TimeSpan.FromSeconds(1);

    private readonly DataDirectory _data;
    private readonly FileLog _log;
    private readonly ILoggerFactory _logging;
    private readonly FarmSystem _system;
    private readonly FarmClient _client;
    private readonly WorkRunner _runner;
    private Task? _stopped;

    private EmbeddedFarm(DataDirectory data, FileLog log, ILoggerFactory logging, FarmSystem system, WorkRunner runner, ArtifactStore artifacts)
    {
        (_data, _log, _logging, _system, _runner, Artifacts) = (data, log, logging, system, runner, artifacts);
        _client = new FarmClient(system);
    }

    public ArtifactStore Artifacts { get; }

    /// <summary>What attempts left in their logs.</summary>
    public required IJobLogs JobLogs { get; init; }

    internal FarmSystem System => _system;

    /// <summary>
    /// Takes the data folder and starts. Returns before the cluster has formed: everything that is asked meanwhile waits for it.
    /// Unfinished projects of the folder go on at once.
    /// </summary>
    /// <param name="works">One for each kind of job that this process does.</param>
    /// <exception cref="FarmException"><c>ERR_FARM_BUSY</c>, <c>ERR_NOT_WRITABLE</c>, <c>ERR_DISK_FULL</c>.</exception>
    public static Task<EmbeddedFarm> StartAsync(FarmOptions options, IEnumerable<IWork> works, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(works);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Workers, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(options.Workers, Limits.SlotsPerNodeMax);
        return Task.Run(() => Start(options, works, null), cancellation);
    }

    internal static EmbeddedFarm Start(FarmOptions options, IEnumerable<IWork> works, Config? overrides)
    {
        var data = DataDirectory.Open(options.DataDir);
        try
        {
            var self = new NodeIncarnation(new NodeId("embedded"), NodeEpoch.Next(Path.Combine(data.Root, "node.epoch")));

            // Works block threads of their own, but what they await continues on the pool: leave it room beside them.
            ThreadPool.GetMinThreads(out var poolThreads, out var ports);
            ThreadPool.SetMinThreads(Math.Max(poolThreads, Environment.ProcessorCount + options.Workers + 4), ports);

            var log = new FileLog(data.Log, options.LogLevel, options.Clock);
            var logging = LoggerFactory.Create(builder => builder.SetMinimumLevel(options.LogLevel).AddProvider(log).AddProvider(new AttemptLogProvider()));
            if (options.Logging is { } alsoTo)
            {
                logging.AddProvider(new ForwardingLog(alsoTo));
            }

            var artifacts = new ArtifactStore(data.Artifacts);
            artifacts.SweepIncoming();
            var results = new ResultIndex(data.Results, artifacts);
            results.SweepTemporaries();
            var system = FarmSystem.StartEmbedded(new FarmSystemSetup(StoreUrl.OfFile(data.Journal), artifacts, options.Clock, logging, options.LogLevel, overrides)
            {
                Capabilities = options.Capabilities.ToHashSet(StringComparer.Ordinal),
            });
            var jobLogs = new FileJobLogs(Path.Combine(data.Root, "joblogs"), artifacts);
            var runner = new WorkRunner(works, artifacts, results, data.Scratch, new AttemptLogs(jobLogs, options.Clock));
            ImmutableArray<string> capabilities = [.. options.Capabilities.Order(StringComparer.Ordinal).Distinct(StringComparer.Ordinal)];
            system.System.ActorOf(
                NodeActor.Props(new NodeParts(self, options.Workers, capabilities, system.Projects, system.Dispatcher, runner, options.Clock)), "node");
            return new EmbeddedFarm(data, log, logging, system, runner, artifacts) { JobLogs = jobLogs };
        }
        catch
        {
            data.Dispose();
            throw;
        }
    }

    public async Task<ProjectId> SubmitAsync(ProjectId id, ProjectRequest request, string outDir, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (!ProjectIds.TryParse(id.Value, out _))
        {
            throw new FarmException(ErrorCodes.InvalidArgument, $"'{id}' is not a project id.");
        }

        var folder = Path.GetFullPath(outDir);
        new FilePublisher(folder, Artifacts).Probe(); // Better now than after an hour of rendering.
        await _client.CommandAsync(id, new ProjectMessage.Submit(request with { OutDir = folder }), cancellation).ConfigureAwait(false);
        return id;
    }

    public async Task<ImmutableArray<ProjectSummary>> ResumeAsync(ProjectId? id, CancellationToken cancellation = default)
    {
        if (id is { } one)
        {
            var named = await _client.SummaryAsync(one, cancellation).ConfigureAwait(false) ?? throw NotFound(one);
            return named.Stage is ProjectStage.Completed or ProjectStage.Cancelled ? [] : [await TakeUpAsync(named, cancellation).ConfigureAwait(false)];
        }

        var going = ImmutableArray.CreateBuilder<ProjectSummary>();
        foreach (var project in (await _client.ListAsync(cancellation).ConfigureAwait(false)).Where(GoesOnUnasked))
        {
            try
            {
                going.Add(await TakeUpAsync(project, cancellation).ConfigureAwait(false));
            }
            catch (FarmException fault)
            {
                // One project that cannot go on must not keep the others from it.
                _logging.CreateLogger<EmbeddedFarm>().LogWarning(fault, "Project {Project} cannot be taken up.", project.Id);
            }
        }

        return going.ToImmutable();
    }

    // What failed for a reason that a new try cannot change goes on only when it is asked for by name.
    private static bool GoesOnUnasked(ProjectSummary project) =>
        !project.Stage.IsFinal() || project is { Stage: ProjectStage.Failed, Error: { Retryable: true } };

    private async Task<ProjectSummary> TakeUpAsync(ProjectSummary project, CancellationToken cancellation)
    {
        if (project.Stage == ProjectStage.Failed)
        {
            await _client.CommandAsync(project.Id, new ProjectMessage.Retry(), cancellation).ConfigureAwait(false);
        }

        return await _client.SummaryAsync(project.Id, cancellation).ConfigureAwait(false) ?? project;
    }

    public IAsyncEnumerable<FarmProgress> WatchAsync(ProjectId id, CancellationToken cancellation = default) => _client.WatchAsync(id, cancellation);

    public Task<ImmutableArray<ProjectSummary>> ListAsync(CancellationToken cancellation = default) => _client.ListAsync(cancellation);

    public Task CancelAsync(ProjectId id, CancellationToken cancellation = default) =>
        _client.CommandAsync(id, new ProjectMessage.Cancel("Cancelled by its owner."), cancellation);

    public Task PauseAsync(ProjectId id, CancellationToken cancellation = default) =>
        _client.CommandAsync(id, new ProjectMessage.Pause(), cancellation);

    public Task UnpauseAsync(ProjectId id, CancellationToken cancellation = default) =>
        _client.CommandAsync(id, new ProjectMessage.Unpause(), cancellation);

    public Task SetPriorityAsync(ProjectId id, Band band, int weight, CancellationToken cancellation = default) =>
        _client.CommandAsync(id, new ProjectMessage.SetPriority(band, weight), cancellation);

    public Task RetryJobAsync(ProjectId id, string job, CancellationToken cancellation = default) =>
        _client.CommandAsync(id, new ProjectMessage.RetryJob(job), cancellation);

    public Task KillJobAsync(ProjectId id, string job, CancellationToken cancellation = default) =>
        _client.CommandAsync(id, new ProjectMessage.KillJob(job), cancellation);

    public Task<ProjectDetail?> ProjectAsync(ProjectId id, CancellationToken cancellation = default) => _client.ProjectAsync(id, cancellation);

    public Task<JobPage?> JobsAsync(
        ProjectId id, JobFilter filter, string? cursor = null, int max = Limits.JobsPerPageMax, CancellationToken cancellation = default) =>
        _client.JobsAsync(id, filter, cursor, max, cancellation);

    public Task StopAsync() => _stopped ??= StopOnceAsync();

    public async ValueTask DisposeAsync() => await StopAsync().ConfigureAwait(false);

    private async Task StopOnceAsync()
    {
        try
        {
            await _system.StopAsync().ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            // A machine too busy to say goodbye in time: nothing is lost by that, and a film that is finished stays finished.
            _logging.CreateLogger<EmbeddedFarm>().LogWarning("The farm did not stop in time; it is left as it stands.");
        }

        try
        {
            await _runner.WhenIdleAsync(PatienceWithWorks).ConfigureAwait(false);
            _runner.ClearFilms();
        }
        finally
        {
            _logging.Dispose();
            _log.Dispose();
            _data.Dispose();
        }
    }

    private static FarmException NotFound(ProjectId id) => new(WatchActor.NotFound(id));
}
