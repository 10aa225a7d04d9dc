using Url2Video.Farm.Cluster.Artifacts;
using Url2Video.Farm.Core;
using Url2Video.Farm.Node.Running;

namespace Url2Video.Farm.Node.Remote;

/// <summary>One attempt's view of <see cref="RemoteArtifacts"/>: remembers what it used, which stays, and what it stored, which is sent.</summary>
internal sealed class RemoteView : IAttemptView, IArtifactBackend
{
    private readonly RemoteArtifacts _remote;
    private readonly CancellationToken _stop;
    private readonly Lock _gate = new();
    private readonly HashSet<ArtifactId> _used = [];
    private readonly HashSet<ArtifactRef> _unsent = [];

    public RemoteView(RemoteArtifacts remote, CancellationToken stop)
    {
        (_remote, _stop) = (remote, stop);
        Store = remote.Here.With(this);
    }

    public ArtifactStore Store { get; }

    public void Using(ArtifactId artifact)
    {
        lock (_gate)
        {
            if (_used.Add(artifact))
            {
                _remote.Cache.Pin(artifact);
            }
        }
    }

    // Blocks the work's own thread, for as long as its lease lives at most.
    public bool TryBring(ArtifactRef artifact) => _remote.BringAsync(artifact, _stop).GetAwaiter().GetResult();

    public async ValueTask<bool> TryBringAsync(ArtifactRef artifact, CancellationToken cancellation)
    {
        using var both = CancellationTokenSource.CreateLinkedTokenSource(_stop, cancellation);
        return await _remote.BringAsync(artifact, both.Token).ConfigureAwait(false);
    }

    public ValueTask StoredAsync(ArtifactRef artifact, CancellationToken cancellation)
    {
        _remote.Cache.Added(artifact);
        lock (_gate)
        {
            _unsent.Add(artifact);
        }

        return default;
    }

    public async Task DeliverAsync(CancellationToken cancellation)
    {
        ArtifactRef[] unsent;
        lock (_gate)
        {
            unsent = [.. _unsent];
        }

        await _remote.SendAsync(unsent, cancellation).ConfigureAwait(false);
        lock (_gate)
        {
            _unsent.ExceptWith(unsent);
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            foreach (var artifact in _used)
            {
                _remote.Cache.Unpin(artifact);
            }

            _used.Clear();
        }
    }
}
