using Microsoft.Data.Sqlite;
using Url2Video.Farm.Cluster.Store;
using Url2Video.Farm.Cluster.Tests.Fakes;
using Url2Video.Farm.Tests.Stores;

namespace Url2Video.Farm.Cluster.Tests.Persistence;

/// <summary>The same persistence cases on both stores, and on that of one file by both of its plugins.</summary>
public abstract class JournalInAFileCases(bool isOfOneProcess) : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private protected JournalPlace Store => new(StoreUrl.OfFile(_folder["farm.db"]), isOfOneProcess);

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        _folder.Dispose();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public Task Recovery_AfterARestart_HasEveryEventInOrder() => JournalCases.RecoversInOrderAsync(Store);

    [Fact]
    public Task Ordering_ManyWritersAtOnce_IsTheirOwn() => JournalCases.KeepsTheOrderOfManyWritersAsync(Store);

    [Fact]
    public Task SecondWriter_OfTheSameProject_IsRefused() => JournalCases.RefusesASecondWriterAsync(Store);

    [Fact]
    public Task Recovery_AfterMovingAndComingBack_HasEveryEvent() => JournalCases.RecoversWhatMovedAndCameBackAsync(Store);

    [Fact]
    public Task Snapshot_Good_IsUsed() => JournalCases.StartsFromTheSnapshotAsync(Store);

    [Theory]
    [MemberData(nameof(SnapshotDamage.All), MemberType = typeof(SnapshotDamage))]
    public Task Snapshot_Bad_CostsAReplayOnly(string what) => JournalCases.ReplaysWhenTheSnapshotIsBadAsync(Store, SnapshotDamage.Sql(what));

    [Fact]
    public Task Upcasting_EventsOfTheFirstVersion_FoldToTheirFilm() => JournalCases.ReadsTheFirstVersionsFilmAsync(Store);

    [Fact]
    public Task LargeEvent_IsKept() => JournalCases.CarriesALargeEventAsync(Store);

    /// <summary>What one of them wrote the other goes on with: their tables and bytes are the same.</summary>
    [Fact]
    public Task OtherPlugin_ReadsAndGoesOn() => JournalCases.GoesOnInTheOtherAsync(Store, Store with { IsOfOneProcess = !isOfOneProcess });
}

/// <inheritdoc/>
public sealed class SqliteJournalCasesTests() : JournalInAFileCases(isOfOneProcess: false);

/// <inheritdoc/>
public sealed class FileJournalCasesTests() : JournalInAFileCases(isOfOneProcess: true);

/// <inheritdoc cref="JournalInAFileCases"/>
public sealed class PostgresJournalCasesTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    [RequiresPostgresFact]
    public async Task Recovery_AfterARestart_HasEveryEventInOrder() => await JournalCases.RecoversInOrderAsync(await NewAsync());

    [RequiresPostgresFact]
    public async Task Ordering_ManyWritersAtOnce_IsTheirOwn() => await JournalCases.KeepsTheOrderOfManyWritersAsync(await NewAsync());

    [RequiresPostgresFact]
    public async Task SecondWriter_OfTheSameProject_IsRefused() => await JournalCases.RefusesASecondWriterAsync(await NewAsync());

    [RequiresPostgresFact]
    public async Task Recovery_AfterMovingAndComingBack_HasEveryEvent() => await JournalCases.RecoversWhatMovedAndCameBackAsync(await NewAsync());

    [RequiresPostgresFact]
    public async Task Snapshot_Good_IsUsed() => await JournalCases.StartsFromTheSnapshotAsync(await NewAsync());

    [RequiresPostgresTheory]
    [MemberData(nameof(SnapshotDamage.All), MemberType = typeof(SnapshotDamage))]
    public async Task Snapshot_Bad_CostsAReplayOnly(string what) => await JournalCases.ReplaysWhenTheSnapshotIsBadAsync(await NewAsync(), SnapshotDamage.Sql(what));

    [RequiresPostgresFact]
    public async Task Upcasting_EventsOfTheFirstVersion_FoldToTheirFilm() => await JournalCases.ReadsTheFirstVersionsFilmAsync(await NewAsync());

    [RequiresPostgresFact]
    public async Task LargeEvent_IsKept() => await JournalCases.CarriesALargeEventAsync(await NewAsync());

    private async Task<JournalPlace> NewAsync() => new(await postgres.Server.CreateDatabaseAsync());
}

/// <summary>Ways for a snapshot to be of no use.</summary>
public static class SnapshotDamage
{
    public static TheoryData<string> All { get; } = new("wrong bytes", "no bytes", "newer form", "other serializer");

    public static string Sql(string what) => what switch
    {
        "wrong bytes" => "snapshot = @none",
        "no bytes" => "snapshot = NULL WHERE @none IS NOT NULL",
        "newer form" => "manifest = 'u2v.project.snapshot.v2' WHERE @none IS NOT NULL",
        _ => "serializer_id = 4711 WHERE @none IS NOT NULL",
    };
}
