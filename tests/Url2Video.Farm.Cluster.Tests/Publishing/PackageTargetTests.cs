using System.Text;
using Url2Video.Farm.Cluster.Artifacts;
using Url2Video.Farm.Cluster.Publishing;
using Url2Video.Farm.Cluster.Store;
using Url2Video.Farm.Cluster.Tests.Fakes;
using Url2Video.Farm.Core.Errors;

namespace Url2Video.Farm.Cluster.Tests.Publishing;

/// <summary>A folder and a table keep the same promises.</summary>
public sealed class PackageTargetTests(BothStores stores) : IClassFixture<BothStores>
{
    private static readonly CancellationToken None = CancellationToken.None;

    [Theory]
    [OnSqlite]
    [OnPostgres]
    public async Task Table_OfAnEarlierLife_ChangesNothing(StoreKind kind)
    {
        await using var database = await stores.OpenAsync(kind);
        using var folder = new TemporaryFolder();
        var (artifacts, id) = (new ArtifactStore(folder["artifacts"]), TestFarm.NewId());
        var reader = new PackageReader(database);

        await EarlierLifeIsRefusedAsync(
            term => new TablePackage(database, new PublishClaim(id, term), artifacts), async path => await reader.FindAsync(id, path, None) is { } file
                ? Encoding.UTF8.GetString(await artifacts.ReadAsync(file, 1_000, None))
                : null);
        Assert.Equal(["hls/master.m3u8"], (await reader.ListAsync(id, None)).Select(f => f.Path));
    }

    [Fact]
    public async Task Folder_OfAnEarlierLife_ChangesNothing()
    {
        using var folder = new TemporaryFolder();
        var (artifacts, id) = (new ArtifactStore(folder["artifacts"]), TestFarm.NewId());

        await EarlierLifeIsRefusedAsync(
            term => new FolderPackage(folder["out"], new PublishClaim(id, term), artifacts), path => Task.FromResult<string?>(File.ReadAllText(Path.Combine(folder["out"], path))));

        Assert.False(File.Exists(Path.Combine(folder["out"], FolderPackage.ClaimFile)));
    }

    [Theory]
    [OnSqlite]
    [OnPostgres]
    public async Task Table_UntilSynced_ShowsNothing_AndThenAll(StoreKind kind)
    {
        await using var database = await stores.OpenAsync(kind);
        using var folder = new TemporaryFolder();
        var (artifacts, id) = (new ArtifactStore(folder["artifacts"]), TestFarm.NewId());
        var segment = await artifacts.WriteAsync("segment"u8.ToArray(), None);
        var (package, reader) = (new TablePackage(database, new PublishClaim(id, 1), artifacts), new PackageReader(database));
        await package.ClaimAsync(None);

        await package.PutArtifactAsync("media/360p/seg-00000.m4s", segment, share: true, None);
        await package.PutTextAsync("hls/master.m3u8", "#EXTM3U", None);
        Assert.Empty(await reader.ListAsync(id, None));
        await package.SyncAsync(None);

        Assert.Equal(["hls/master.m3u8", "media/360p/seg-00000.m4s"], (await reader.ListAsync(id, None)).Select(f => f.Path));
        Assert.Equal(segment, await reader.FindAsync(id, "media/360p/seg-00000.m4s", None));
        Assert.Null(await reader.FindAsync(id, "../" + new string('x', 5_000), None));
        Assert.Null(await reader.FindAsync(TestFarm.NewId(), "hls/master.m3u8", None));
    }

    [Theory]
    [OnSqlite]
    [OnPostgres]
    public async Task Table_Prune_TakesWhatIsOfAnotherPlan_AndLeavesDeliveredFiles(StoreKind kind)
    {
        await using var database = await stores.OpenAsync(kind);
        using var folder = new TemporaryFolder();
        var (artifacts, id) = (new ArtifactStore(folder["artifacts"]), TestFarm.NewId());
        var file = await artifacts.WriteAsync("file"u8.ToArray(), None);
        var package = new TablePackage(database, new PublishClaim(id, 1), artifacts);
        await package.ClaimAsync(None);
        foreach (var path in new[] { "media/360p/seg-00000.m4s", "media/360p/seg-00009.m4s", "video.mp4", "captions.vtt" })
        {
            await package.PutArtifactAsync(path, file, share: true, None);
        }

        await package.SyncAsync(None);
        await package.PruneAsync(new HashSet<string> { "media/360p/seg-00000.m4s" }, None);

        Assert.Equal(["captions.vtt", "media/360p/seg-00000.m4s", "video.mp4"], (await new PackageReader(database).ListAsync(id, None)).Select(f => f.Path));
    }

    private static async Task EarlierLifeIsRefusedAsync(Func<long, IPackageTarget> life, Func<string, Task<string?>> readAsync)
    {
        var (earlier, later) = (life(1), life(2));
        await earlier.ClaimAsync(None);
        await earlier.PutTextAsync("hls/master.m3u8", "one", None);
        await earlier.SyncAsync(None);
        await later.ClaimAsync(None);
        await later.PutTextAsync("hls/master.m3u8", "two", None);
        await later.SyncAsync(None);

        await RefusedAsync(async () =>
        {
            await earlier.PutTextAsync("hls/master.m3u8", "zombie", None);
            await earlier.SyncAsync(None);
        });
        await RefusedAsync(() => earlier.PruneAsync(new HashSet<string>(), None));
        await RefusedAsync(() => life(1).ClaimAsync(None));
        Assert.Equal("two", await readAsync("hls/master.m3u8"));

        await later.EndAsync(None);
        await RefusedAsync(async () =>
        {
            await earlier.PutTextAsync("hls/master.m3u8", "zombie", None);
            await earlier.SyncAsync(None);
        });
        Assert.Equal("two", await readAsync("hls/master.m3u8"));
    }

    private static async Task RefusedAsync(Func<Task> write) =>
        Assert.Equal(ErrorCodes.Conflict, (await Assert.ThrowsAsync<FarmException>(write)).Error.Code);
}
