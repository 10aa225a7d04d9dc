using System.Data.Common;
using Microsoft.Extensions.Logging;
using Url2Video.Farm.Cluster.Store;
using Url2Video.Farm.Core.Errors;

namespace Url2Video.Farm.Cluster.Artifacts.Sweeping;

/// <summary>
/// Marks and sweeps the artifacts of one server, once a day and when an operator asks. Each server does so for its own folder; several on one
/// folder do no harm to each other.
/// </summary>
internal sealed partial class ArtifactKeeper : IAsyncDisposable
{
    private static readonly TimeSpan Period = TimeSpan.FromHours(24);

    private readonly FarmDatabase _database;
    private readonly ArtifactStore _artifacts;
    private readonly ArtifactOwners _owners;
    private readonly string _farm;
    private readonly TimeProvider _clock;
    private readonly ILogger _log;
    private readonly SemaphoreSlim _one = new(1, 1);
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _running;
    private bool _isDisposed;

    /// <param name="farm">Name of the farm among all that might use the folder.</param>
    /// <exception cref="FarmException"><c>ERR_NOT_WRITABLE</c>, <c>ERR_DISK_FULL</c>.</exception>
    public ArtifactKeeper(FarmDatabase database, ArtifactStore artifacts, string farm, TimeProvider clock, ILogger log)
    {
        (_database, _artifacts, _farm, _clock, _log) = (database, artifacts, farm, clock, log);
        _owners = new ArtifactOwners(artifacts.Root);
        _owners.Add(farm);
        _running = EachDayAsync();
    }

    /// <param name="dryRun">Count what would go.</param>
    /// <exception cref="FarmException">See <see cref="MarkReader.RunAsync"/> and <see cref="ArtifactSweep.Run"/>; <c>ERR_CONFLICT</c>: a sweep is under way.</exception>
    public async Task<SweepReport> RunAsync(bool dryRun, CancellationToken cancellation)
    {
        if (!await _one.WaitAsync(TimeSpan.Zero, cancellation).ConfigureAwait(false))
        {
            throw new FarmException(ErrorCodes.Conflict, "A sweep of this server is under way.", "Wait for its end.", retryable: true);
        }

        try
        {
            _owners.RequireOnly(_farm);
            var sweep = new ArtifactSweep(_artifacts.With(null), _clock);
            var cutoff = sweep.Cutoff;
            var marks = await new MarkReader(_database, _artifacts).RunAsync(cancellation).ConfigureAwait(false);
            return await Task.Run(() => sweep.Run(marks, cutoff, dryRun, cancellation), cancellation).ConfigureAwait(false);
        }
        finally
        {
            _one.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _isDisposed, true))
        {
            return;
        }

        await _stop.CancelAsync().ConfigureAwait(false);
        await _running.ConfigureAwait(false);
        _stop.Dispose();
        _one.Dispose();
    }

    private async Task EachDayAsync()
    {
        using var timer = new PeriodicTimer(Period, _clock);
        try
        {
            while (await timer.WaitForNextTickAsync(_stop.Token).ConfigureAwait(false))
            {
                await TryAsync().ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException)
        {
            // Stopping.
        }
    }

    private async Task TryAsync()
    {
        try
        {
            var report = await RunAsync(dryRun: false, _stop.Token).ConfigureAwait(false);
            Swept(_log, report.Swept, report.SweptBytes, report.Kept);
        }
        catch (Exception fault) when (fault is FarmException or DbException or TimeoutException || IoFaults.IsKnown(fault))
        {
            NotSwept(_log, fault.Message);
        }
    }

    [LoggerMessage(LogLevel.Information, "{Count} artifacts ({Bytes} bytes) that nothing names were deleted, {Kept} stay.")]
    private static partial void Swept(ILogger log, long count, long bytes, long kept);

    [LoggerMessage(LogLevel.Warning, "The artifacts were not swept; it is tried again in a day: {Why}")]
    private static partial void NotSwept(ILogger log, string why);
}
