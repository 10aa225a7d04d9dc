using System.Data.Common;
using System.Text;
using Url2Video.Farm.Cluster.Artifacts;
using Url2Video.Farm.Cluster.Store;
using Url2Video.Farm.Core;
using Url2Video.Farm.Core.Contracts;
using Url2Video.Farm.Core.Packaging;

namespace Url2Video.Farm.Cluster.Publishing;

/// <summary>
/// A package as rows: path → artifact, which the API serves. Playlists are artifacts too. What is put is collected and becomes visible in
/// one transaction, and only while this life of the project holds the claim: the row of <c>farm_package</c> is locked while the rows change.
/// </summary>
internal sealed class TablePackage(FarmDatabase database, PublishClaim claim, IArtifactIo artifacts) : IPackageTarget
{
    /// <summary>One transaction of this many rows takes some tens of milliseconds.</summary>
    private const int RowsPerCommitMax = 500;

    private readonly Dictionary<string, ArtifactRef> _pending = new(StringComparer.Ordinal);
    private volatile bool _isClosed;
    private bool _isClaimed;

    public SemaphoreSlim Gate { get; } = new(1, 1);

    public Task ClaimAsync(CancellationToken cancellation) => GuardedAsync(async () =>
    {
        _pending.Clear(); // Of a round that failed: everything is said anew.
        if (_isClaimed)
        {
            return; // Whoever claimed since is found when something is written.
        }

        var taken = await database.ExecuteAsync(
            """
            INSERT INTO farm_package (project, term) VALUES (@project, @term)
            ON CONFLICT (project) DO UPDATE SET term = excluded.term WHERE farm_package.term <= excluded.term
            """,
            cancellation,
            ("project", claim.Project.Value),
            ("term", claim.Term)).ConfigureAwait(false);
        if (taken == 0)
        {
            throw PublishClaim.Superseded(claim.Project);
        }

        _isClaimed = true;
    });

    public async Task PutArtifactAsync(string path, ArtifactRef file, bool share, CancellationToken cancellation)
    {
        _pending[path] = file;
        if (_pending.Count >= RowsPerCommitMax)
        {
            await SyncAsync(cancellation).ConfigureAwait(false);
        }
    }

    public async Task PutTextAsync(string path, string text, CancellationToken cancellation) =>
        _pending[path] = await artifacts.WriteAsync(Encoding.UTF8.GetBytes(text), cancellation).ConfigureAwait(false);

    public Task SyncAsync(CancellationToken cancellation) => _pending.Count == 0 ? Task.CompletedTask : GuardedAsync(async () =>
    {
        await FencedAsync(
            async (connection, transaction) =>
            {
                foreach (var (path, file) in _pending.OrderBy(p => p.Key, StringComparer.Ordinal))
                {
                    using var command = database.CommandOf(
                        connection,
                        """
                        INSERT INTO farm_package_file (project, path, sha256, bytes, term) VALUES (@project, @path, @sha, @bytes, @term)
                        ON CONFLICT (project, path) DO UPDATE SET sha256 = excluded.sha256, bytes = excluded.bytes, term = excluded.term
                        """,
                        ("project", claim.Project.Value),
                        ("path", path),
                        ("sha", file.Id.Sha256),
                        ("bytes", file.Bytes),
                        ("term", claim.Term));
                    command.Transaction = transaction;
                    await command.ExecuteNonQueryAsync(cancellation).ConfigureAwait(false);
                }
            },
            cancellation).ConfigureAwait(false);
        _pending.Clear();
    });

    public Task PruneAsync(IReadOnlySet<string> keep, CancellationToken cancellation) => GuardedAsync(async () =>
    {
        var paths = await database.QueryAsync(
            "SELECT path FROM farm_package_file WHERE project = @project", r => r.GetString(0), cancellation, ("project", claim.Project.Value)).ConfigureAwait(false);
        var strange = paths.Where(p => p.Contains('/', StringComparison.Ordinal) && PackageContents.IsPackageFile(p) && !keep.Contains(p)).ToList();
        await FencedAsync(
            async (connection, transaction) =>
            {
                foreach (var path in strange)
                {
                    using var command = database.CommandOf(
                        connection, "DELETE FROM farm_package_file WHERE project = @project AND path = @path", ("project", claim.Project.Value), ("path", path));
                    command.Transaction = transaction;
                    await command.ExecuteNonQueryAsync(cancellation).ConfigureAwait(false);
                }
            },
            cancellation).ConfigureAwait(false);
    });

    public Task EndAsync(CancellationToken cancellation) => SyncAsync(cancellation);

    public void Close() => _isClosed = true;

    // The claim's row stays locked until the rows are in: a later life either waits for them or has taken the claim before.
    private Task<bool> FencedAsync(Func<DbConnection, DbTransaction, Task> write, CancellationToken cancellation) => database.TransactAsync(
        async (connection, transaction) =>
        {
            using var claimed = database.CommandOf(
                connection,
                "UPDATE farm_package SET term = @term WHERE project = @project AND term = @term",
                ("project", claim.Project.Value),
                ("term", claim.Term));
            claimed.Transaction = transaction;
            if (await claimed.ExecuteNonQueryAsync(cancellation).ConfigureAwait(false) == 0)
            {
                throw PublishClaim.Superseded(claim.Project);
            }

            await write(connection, transaction).ConfigureAwait(false);
            return true;
        },
        cancellation);

    private async Task GuardedAsync(Func<Task> write)
    {
        if (_isClosed)
        {
            throw new OperationCanceledException("The publisher was stopped.");
        }

        try
        {
            await write().ConfigureAwait(false);
        }
        catch (Exception fault) when (fault is DbException or TimeoutException)
        {
            throw StoreFaults.Unreachable(database.Store, fault);
        }
    }
}
