using Url2Video.Farm.Core;

namespace Url2Video.Farm.Cluster.Artifacts;

/// <summary>
/// What stands behind a store: where missing artifacts come from and who must have new ones. A node has its server behind its cache, a
/// server has the other servers. Called from any thread.
/// </summary>
public interface IArtifactBackend
{
    /// <summary>Somebody is about to look at the file: it must not be evicted now.</summary>
    void Using(ArtifactId artifact);

    /// <summary>The store lacks it. May block for as long as the transfer takes: works run on threads of their own.</summary>
    /// <returns>True when the store has it now.</returns>
    /// <exception cref="Core.Errors.FarmException">It may be there, but could not be brought: <c>ERR_SERVER_UNREACHABLE</c>, <c>ERR_DISK_FULL</c>.</exception>
    bool TryBring(ArtifactRef artifact);

    /// <summary>The same for whoever must not block: a thread of the pool.</summary>
    ValueTask<bool> TryBringAsync(ArtifactRef artifact, CancellationToken cancellation);

    /// <summary>The store has it, durably. Told of every storing, also of bytes that were there before.</summary>
    ValueTask StoredAsync(ArtifactRef artifact, CancellationToken cancellation);
}
