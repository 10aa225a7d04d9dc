using Url2Video.Farm.Cluster.Artifacts;
using Url2Video.Farm.Cluster.Persistence;
using Url2Video.Farm.Cluster.Publishing;
using Url2Video.Farm.Cluster.Store;
using Url2Video.Farm.Cluster.Store.Maintenance;
using Url2Video.Farm.Cluster.Tests.Fakes;
using Url2Video.Farm.Core;
using Url2Video.Farm.Core.Errors;
using Url2Video.Farm.Tests.Stores;

namespace Url2Video.Farm.Cluster.Tests.Store;

public sealed class StoreMaintenanceTests(BothStores stores) : IClassFixture<BothStores>, IDisposable
{
    private static readonly CancellationToken None = CancellationToken.None;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [OnSqlite]
    [OnPostgres]
    public async Task Check_OfASoundStore_FindsNothing_AndCounts(StoreKind kind)
    {
        await using var database = await stores.OpenAsync(kind);
        var ids = await FillAsync(database, 3);

        var report = await new StoreCheck(database, null).RunAsync(hashes: false, None);

        Assert.True(report.IsSound, string.Join('\n', report.Findings));
        Assert.Equal((ids.Count, ids.Count * 5), (report.Projects, report.Events));
    }

    [Theory]
    [OnSqlite]
    [OnPostgres]
    public async Task Check_OfWhatIsDamaged_NamesEach(StoreKind kind)
    {
        await using var database = await stores.OpenAsync(kind);
        var artifacts = new ArtifactStore(_folder["artifacts"]);
        var ids = await FillAsync(database, 3);
        await database.ExecuteAsync("DELETE FROM journal WHERE persistence_id = @id AND sequence_number = 3", None, ("id", PersistenceIds.Of(ids[0])));
        await database.ExecuteAsync("UPDATE journal SET message = @m WHERE persistence_id = @id AND sequence_number = 2", None, ("id", PersistenceIds.Of(ids[1])), ("m", "{"u8.ToArray()));
        await database.ExecuteAsync(
            "INSERT INTO farm_package_file (project, path, sha256, bytes, term) VALUES (@id, 'video.mp4', @sha, 7, 4)", None, ("id", ids[2].Value), ("sha", new string('a', 64)));

        var report = await new StoreCheck(database, artifacts).RunAsync(hashes: true, None);

        Assert.Contains(report.Findings, f => f.Project == ids[0] && f.What.Contains("Event 3 is missing", StringComparison.Ordinal));
        Assert.Contains(report.Findings, f => f.Project == ids[1] && f.What.Contains("cannot be read", StringComparison.Ordinal));
        Assert.Contains(report.Findings, f => f.Project == ids[2] && f.What.Contains("nobody claimed", StringComparison.Ordinal));
        Assert.Contains(report.Findings, f => f.Project == ids[2] && f.What.Contains(new string('a', 64), StringComparison.Ordinal));
    }

    [Fact]
    public Task Backup_OfAFile_RestoredIntoAFile_FoldsToTheSameStates() => RoundTripAsync(StoreKind.Sqlite, StoreKind.Sqlite);

    [RequiresPostgresTheory]
    [InlineData(StoreKind.Postgres, StoreKind.Sqlite)]
    [InlineData(StoreKind.Sqlite, StoreKind.Postgres)]
    [InlineData(StoreKind.Postgres, StoreKind.Postgres)]
    public Task Backup_RestoredIntoAnyStore_FoldsToTheSameStates(StoreKind from, StoreKind to) => RoundTripAsync(from, to);

    private async Task RoundTripAsync(StoreKind from, StoreKind to)
    {
        await using var source = await stores.OpenAsync(from);
        var ids = await FillAsync(source, 4);
        var package = new TablePackage(source, new PublishClaim(ids[0], 3), new ArtifactStore(_folder["artifacts"]));
        await package.ClaimAsync(None);
        await package.PutTextAsync("hls/master.m3u8", "#EXTM3U", None);
        await package.SyncAsync(None);
        await source.ExecuteAsync("INSERT INTO farm_secret (name, value, made_ms) VALUES ('x', @v, 1)", None, ("v", new byte[] { 0, 255, 7 }));
        var backup = Path.Combine(_folder.Root, $"backup-{from}-{to}");
        var manifest = await new StoreBackup(source, null, TimeProvider.System).RunAsync(backup, None);
        await source.WriteAsync(ids[1], 6, new Core.Projects.ProjectEvent.Paused(default)); // Life goes on after the backup.

        await using var target = await stores.OpenAsync(to);
        await new StoreRestore(target).RunAsync(backup, None);

        Assert.Equal(4, manifest.Projects.Length);
        Assert.Empty(await new StoreRestore(target).VerifyAsync(backup, None));
        Assert.Empty(await new StoreRestore(source).VerifyAsync(backup, None));
        Assert.NotNull(await new PackageReader(target).FindAsync(ids[0], "hls/master.m3u8", None));
        Assert.Equal([0, 255, 7], (await target.QueryAsync("SELECT value FROM farm_secret WHERE name = 'x'", r => r.GetFieldValue<byte[]>(0), None))[0]);
        await target.WriteAsync(ids[2], 6, new Core.Projects.ProjectEvent.Paused(default)); // The journal takes events again.
        Assert.Equal(6, (await new DatabaseJournal(target).StateAsync(ids[2], None)).SequenceNr);
        var fault = await Assert.ThrowsAsync<FarmException>(() => new StoreRestore(target).RunAsync(backup, None));
        Assert.Equal(ErrorCodes.Conflict, fault.Error.Code);
    }

    [Fact]
    public async Task Restore_OfADamagedBackup_IsRefused_AndVerifySeesAnotherStore()
    {
        await using var source = await stores.OpenAsync(StoreKind.Sqlite);
        await FillAsync(source, 1);
        var backup = Path.Combine(_folder.Root, "backup");
        await new StoreBackup(source, null, TimeProvider.System).RunAsync(backup, None);
        await using var target = await stores.OpenAsync(StoreKind.Sqlite);

        Assert.NotEmpty(await new StoreRestore(target).VerifyAsync(backup, None));
        await File.AppendAllTextAsync(Path.Combine(backup, "journal.jsonl"), "[]\n");

        var fault = await Assert.ThrowsAsync<FarmException>(() => new StoreRestore(target).RunAsync(backup, None));
        Assert.Equal(ErrorCodes.ArtifactCorrupt, fault.Error.Code);
    }

    private static async Task<List<ProjectId>> FillAsync(FarmDatabase database, int count)
    {
        var ids = Enumerable.Range(0, count).Select(_ => TestFarm.NewId()).ToList();
        foreach (var id in ids)
        {
            await database.WriteAsync(id, 1, Films.Begun(id, 2).Events);
        }

        return ids;
    }
}
