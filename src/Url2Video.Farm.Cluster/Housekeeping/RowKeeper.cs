using System.Collections.Immutable;
using Url2Video.Farm.Cluster.Store;
using Url2Video.Farm.Core;
using Url2Video.Farm.Core.Settings;

namespace Url2Video.Farm.Cluster.Housekeeping;

/// <summary>Deletes rows that are over, a little at a time. May run twice at once: a row is deleted once.</summary>
internal sealed class RowKeeper(FarmDatabase database, Retention retention, TimeProvider clock)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    /// <returns>Rows deleted, by table; what is more than <see cref="Limits.HousekeepingRowsMax"/> of one table waits for the next time.</returns>
    public async Task<ImmutableSortedDictionary<string, long>> RunAsync(CancellationToken cancellation)
    {
        var deleted = ImmutableSortedDictionary.CreateBuilder<string, long>(StringComparer.Ordinal);
        foreach (var rule in RowRule.All(retention))
        {
            deleted[rule.Table] = await RunAsync(rule, cancellation).ConfigureAwait(false);
        }

        return deleted.ToImmutable();
    }

    private async Task<long> RunAsync(RowRule rule, CancellationToken cancellation)
    {
        var before = (clock.GetUtcNow() - rule.Keep).ToUnixTimeMilliseconds();
        var deleted = 0L;
        while (deleted < Limits.HousekeepingRowsMax)
        {
            var rows = await database.ExecuteAsync(rule.Sql, cancellation, ("before", before), ("rows", Limits.HousekeepingBatchRows)).ConfigureAwait(false);
            deleted += rows;
            if (rows < Limits.HousekeepingBatchRows)
            {
                break;
            }

            await Task.Delay(Pause, clock, cancellation).ConfigureAwait(false); // Others want the disk too.
        }

        return deleted;
    }
}
