using Url2Video.Farm.Cluster.Artifacts;
using Url2Video.Farm.Cluster.Publishing;
using Url2Video.Farm.Cluster.Tests.Fakes;
using Url2Video.Farm.Core;
using Url2Video.Farm.Core.Errors;

namespace Url2Video.Farm.Cluster.Tests.Artifacts;

public sealed class FilePublisherTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly ArtifactStore _store;
    private readonly FilePublisher _files;

    public FilePublisherTests()
    {
        _store = new ArtifactStore(_folder["artifacts"]);
        _files = new FilePublisher(_folder["out"], _store);
    }

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task PutArtifact_OverAnotherFilmsFileOfEqualLength_ReplacesIt(bool share)
    {
        var (old, now) = (await StoreAsync("old"), await StoreAsync("new"));
        _files.PutArtifact("media/360p/init.mp4", old, share);

        _files.PutArtifact("media/360p/init.mp4", now, share);
        _files.PutArtifact("media/360p/init.mp4", now, share);

        Assert.Equal("new", File.ReadAllText(Out("media/360p/init.mp4")));
        Assert.Equal("old", File.ReadAllText(_store.PathOf(old)));
        AssertOnly("media/360p/init.mp4");
    }

    [Fact]
    public async Task PutArtifact_Unshared_MayBeEditedWithoutHarmToTheStore()
    {
        var film = await StoreAsync("film");
        _files.PutArtifact("video.mp4", film, share: false);

        File.WriteAllText(Out("video.mp4"), "edited");

        Assert.Equal("film", File.ReadAllText(_store.PathOf(film)));
    }

    [Fact]
    public async Task PutArtifact_AFolderHasTheName_SaysSoAndLeavesItAlone()
    {
        Directory.CreateDirectory(Out("video.mp4"));
        File.WriteAllText(Out("video.mp4/mine"), "precious");
        var film = await StoreAsync("film");

        var fault = Assert.Throws<FarmException>(() => _files.PutArtifact("video.mp4", film, share: false));

        Assert.Equal(ErrorCodes.NotWritable, fault.Error.Code);
        AssertOnly("video.mp4/mine");
    }

    [Fact]
    public void PutText_AfterAKillAmidWriting_SweepsTheRemains()
    {
        Directory.CreateDirectory(Out("hls"));
        File.WriteAllText(Out("hls/.u2v-master.m3u8"), "#EXTM3U half");

        _files.PutText("hls/master.m3u8", "#EXTM3U\n");

        Assert.Equal("#EXTM3U\n"u8.ToArray(), File.ReadAllBytes(Out("hls/master.m3u8")));
        AssertOnly("hls/master.m3u8");
    }

    [Theory]
    [InlineData("../outside.txt")]
    [InlineData("/etc/u2v-outside")]
    [InlineData("a/../../outside.txt")]
    [InlineData("a\\b")]
    public void PutText_PathThatLeadsOut_IsRefused(string path)
    {
        var fault = Assert.Throws<FarmException>(() => _files.PutText(path, "x"));

        Assert.Equal(ErrorCodes.Internal, fault.Error.Code);
        Assert.False(File.Exists(Path.Combine(_folder.Root, "outside.txt")));
    }

    [Fact]
    public void Probe_FileWhereTheFolderShouldBe_SaysNotWritable()
    {
        File.WriteAllText(_folder["out"], "in the way");

        Assert.Equal(ErrorCodes.NotWritable, Assert.Throws<FarmException>(_files.Probe).Error.Code);
    }

    private string Out(string path) => Path.Combine(_folder["out"], path);

    private void AssertOnly(string path) => Assert.Equal(
        [Out(path)], Directory.EnumerateFiles(_folder["out"], "*", SearchOption.AllDirectories));

    private ValueTask<ArtifactRef> StoreAsync(string text) => _store.WriteAsync(System.Text.Encoding.UTF8.GetBytes(text), CancellationToken.None);
}
