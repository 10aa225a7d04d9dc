using Akka.Actor;
using Akka.TestKit.Xunit2;
using Url2Video.Farm.Cluster.Artifacts;
using Url2Video.Farm.Cluster.Protocol;
using Url2Video.Farm.Cluster.Publishing;
using Url2Video.Farm.Cluster.Tests.Fakes;
using Url2Video.Farm.Core;
using Url2Video.Farm.Core.Contracts;
using Url2Video.Farm.Core.Packaging;
using Url2Video.Farm.Core.Planning;
using Url2Video.Farm.Core.Projects;
using Url2Video.Farm.Core.Publishing;

namespace Url2Video.Farm.Cluster.Tests.Publishing;

/// <summary>A film that did not pass its gate is laid beside the film that is in the folder, and does it no harm.</summary>
public sealed class QuarantinedDeliveryTests() : TestKit("akka { loglevel = OFF, stdout-loglevel = OFF }")
{
    private static readonly CancellationToken None = CancellationToken.None;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Deliver_IntoTheFolderOfALongerFilm_PrunesItOnlyWhenItWasReplaced(bool isQuarantined)
    {
        using var folder = new TemporaryFolder();
        var (artifacts, outDir) = (new ArtifactStore(folder["artifacts"]), folder["out"]);
        var before = PackageContents.Of(SpecOf(segments: 9));
        var file = await artifacts.WriteAsync("file"u8.ToArray(), None);
        await PublishAsync(new FolderPackage(outDir, new PublishClaim(TestFarm.NewId(), 1), artifacts), before, file);
        var (project, id) = (CreateTestProbe(), TestFarm.NewId());
        var publisher = project.ChildActorOf(Props.Create(() => new PublisherActor(
            SpecOf(2), () => new FolderPackage(outDir, new PublishClaim(id, 1), artifacts), artifacts)));
        var name = isQuarantined ? "quarantine/video.mp4" : "video.mp4";

        publisher.Tell(new Local<ProjectEffect.Deliver>(new ProjectEffect.Deliver([new OutputFile(name, file)], OutputFormats.Hls) { IsQuarantined = isQuarantined }));

        Assert.IsType<ProjectMessage.Delivered>(project.ExpectMsg<Local<ProjectMessage>>(TestFarm.Patience).Message);
        Assert.True(File.Exists(Path.Combine(outDir, name)));
        var left = before.Where(path => File.Exists(Path.Combine(outDir, path))).ToHashSet();
        Assert.Equal(isQuarantined ? before.Count : before.Intersect(PackageContents.Of(SpecOf(2))).Count(), left.Count);
    }

    private static async Task PublishAsync(FolderPackage package, IEnumerable<string> paths, ArtifactRef file)
    {
        await package.ClaimAsync(None);
        foreach (var path in paths)
        {
            await package.PutArtifactAsync(path, file, share: true, None);
        }

        await package.SyncAsync(None);
        await package.EndAsync(None);
    }

    private static PublishSpec SpecOf(int segments) => new(
        new FilmPlan(
            new Rational(30, 1), 320, 180, 64 * segments, 102_400 * segments, 100 * segments, [new Rung("180p", 320, 180, 23, "veryfast")], [],
            [new ChunkSlot(0, [.. Enumerable.Range(0, segments).Select(i => new SegmentSlot(i, 64 * i, 64, 100 * i, 100))])]),
        OutputFormats.Hls,
        "en",
        "A film",
        HasCaptions: false);
}
