using Url2Video.Farm.Cluster.Store;
using Url2Video.Farm.Cluster.Tests.Fakes;
using Url2Video.Farm.Core.Errors;
using Url2Video.Farm.Tests.Stores;

namespace Url2Video.Farm.Cluster.Tests.Store;

public sealed class FarmDatabaseTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    [Fact]
    public async Task Open_OfASqliteFile_Twice_KeepsItsTables()
    {
        using var folder = new TemporaryFolder();
        var store = StoreUrl.OfFile(Path.Combine(folder.Root, "farm.db"));

        await RoundTripAsync(store);
    }

    [RequiresPostgresFact]
    public async Task Open_OfAPostgresDatabase_Twice_KeepsItsTables() => await RoundTripAsync(await postgres.Server.CreateDatabaseAsync());

    [RequiresPostgresFact]
    public async Task Open_ByManyAtOnce_MakesTheTablesOnce()
    {
        var store = await postgres.Server.CreateDatabaseAsync();

        var opened = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => FarmDatabase.OpenAsync(store)));

        var versions = await opened[0].QueryAsync("SELECT version FROM farm_schema", r => r.GetInt32(0), CancellationToken.None);
        Assert.Equal(Enumerable.Range(1, Migrations.Scripts.Length), versions.Order());
        foreach (var database in opened)
        {
            await database.DisposeAsync();
        }
    }

    [Theory]
    [InlineData(999, true)]
    [InlineData(10, false)]
    public async Task Open_OfAStoreFromTheFuture_IsRefusedUnlessItsTablesOnlyGrew(int least, bool isRefused)
    {
        using var folder = new TemporaryFolder();
        var store = StoreUrl.OfFile(Path.Combine(folder.Root, "farm.db"));
        await using (var database = await FarmDatabase.OpenAsync(store))
        {
            await database.ExecuteAsync("INSERT INTO farm_schema (version, least) VALUES (999, @least)", CancellationToken.None, ("least", least));
        }

        if (isRefused)
        {
            var fault = await Assert.ThrowsAsync<FarmException>(() => FarmDatabase.OpenAsync(store));
            Assert.Equal(ErrorCodes.StoreNewer, fault.Error.Code);
        }
        else
        {
            await using var database = await FarmDatabase.OpenAsync(store);
            Assert.Equal([999], await database.QueryAsync("SELECT MAX(version) FROM farm_schema", r => r.GetInt32(0), CancellationToken.None));
        }
    }

    [Fact]
    public async Task Open_OfADatabaseThatIsNotThere_NamesTheStoreWithoutItsPassword()
    {
        var store = StoreUrl.Parse($"postgres://farm:secret@127.0.0.1:{PostgresServer.FreePort()}/farm?timeout=2");

        var fault = await Assert.ThrowsAsync<FarmException>(() => FarmDatabase.OpenAsync(store));

        Assert.Equal(ErrorCodes.StoreUnreachable, fault.Error.Code);
        Assert.DoesNotContain("secret", fault.ToString(), StringComparison.Ordinal);
    }

    private static async Task RoundTripAsync(StoreUrl store)
    {
        await using (var first = await FarmDatabase.OpenAsync(store))
        {
            await first.ExecuteAsync(
                "INSERT INTO farm_secret (name, value, made_ms) VALUES (@n, @v, @t)", CancellationToken.None, ("n", "a"), ("v", new byte[] { 1, 2 }), ("t", 5L));
        }

        await using var second = await FarmDatabase.OpenAsync(store);
        var found = await second.QueryAsync("SELECT value FROM farm_secret WHERE name = @n", r => r.GetFieldValue<byte[]>(0), CancellationToken.None, ("n", "a"));
        Assert.Equal([1, 2], Assert.Single(found));
    }
}
