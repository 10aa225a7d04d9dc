using Akka.Configuration;
using Akka.Coordination;
using Microsoft.Extensions.Time.Testing;
using Url2Video.Farm.Cluster.Membership;
using Url2Video.Farm.Cluster.Store;
using Url2Video.Farm.Cluster.Tests.Fakes;
using Url2Video.Farm.Tests.Stores;

namespace Url2Video.Farm.Cluster.Tests.Servers;

/// <summary>The lease that decides a split: on a real PostgreSQL, where it matters.</summary>
public sealed class LeaseTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    private const string Name = "split";
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(10);

    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 11, 22, 12, 0, 0, TimeSpan.Zero));

    [RequiresPostgresFact]
    public async Task Acquire_ByManyAtOnce_GivesItToOne()
    {
        await using var database = await OpenAsync();
        var table = new LeaseTable(database);

        var versions = await Task.WhenAll(Enumerable.Range(0, 16).Select(i => table.AcquireAsync(Name, $"server-{i}", Long, CancellationToken.None)));

        Assert.Single(versions.OfType<long>());
    }

    [RequiresPostgresFact]
    public async Task Acquire_OfAHeldLease_WaitsForItsEndByTheDatabasesClock()
    {
        await using var database = await OpenAsync();
        var table = new LeaseTable(database);
        Assert.NotNull(await table.AcquireAsync(Name, "a", Long, CancellationToken.None));
        Assert.Null(await table.AcquireAsync(Name, "b", Long, CancellationToken.None));

        // As if its time had passed: no clock of a server has a say.
        await database.ExecuteAsync("UPDATE farm_lease SET until_ms = until_ms - @long", CancellationToken.None, ("long", (long)Long.TotalMilliseconds + 1));

        Assert.Equal(2, await table.AcquireAsync(Name, "b", Long, CancellationToken.None));
        Assert.False(await table.RenewAsync(Name, "a", 1, Long, CancellationToken.None));
        Assert.False(await table.ReleaseAsync(Name, "a", CancellationToken.None));
        Assert.Null(await table.AcquireAsync(Name, "a", Long, CancellationToken.None));
    }

    [RequiresPostgresFact]
    public async Task Renew_OfAnEarlierHoldingOfTheSameOwner_IsRefused()
    {
        await using var database = await OpenAsync();
        var table = new LeaseTable(database);
        var before = await table.AcquireAsync(Name, "a", Long, CancellationToken.None);
        var now = await table.AcquireAsync(Name, "a", Long, CancellationToken.None);

        Assert.False(await table.RenewAsync(Name, "a", before!.Value, Long, CancellationToken.None));
        Assert.True(await table.RenewAsync(Name, "a", now!.Value, Long, CancellationToken.None));
    }

    [RequiresPostgresFact]
    public async Task Release_ByItsOwner_LetsAnotherHaveItAtOnce()
    {
        await using var database = await OpenAsync();
        using var a = LeaseOf(database, "a");
        using var b = LeaseOf(database, "b");
        Assert.True(await a.Acquire());
        Assert.False(await b.Acquire());
        Assert.True(a.CheckLease());

        Assert.True(await a.Release());

        Assert.False(a.CheckLease());
        Assert.True(await b.Acquire());
    }

    [RequiresPostgresFact]
    public async Task CheckLease_AfterAProcessSleptThroughItsTime_IsFalse()
    {
        await using var database = await OpenAsync();
        using var lease = LeaseOf(database, "a", heartbeat: TimeSpan.FromHours(1));
        Assert.True(await lease.Acquire());

        _clock.Advance(TimeSpan.FromSeconds(13));

        Assert.False(lease.CheckLease());
    }

    [RequiresPostgresFact]
    public async Task Heartbeat_OfALeaseThatAnotherTook_TellsItsOwner()
    {
        await using var database = await OpenAsync();
        using var lease = LeaseOf(database, "a");
        var lost = new TaskCompletionSource<Exception>();
        Assert.True(await lease.Acquire(lost.SetResult));
        await database.ExecuteAsync("UPDATE farm_lease SET owner = 'b', version = version + 1", CancellationToken.None);

        _clock.Advance(TimeSpan.FromSeconds(3));

        Assert.IsType<LeaseException>(await lost.Task.WaitAsync(TestFarm.Patience));
        Assert.False(lease.CheckLease());
    }

    [RequiresPostgresFact]
    public async Task Acquire_WithoutADatabase_FailsAndIsNotTakenForARefusal()
    {
        await using var server = await PostgresServer.StartAsync();
        await using var database = await FarmDatabase.OpenAsync(await server.CreateDatabaseAsync());
        await server.StopAsync();
        using var lease = new StoreLease(SettingsOf("a", TimeSpan.FromSeconds(3)), new StoreLeaseSetup(database, TimeProvider.System));

        await Assert.ThrowsAsync<LeaseException>(() => lease.Acquire().WaitAsync(TestFarm.Patience));
        Assert.False(lease.CheckLease());
    }

    [Fact]
    public async Task Lease_OnSqlite_HasTheSameRules()
    {
        using var folder = new TemporaryFolder();
        await using var database = await FarmDatabase.OpenAsync(StoreUrl.OfFile(folder["farm.db"]));
        var table = new LeaseTable(database);

        Assert.Equal(1, await table.AcquireAsync(Name, "a", Long, CancellationToken.None));
        Assert.Null(await table.AcquireAsync(Name, "b", Long, CancellationToken.None));
        Assert.True(await table.ReleaseAsync(Name, "a", CancellationToken.None));
        Assert.Equal(2, await table.AcquireAsync(Name, "b", Long, CancellationToken.None));
    }

    private StoreLease LeaseOf(FarmDatabase database, string owner, TimeSpan? heartbeat = null) =>
        new(SettingsOf(owner, heartbeat ?? TimeSpan.FromSeconds(3)), new StoreLeaseSetup(database, _clock));

    private static LeaseSettings SettingsOf(string owner, TimeSpan heartbeat) =>
        new(Name, owner, new TimeoutSettings(heartbeat, TimeSpan.FromSeconds(12), TimeSpan.FromSeconds(2)), Config.Empty);

    private async Task<FarmDatabase> OpenAsync() => await FarmDatabase.OpenAsync(await postgres.Server.CreateDatabaseAsync());
}
