using Url2Video.Farm.Core;

namespace Url2Video.Farm.Cluster.Publishing;

/// <summary>
/// Where the files of a film are made visible: a folder, or rows that the API serves. Whatever can be seen is complete, and files that a
/// playlist names are there before it. Every call may be repeated. One caller at a time.
/// </summary>
internal interface IPackageTarget
{
    /// <summary>Held by whoever writes: in one process one round at a time to one target.</summary>
    SemaphoreSlim Gate { get; }

    /// <summary>Before each round: from here on, earlier lives of the project change nothing.</summary>
    /// <exception cref="Core.Errors.FarmException"><c>ERR_CONFLICT</c>: a later life of the project publishes.</exception>
    Task ClaimAsync(CancellationToken cancellation);

    /// <summary>Makes an artifact visible; what had the name before is replaced.</summary>
    /// <param name="path">Relative, forward slashes.</param>
    /// <param name="share">True: nobody edits the file, so it may be the store's own.</param>
    Task PutArtifactAsync(string path, ArtifactRef file, bool share, CancellationToken cancellation);

    /// <summary>Replaces a text file, UTF-8 without a byte order mark; everything put before it is seen not later than it.</summary>
    Task PutTextAsync(string path, string text, CancellationToken cancellation);

    /// <summary>Returns when all that was put can be seen and survives a power cut.</summary>
    Task SyncAsync(CancellationToken cancellation);

    /// <summary>Removes package files that do not belong to this film.</summary>
    /// <param name="keep">Relative paths, forward slashes.</param>
    Task PruneAsync(IReadOnlySet<string> keep, CancellationToken cancellation);

    /// <summary>Everything is out and nothing more will be written.</summary>
    Task EndAsync(CancellationToken cancellation);

    /// <summary>From here on nothing more is written: a publisher that was replaced must not undo its successor's work. Any thread.</summary>
    void Close();
}
