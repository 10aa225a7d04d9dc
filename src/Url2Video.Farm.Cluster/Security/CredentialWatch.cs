using System.Collections.Concurrent;
using System.Data.Common;
using Url2Video.Farm.Cluster.Nodes;
using Url2Video.Farm.Cluster.Store;
using Url2Video.Farm.Core;

namespace Url2Video.Farm.Cluster.Security;

/// <summary>
/// Whether a credential is still good: asked of the store, remembered for <see cref="Limits.NodeSessionCacheMillis"/>. While the store cannot
/// be asked nobody can revoke either, so what was good last stays good until its session ends.
/// </summary>
internal sealed class CredentialWatch(FarmDatabase database, TimeProvider clock)
{
    private static readonly TimeSpan Remembered = TimeSpan.FromMilliseconds(Limits.NodeSessionCacheMillis);

    private readonly ConcurrentDictionary<string, (bool IsGood, long At)> _known = new(StringComparer.Ordinal);

    public async ValueTask<bool> IsGoodAsync(NodeId node, string serial, CancellationToken cancellation)
    {
        var key = $"{node.Value}\n{serial}";
        if (_known.TryGetValue(key, out var known) && clock.GetElapsedTime(known.At) < Remembered)
        {
            return known.IsGood;
        }

        var at = clock.GetTimestamp(); // Before the question: an answer is as old as it.
        try
        {
            var isGood = await AskAsync(node, serial, cancellation).ConfigureAwait(false);
            if (_known.Count >= Limits.NodeSessionsCachedMax)
            {
                _known.Clear();
            }

            _known[key] = (isGood, at);
            return isGood;
        }
        catch (DbException) when (known.IsGood)
        {
            return true;
        }
    }

    private async Task<bool> AskAsync(NodeId node, string serial, CancellationToken cancellation)
    {
        var rows = await database.QueryAsync(
            """
            SELECT n.state FROM farm_credential c JOIN farm_node n ON n.name = c.node
            WHERE c.serial = @serial AND c.node = @node AND c.revoked_ms IS NULL AND c.expires_ms > @now
            """,
            row => row.GetString(0),
            cancellation,
            ("serial", serial),
            ("node", node.Value),
            ("now", clock.GetUtcNow().ToUnixTimeMilliseconds())).ConfigureAwait(false);
        return rows is [var state] && state != NodeStates.Revoked;
    }
}
