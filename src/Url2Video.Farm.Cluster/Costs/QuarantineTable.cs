using Url2Video.Farm.Cluster.Store;
using Url2Video.Farm.Core;
using Url2Video.Farm.Core.Dispatch;

namespace Url2Video.Farm.Cluster.Costs;

/// <summary>
/// The dispatcher's own suspicions, so that the next one need not pay five failures to learn them again. Beside the state that operators
/// give a node (<c>farm_node.state</c>): that one stops a node altogether, and a suspect must be able to prove itself.
/// </summary>
internal sealed class QuarantineTable(FarmDatabase database)
{
    public async Task<IReadOnlyList<DispatchMessage.Quarantine>> ListAsync(CancellationToken cancellation) => await database.QueryAsync(
        "SELECT node, reason, until_ms, times FROM farm_quarantine ORDER BY node",
        static r => new DispatchMessage.Quarantine(
            new NodeId(r.GetString(0)),
            r.GetString(1),
            r.IsDBNull(2) ? null : DateTimeOffset.FromUnixTimeMilliseconds(r.GetInt64(2)),
            r.GetInt32(3)),
        cancellation).ConfigureAwait(false);

    public async Task WriteAsync(DispatchEffect.NodeQuarantined m, CancellationToken cancellation) => await database.ExecuteAsync(
        """
        INSERT INTO farm_quarantine (node, reason, until_ms, times) VALUES (@node, @reason, @until, @times)
        ON CONFLICT (node) DO UPDATE SET reason = excluded.reason, until_ms = excluded.until_ms, times = excluded.times
        """,
        cancellation,
        ("node", m.Node.Value),
        ("reason", m.Reason),
        ("until", m.Until?.ToUnixTimeMilliseconds()),
        ("times", m.Times)).ConfigureAwait(false);

    public async Task DeleteAsync(NodeId node, CancellationToken cancellation) =>
        await database.ExecuteAsync("DELETE FROM farm_quarantine WHERE node = @node", cancellation, ("node", node.Value)).ConfigureAwait(false);
}
