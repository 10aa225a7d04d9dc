using System.Collections.Concurrent;
using System.Net.Http.Headers;
using Microsoft.Extensions.Logging;
using Url2Video.Farm.Cluster.Artifacts.Transfer;
using Url2Video.Farm.Core;
using Url2Video.Farm.Core.Errors;

namespace Url2Video.Farm.Cluster.Artifacts.Peers;

/// <param name="Copies">Servers that must have an artifact before it is acknowledged, 1 or 2. 1 where the folder is shared or the server is alone.</param>
/// <param name="Secret">Of farm_secret, <see cref="PeerToken.SecretName"/>.</param>
internal sealed record PeerSetup(ArtifactStore Store, IPeers Peers, HttpMessageInvoker Http, byte[] Secret, int Copies, TimeProvider Clock, ILogger Log);

/// <summary>
/// The servers of a farm without shared storage as one store: what is missing here is fetched from another, what is new here is copied to another
/// before anybody is told that it is stored. While no other server takes the copy it is owed, and paid when one is back: a farm that has
/// lost all servers but one goes on.
/// </summary>
internal sealed class PeerArtifacts : IArtifactBackend, IAsyncDisposable
{
    /// <summary>Peers answer at once or are dead; whoever waits for the copy should not.</summary>
    private const int TriesMax = 2;

    private const int CopiedKnownMax = 100_000;

    /// <summary>After that the other server is asked again: it counts as new there, too, and is not swept before it is named.</summary>
    private static readonly TimeSpan CopyBelieved = TimeSpan.FromHours(Limits.UnnamedArtifactHours / 4);
    private static readonly TimeSpan PayPeriod = TimeSpan.FromSeconds(5);

    private readonly PeerSetup _setup;
    private readonly ArtifactStore _here;
    private readonly PartialFiles _parts;
    private readonly OwedCopies _owed;
    private readonly ConcurrentDictionary<ArtifactRef, long> _copied = new();
    private readonly ConcurrentDictionary<ArtifactRef, Lazy<Task<bool>>> _coming = new();
    private readonly DeadPeers _dead;
    private readonly SemaphoreSlim _room = new(Limits.PeerFetchesAtOnceMax, Limits.PeerFetchesAtOnceMax);
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _paying;

    public PeerArtifacts(PeerSetup setup)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(setup.Copies, 1, nameof(setup));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(setup.Copies, 2, nameof(setup));
        (_setup, _here) = (setup, setup.Store.With(null));
        (_parts, _owed, _dead) = (new PartialFiles(_here, setup.Clock), new OwedCopies(_here.Root), new DeadPeers(setup.Clock));
        _paying = setup.Copies > 1 ? PayAsync() : Task.CompletedTask;
    }

    /// <summary>The store for everybody on this server.</summary>
    public ArtifactStore Store => _here.With(this);

    /// <summary>Copies that no other server has taken yet.</summary>
    public int Owed => _owed.Count;

    public void Using(ArtifactId artifact)
    {
        // Servers evict nothing.
    }

    /// <summary>Blocks: only for threads of their own. Requests use <see cref="TryBringAsync"/>.</summary>
    public bool TryBring(ArtifactRef artifact) => TryBringAsync(artifact, CancellationToken.None).AsTask().GetAwaiter().GetResult();

    /// <summary>Many may want the same artifact at once; it is fetched once.</summary>
    public async ValueTask<bool> TryBringAsync(ArtifactRef artifact, CancellationToken cancellation)
    {
        var coming = _coming.GetOrAdd(artifact, a => new Lazy<Task<bool>>(() => FetchAsync(a)));
        return await coming.Value.WaitAsync(cancellation).ConfigureAwait(false);
    }

    public async ValueTask StoredAsync(ArtifactRef artifact, CancellationToken cancellation)
    {
        if (_setup.Copies < 2 || (_copied.TryGetValue(artifact, out var at) && _setup.Clock.GetElapsedTime(at) < CopyBelieved))
        {
            return;
        }

        if (!await TryCopyAsync(artifact, cancellation).ConfigureAwait(false))
        {
            _owed.Add(artifact);
            _setup.Log.LogWarning("No other server takes a copy of artifact {Artifact}; it is owed.", artifact.Id);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        await _paying.ConfigureAwait(false);
        _stop.Dispose();
        _room.Dispose();
    }

    private async Task<bool> FetchAsync(ArtifactRef artifact)
    {
        try
        {
            await _room.WaitAsync(_stop.Token).ConfigureAwait(false);
            try
            {
                return await FetchFromAnyAsync(artifact).ConfigureAwait(false);
            }
            finally
            {
                _room.Release();
            }
        }
        finally
        {
            _coming.TryRemove(artifact, out _); // Also when nobody waits for it any more.
        }
    }

    private async Task<bool> FetchFromAnyAsync(ArtifactRef artifact)
    {
        foreach (var peer in (await _setup.Peers.OthersAsync(_stop.Token).ConfigureAwait(false)).Where(p => !_dead.Has(p)))
        {
            try
            {
                if (await TransferWith(peer).DownloadAsync(artifact, _parts, _stop.Token).ConfigureAwait(false))
                {
                    return true;
                }
            }
            catch (FarmException fault) when (fault.Error.Code is not (ErrorCodes.DiskFull or ErrorCodes.NotWritable))
            {
                _dead.Told(peer, fault);
                _setup.Log.LogWarning("Artifact {Artifact} could not be fetched from {Peer}: {Reason}", artifact.Id, peer, fault.Error.Message);
            }
        }

        return _here.Exists(artifact);
    }

    private async Task<bool> TryCopyAsync(ArtifactRef artifact, CancellationToken cancellation)
    {
        foreach (var peer in (await _setup.Peers.OthersAsync(cancellation).ConfigureAwait(false)).Where(p => !_dead.Has(p)))
        {
            try
            {
                await TransferWith(peer).UploadAsync(artifact, _here, cancellation).ConfigureAwait(false);
                Remember(artifact);
                return true;
            }
            catch (FarmException fault) when (fault.Error.Code != ErrorCodes.ArtifactMissing)
            {
                _dead.Told(peer, fault);
                _setup.Log.LogWarning("Artifact {Artifact} could not be copied to {Peer}: {Reason}", artifact.Id, peer, fault.Error.Message);
            }
        }

        return false;
    }

    private async Task PayAsync()
    {
        using var timer = new PeriodicTimer(PayPeriod, _setup.Clock);
        try
        {
            while (await timer.WaitForNextTickAsync(_stop.Token).ConfigureAwait(false))
            {
                foreach (var artifact in _owed.All())
                {
                    if (_here.Exists(artifact) && !await TryCopyAsync(artifact, _stop.Token).ConfigureAwait(false))
                    {
                        break; // Still nobody there.
                    }

                    _owed.Remove(artifact);
                }
            }
        }
        catch (Exception fault) when (fault is OperationCanceledException || IoFaults.IsKnown(fault))
        {
            // Stopping; or the disk is gone, which whoever stores next will be told.
        }
    }

    private ArtifactTransfer TransferWith(Uri peer) => new(
        _setup.Http,
        (method, name, _) =>
        {
            var to = new Uri(peer, PeerRoutes.Artifacts);
            var token = PeerToken.Make(_setup.Secret, method.Method, to.AbsolutePath + name, _setup.Clock.GetUtcNow());
            return ValueTask.FromResult(new TransferPartner(to, new AuthenticationHeaderValue(PeerToken.Scheme, token)));
        },
        _setup.Clock,
        TriesMax);

    private void Remember(ArtifactRef artifact)
    {
        if (_copied.Count >= CopiedKnownMax)
        {
            _copied.Clear(); // Costs a question each, no more.
        }

        _copied[artifact] = _setup.Clock.GetTimestamp();
    }
}
