using System.Collections.Immutable;
using System.Data.Common;
using System.Text.Json.Nodes;
using Url2Video.Farm.Cluster.Store;
using Url2Video.Farm.Core;
using Url2Video.Farm.Core.Errors;
using Url2Video.Farm.Core.Nodes;

namespace Url2Video.Farm.Cluster.Nodes;

/// <summary>
/// The farm's nodes, for operators. Every change is a row; servers ask twice a second what has changed, so a change holds on all of them within
/// <see cref="Limits.NodesPollMillis"/> without anybody being told. Safe for any thread.
/// </summary>
public sealed class NodeRegistry(FarmDatabase database, TimeProvider clock)
{
    private const string Columns = "name, epoch, state, reason, facts, schedule, version, joined_ms, seen_ms";
    private const int ReasonCharsMax = 200;

    public async Task<IReadOnlyList<NodeRecord>> ListAsync(CancellationToken cancellation = default) => await database.QueryAsync(
        $"SELECT {Columns} FROM farm_node ORDER BY name LIMIT {Limits.NodesPerFarmMax}", Read, cancellation).ConfigureAwait(false);

    public async Task<NodeRecord?> FindAsync(string name, CancellationToken cancellation = default) => (await database.QueryAsync(
        $"SELECT {Columns} FROM farm_node WHERE name = @name", Read, cancellation, ("name", name)).ConfigureAwait(false)).SingleOrDefault();

    /// <summary>The node takes on nothing new and finishes what it holds.</summary>
    /// <exception cref="FarmException"><c>ERR_NODE_NOT_FOUND</c>, <c>ERR_NODE_REVOKED</c>. So do the others.</exception>
    public Task DrainAsync(string name, string? reason = null, CancellationToken cancellation = default) => SetAsync(name, NodeStates.Draining, reason, cancellation);

    /// <summary>Ends a drain or a quarantine.</summary>
    public Task ResumeAsync(string name, CancellationToken cancellation = default) => SetAsync(name, NodeStates.Active, null, cancellation);

    /// <summary>As a drain, and written down as suspicion.</summary>
    public Task QuarantineAsync(string name, string reason, CancellationToken cancellation = default) => SetAsync(name, NodeStates.Quarantined, reason, cancellation);

    /// <summary>
    /// Takes its credentials away, for good: within 2 s its links are closed, its sessions and requests are refused everywhere, and what it
    /// held is offered to others.
    /// </summary>
    public async Task RevokeAsync(string name, string? reason = null, CancellationToken cancellation = default)
    {
        await SetAsync(name, NodeStates.Revoked, reason, cancellation).ConfigureAwait(false);
        await database.ExecuteAsync(
            "UPDATE farm_credential SET revoked_ms = @now WHERE node = @name AND revoked_ms IS NULL", cancellation, ("name", name), ("now", Now)).ConfigureAwait(false);
        await database.ExecuteAsync("UPDATE farm_node SET over_epoch = epoch WHERE name = @name", cancellation, ("name", name)).ConfigureAwait(false);
    }

    /// <summary>Revokes the node and strikes it off the list, so that its name is free.</summary>
    public async Task ForgetAsync(string name, CancellationToken cancellation = default)
    {
        var node = await FindAsync(name, cancellation).ConfigureAwait(false) ?? throw NotFound(name);
        if (node.State != NodeStates.Revoked)
        {
            await RevokeAsync(name, "Forgotten.", cancellation).ConfigureAwait(false);
        }

        await database.ExecuteAsync("DELETE FROM farm_node WHERE name = @name", cancellation, ("name", name)).ConfigureAwait(false);
    }

    /// <param name="schedule">A <see cref="WeekSchedule"/>; null: works always.</param>
    /// <exception cref="FarmException"><c>ERR_INVALID_ARGUMENT</c>, <c>ERR_NODE_NOT_FOUND</c>.</exception>
    public async Task ScheduleAsync(string name, string? schedule, CancellationToken cancellation = default)
    {
        WeekSchedule? parsed = null;
        if (schedule is not null && !WeekSchedule.TryParse(schedule, out parsed, out var problem))
        {
            throw new FarmException(ErrorCodes.InvalidArgument, problem!);
        }

        if (await database.ExecuteAsync("UPDATE farm_node SET schedule = @schedule WHERE name = @name", cancellation, ("schedule", parsed?.Text), ("name", name))
            .ConfigureAwait(false) == 0)
        {
            throw NotFound(name);
        }
    }

    /// <summary>A life of the node shows itself. The number of a node's life only grows.</summary>
    /// <returns>False: a later life was here, or the node is not let in.</returns>
    internal async Task<bool> BeginLifeAsync(NodeIncarnation life, string version, string facts, CancellationToken cancellation) => await database.ExecuteAsync(
        "UPDATE farm_node SET epoch = @epoch, version = @version, facts = @facts, seen_ms = @now WHERE name = @name AND epoch <= @epoch AND over_epoch < @epoch AND state <> @revoked",
        cancellation,
        ("name", life.Node.Value),
        ("epoch", life.Epoch),
        ("version", version),
        ("facts", facts),
        ("now", Now),
        ("revoked", NodeStates.Revoked)).ConfigureAwait(false) == 1;

    internal Task<int> TellFactsAsync(NodeId node, string facts, CancellationToken cancellation) =>
        database.ExecuteAsync("UPDATE farm_node SET facts = @facts WHERE name = @name", cancellation, ("name", node.Value), ("facts", facts));

    /// <summary>Lives up to this one hold nothing any more.</summary>
    internal Task<int> EndLivesAsync(NodeId node, long epoch, CancellationToken cancellation) => database.ExecuteAsync(
        "UPDATE farm_node SET over_epoch = @epoch WHERE name = @name AND over_epoch < @epoch", cancellation, ("name", node.Value), ("epoch", epoch));

    /// <summary>What has changed since; one small question when nothing has.</summary>
    internal async Task<NodeChanges> ChangesAsync(NodesMark since, CancellationToken cancellation)
    {
        var (mark, standings) = await ReadAsync(since.Next, cancellation).ConfigureAwait(false);
        if (mark.Struck == since.Struck && mark.Next >= since.Next)
        {
            return new(mark, false, standings);
        }

        // Somebody is missing, or the store is one of long ago: nothing less than all of it tells.
        (mark, standings) = await ReadAsync(0, cancellation).ConfigureAwait(false);
        return new(mark, true, standings);
    }

    // Mark and rows in one statement, so of one moment.
    private async Task<(NodesMark Mark, IReadOnlyList<NodeStanding> Standings)> ReadAsync(long since, CancellationToken cancellation)
    {
        var next = database.Store.Kind == StoreKind.Postgres
            ? "txid_snapshot_xmin(txid_current_snapshot())"
            : "(SELECT number + 1 FROM farm_change WHERE name = 'node')";
        var rows = await database.QueryAsync(
            $"""
            SELECT m.next, m.struck, n.name, n.epoch, n.over_epoch, n.state, n.reason, n.schedule
            FROM (SELECT {next} AS next, (SELECT number FROM farm_change WHERE name = 'node-struck') AS struck) m
            LEFT JOIN farm_node n ON n.change_nr >= @since LIMIT {Limits.NodesPerFarmMax}
            """,
            row => (
                Mark: new NodesMark(row.GetInt64(0), row.GetInt64(1)),
                Standing: row.IsDBNull(2)
                    ? null
                    : new NodeStanding(new NodeId(row.GetString(2)), row.GetInt64(3), row.GetInt64(4), row.GetString(5), Text(row, 6), Text(row, 7))),
            cancellation,
            ("since", since)).ConfigureAwait(false);
        return (rows[0].Mark, [.. rows.Select(r => r.Standing).OfType<NodeStanding>()]);
    }

    /// <summary>URLs of the servers that were alive some seconds ago.</summary>
    internal async Task<ImmutableArray<string>> ServersAsync(CancellationToken cancellation) => [.. await database.QueryAsync(
        "SELECT url FROM farm_server WHERE url <> '' AND seen_ms > @since ORDER BY url LIMIT 100",
        row => row.GetString(0),
        cancellation,
        ("since", Now - 60_000)).ConfigureAwait(false)];

    /// <summary>One statement, however many they are.</summary>
    internal Task SeenAsync(IReadOnlyCollection<NodeId> nodes, CancellationToken cancellation)
    {
        string[] names = [.. nodes.Select(n => n.Value)];
        return database.Store.Kind == StoreKind.Postgres
            ? database.ExecuteAsync("UPDATE farm_node SET seen_ms = @now WHERE name = ANY(@names)", cancellation, ("now", Now), ("names", names))
            : database.ExecuteAsync(
                "UPDATE farm_node SET seen_ms = @now WHERE name IN (SELECT value FROM json_each(@names))",
                cancellation,
                ("now", Now),
                ("names", new JsonArray([.. names.Select(n => (JsonNode)n)]).ToJsonString()));
    }

    private long Now => clock.GetUtcNow().ToUnixTimeMilliseconds();

    private async Task SetAsync(string name, string state, string? reason, CancellationToken cancellation)
    {
        var why = reason is { Length: > ReasonCharsMax } ? reason[..ReasonCharsMax] : reason;
        if (await database.ExecuteAsync(
            "UPDATE farm_node SET state = @state, reason = @reason WHERE name = @name AND state <> @revoked",
            cancellation,
            ("state", state),
            ("reason", why),
            ("name", name),
            ("revoked", NodeStates.Revoked)).ConfigureAwait(false) == 0)
        {
            throw await FindAsync(name, cancellation).ConfigureAwait(false) is null
                ? NotFound(name)
                : new FarmException(ErrorCodes.NodeRevoked, $"The node {name} is revoked.", "Forget it; then it can join again with a new token.");
        }
    }

    private static NodeRecord Read(DbDataReader row) => new(
        new NodeId(row.GetString(0)), row.GetInt64(1), row.GetString(2), Text(row, 3), row.GetString(4), Text(row, 5), row.GetString(6), Time(row, 7), Time(row, 8));

    private static string? Text(DbDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    private static DateTimeOffset Time(DbDataReader row, int column) => DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(column));

    private static FarmException NotFound(string name) => new(ErrorCodes.NodeNotFound, $"There is no node {name}.", "`pbm node list` names them.");
}
