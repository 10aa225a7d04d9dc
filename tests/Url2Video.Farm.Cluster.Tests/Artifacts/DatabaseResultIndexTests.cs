using Url2Video.Farm.Cluster.Artifacts;
using Url2Video.Farm.Cluster.Serialization;
using Url2Video.Farm.Cluster.Store;
using Url2Video.Farm.Cluster.Tests.Fakes;
using Url2Video.Farm.Core;
using Url2Video.Farm.Core.Contracts;

namespace Url2Video.Farm.Cluster.Tests.Artifacts;

public sealed class DatabaseResultIndexTests(BothStores stores) : IClassFixture<BothStores>
{
    private static readonly CancellationToken None = CancellationToken.None;
    private static readonly string Name = new('a', 64);

    [Theory]
    [OnSqlite]
    [OnPostgres]
    public async Task Find_OnlyWhileItsArtifactsAreThere_AndReplacedOnlyWhenToldSo(StoreKind kind)
    {
        await using var database = await stores.OpenAsync(kind);
        var there = new HashSet<ArtifactRef>();
        var index = new DatabaseResultIndex(database, there.Contains, TimeProvider.System);
        var (first, second) = (Result("first"), Result("second"));
        Assert.Null(await index.FindAsync(Name, None));

        await index.KeepAsync(Name, first, replace: false, None);
        Assert.Null(await index.FindAsync(Name, None));
        there.UnionWith([first.Files[0].File, second.Files[0].File]);
        await index.KeepAsync(Name, second, replace: false, None);
        Assert.Equal(FarmJson.Write<JobResult>(first), FarmJson.Write<JobResult>((await index.FindAsync(Name, None))!));

        await index.KeepAsync(Name, second, replace: true, None);
        Assert.Equal(FarmJson.Write<JobResult>(second), FarmJson.Write<JobResult>((await index.FindAsync(Name, None))!));
        await database.ExecuteAsync("UPDATE farm_result SET result = @r", None, ("r", "{"u8.ToArray()));
        Assert.Null(await index.FindAsync(Name, None));
    }

    private static JobResult.Assembled Result(string what) => new([new OutputFile("video.mp4", Films.Artifact(what))]);
}
