using System.Data.Common;
using System.Text.Json;
using Url2Video.Farm.Cluster.Serialization;
using Url2Video.Farm.Cluster.Store;
using Url2Video.Farm.Core.Contracts;

namespace Url2Video.Farm.Cluster.Artifacts;

/// <summary>The index of results that all servers of a farm share, in the table <c>farm_result</c>.</summary>
/// <param name="exists">Whether this farm has an artifact; an entry that names a missing one is not used.</param>
public sealed class DatabaseResultIndex(FarmDatabase database, Func<Core.ArtifactRef, bool> exists, TimeProvider clock) : IResultIndex
{
    /// <returns>Null when there is none, it is damaged or of another version, or the store does not answer: working again is always right.</returns>
    public async ValueTask<JobResult?> FindAsync(string name, CancellationToken cancellation)
    {
        try
        {
            var rows = await database.QueryAsync(
                "SELECT result FROM farm_result WHERE key = @key", r => r.GetFieldValue<byte[]>(0), cancellation, ("key", name)).ConfigureAwait(false);
            if (rows.Count == 0)
            {
                return null;
            }

            var result = (JobResult)FarmJson.Read(rows[0], typeof(JobResult));
            return ArtifactsOf.Result(result).All(exists) ? result : null;
        }
        catch (Exception fault) when (fault is JsonException or NotSupportedException or DbException or TimeoutException)
        {
            return null;
        }
    }

    /// <exception cref="Core.Errors.FarmException"><c>ERR_STORE_UNREACHABLE</c>.</exception>
    public async ValueTask KeepAsync(string name, JobResult result, bool replace, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(result);
        if (!replace && await FindAsync(name, cancellation).ConfigureAwait(false) is not null)
        {
            return;
        }

        try
        {
            await database.ExecuteAsync(
                """
                INSERT INTO farm_result (key, result, made_ms) VALUES (@key, @result, @made)
                ON CONFLICT (key) DO UPDATE SET result = excluded.result, made_ms = excluded.made_ms
                """,
                cancellation,
                ("key", name),
                ("result", FarmJson.Write<JobResult>(result)),
                ("made", clock.GetUtcNow().ToUnixTimeMilliseconds())).ConfigureAwait(false);
        }
        catch (Exception fault) when (fault is DbException or TimeoutException)
        {
            throw StoreFaults.Unreachable(database.Store, fault);
        }
    }
}
