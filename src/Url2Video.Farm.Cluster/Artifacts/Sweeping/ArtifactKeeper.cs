using Url2Video.Farm.Cluster.Store;
using Url2Video.Farm.Core.Errors;

namespace Url2Video.Farm.Cluster.Artifacts.Sweeping;

/// <summary>
/// Marks and sweeps the artifacts of one server when an operator asks, never by itself: a farm of an earlier version may share the folder without having
/// left its name there. Each server does so for its own folder; several on one folder do no harm to each other.
/// </summary>
internal sealed class ArtifactKeeper : IDisposable
{
    private readonly FarmDatabase _database;
    private readonly ArtifactStore _artifacts;
    private readonly ArtifactOwners _owners;
    private readonly string _farm;
    private readonly TimeProvider _clock;
    private readonly SemaphoreSlim _one = new(1, 1);

    /// <param name="farm">Name of the farm among all that might use the folder.</param>
    /// <exception cref="FarmException"><c>ERR_NOT_WRITABLE</c>, <c>ERR_DISK_FULL</c>.</exception>
    public ArtifactKeeper(FarmDatabase database, ArtifactStore artifacts, string farm, TimeProvider clock)
    {
        (_database, _artifacts, _farm, _clock) = (database, artifacts, farm, clock);
        _owners = new ArtifactOwners(artifacts.Root);
        _owners.Add(farm);
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

    public void Dispose() => _one.Dispose();
}
