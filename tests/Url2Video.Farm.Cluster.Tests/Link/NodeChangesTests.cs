using Url2Video.Farm.Cluster.Nodes;
using Url2Video.Farm.Cluster.Store;
using Url2Video.Farm.Cluster.Tests.Fakes;
using Url2Video.Farm.Core;

namespace Url2Video.Farm.Cluster.Tests.Link;

/// <summary>A server follows the nodes by what has changed.</summary>
public sealed class NodeChangesTests(BothStores stores) : IClassFixture<BothStores>
{
    [Theory, OnSqlite, OnPostgres]
    public async Task Changes_OfNothing_AreNone(StoreKind kind)
    {
        await using var farm = await FarmOf(kind, "a", "b");
        var first = await farm.Registry.ChangesAsync(NodesMark.None, default);
        Assert.True(first.IsWhole);
        Assert.Equal(["a", "b"], Names(first));

        await farm.Registry.SeenAsync([new NodeId("a"), new NodeId("b")], default);
        await farm.Registry.TellFactsAsync(new NodeId("a"), "{}", default);
        Assert.True(await farm.Registry.BeginLifeAsync(new NodeIncarnation(new NodeId("b"), 1), "1", "{}", default)); // The same life on another link.
        var again = await farm.Registry.ChangesAsync(first.Mark, default);

        Assert.False(again.IsWhole);
        Assert.Empty(again.Standings);
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Changes_AreThoseOfWhomSomethingHappenedTo(StoreKind kind)
    {
        await using var farm = await FarmOf(kind, "a", "b", "c", "d", "e", "f");
        var mark = (await farm.Registry.ChangesAsync(NodesMark.None, default)).Mark;

        await farm.Registry.DrainAsync("a");
        Assert.True(await farm.Registry.BeginLifeAsync(new NodeIncarnation(new NodeId("b"), 2), "1", "{}", default));
        Assert.Equal(1, await farm.Registry.EndLivesAsync(new NodeId("c"), 1, default));
        await farm.Registry.ScheduleAsync("d", "mon-fri 18:00-24:00");
        await farm.Registry.RevokeAsync("e");
        var changes = await farm.Registry.ChangesAsync(mark, default);

        Assert.False(changes.IsWhole);
        Assert.Equal(["a", "b", "c", "d", "e"], Names(changes));
        Assert.Equal(
            [NodeStates.Draining, NodeStates.Active, NodeStates.Active, NodeStates.Active, NodeStates.Revoked], changes.Standings.OrderBy(s => s.Name.Value).Select(s => s.State));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Changes_AfterANodeWasStruckOff_AreWhole(StoreKind kind)
    {
        await using var farm = await FarmOf(kind, "a", "b");
        var first = await farm.Registry.ChangesAsync(NodesMark.None, default);

        await farm.Registry.ForgetAsync("a");
        var changes = await farm.Registry.ChangesAsync(first.Mark, default);

        Assert.True(changes.IsWhole);
        Assert.Equal(["b"], Names(changes));
        Assert.Equal([new NodeId("a")], NodesGone.Between(first.Standings.ToDictionary(s => s.Name), changes).UpTo.Keys);
    }

    [Theory, OnPostgres]
    public async Task Change_ThatCommitsAfterALaterOne_IsNotPassedOver(StoreKind kind)
    {
        await using var farm = await FarmOf(kind, "early", "late");
        var mark = (await farm.Registry.ChangesAsync(NodesMark.None, default)).Mark;
        await farm.Database.TransactAsync(
            async (connection, transaction) =>
            {
                using var command = farm.Database.CommandOf(connection, "UPDATE farm_node SET state = 'draining' WHERE name = 'early'");
                command.Transaction = transaction;
                await command.ExecuteNonQueryAsync();
                await farm.Registry.DrainAsync("late");
                var meanwhile = await farm.Registry.ChangesAsync(mark, default);
                Assert.Equal(["late"], Names(meanwhile));
                mark = meanwhile.Mark;
                return true;
            },
            default);

        Assert.Contains("early", Names(await farm.Registry.ChangesAsync(mark, default)));
    }

    [Theory, OnPostgres]
    public async Task Changes_FollowedWhileManyWrite_MissNone(StoreKind kind)
    {
        string[] names = [.. Enumerable.Range(0, 40).Select(i => $"n{i:00}")];
        await using var farm = await FarmOf(kind, names);
        var (mark, known) = (NodesMark.None, new Dictionary<NodeId, long>());
        var writing = Task.WhenAll(names.Select(async name =>
        {
            for (var epoch = 2; epoch <= 6; epoch++)
            {
                Assert.True(await farm.Registry.BeginLifeAsync(new NodeIncarnation(new NodeId(name), epoch), "1", "{}", default));
            }
        }));

        var isOver = false;
        while (!isOver)
        {
            isOver = writing.IsCompleted; // One more question after the last write.
            var changes = await farm.Registry.ChangesAsync(mark, default);
            Assert.True(changes.Mark.Next >= mark.Next);
            mark = changes.Mark;
            foreach (var standing in changes.Standings)
            {
                known[standing.Name] = standing.Epoch;
            }
        }

        await writing;
        Assert.Equal(names.Select(n => (n, 6L)), known.Select(k => (k.Key.Value, k.Value)).Order());
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Seen_OfManyNodes_IsWrittenInOneStatement(StoreKind kind)
    {
        string[] names = [.. Enumerable.Range(0, 600).Select(i => $"n{i:000}")];
        await using var farm = await FarmOf(kind, [.. names, "silent"]);

        await farm.Registry.SeenAsync([.. names.Select(n => new NodeId(n))], default);

        var rows = await farm.Registry.ListAsync();
        Assert.Equal("silent", Assert.Single(rows, r => r.SeenAt == DateTimeOffset.UnixEpoch).Name.Value);
    }

    private static IEnumerable<string> Names(NodeChanges changes) => changes.Standings.Select(s => s.Name.Value).Order(StringComparer.Ordinal);

    private async Task<Farm> FarmOf(StoreKind kind, params string[] nodes)
    {
        var database = await stores.OpenAsync(kind);
        foreach (var some in nodes.Chunk(200))
        {
            await database.ExecuteAsync(
                "INSERT INTO farm_node (name, epoch, state, facts, version, joined_ms, seen_ms) VALUES "
                    + string.Join(',', some.Select(n => $"('{n}', 1, 'active', '{{}}', '1', 0, 0)")),
                default);
        }

        return new Farm(database, new NodeRegistry(database, TimeProvider.System));
    }

    private sealed record Farm(FarmDatabase Database, NodeRegistry Registry) : IAsyncDisposable
    {
        public ValueTask DisposeAsync() => Database.DisposeAsync();
    }
}
