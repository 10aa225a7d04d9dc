using Url2Video.Farm.Cluster.Tests.Fakes;
using Url2Video.Farm.Core.Contracts;

namespace Url2Video.Farm.Cluster.Tests.Embedded;

public sealed class EmbeddedFarmTests : IDisposable
{
    private const int Scenes = 6;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Submit_UndisturbedFilm_CompletesWithEveryFileAndEachJobWorkedOnce()
    {
        var hand = new FakeFarmhand(Scenes);
        await using var farm = TestFarm.Start(_folder, hand);
        var id = TestFarm.NewId();

        await farm.SubmitAsync(id, FakeFilm.Request(), _folder["out"]);
        var end = await farm.UntilAsync<FarmProgress.Finished>(id);

        Assert.Equal((ProjectStage.Completed, null), (end.Stage, end.Error));
        Assert.All(end.Files, name => Assert.True(File.Exists(Path.Combine(_folder["out"], name)), name));
        Assert.Contains("video.mp4", end.Files);
        Assert.Equal(FakeFilm.Bytes("mp4", 4_096), File.ReadAllBytes(Path.Combine(_folder["out"], "video.mp4")));
        Assert.Equal(hand.Worked.Count, hand.Worked.Distinct().Count());
        Assert.Empty(Directory.EnumerateFiles(_folder["out"], ".u2v-*", SearchOption.AllDirectories));
    }
}
