using System.Text;
using Url2Video.Farm.Cluster.Artifacts;
using Url2Video.Farm.Cluster.Tests.Fakes;
using Url2Video.Farm.Core;
using Url2Video.Farm.Core.Contracts;
using Url2Video.Farm.Core.Errors;
using Url2Video.Farm.Core.Storyboards;
using Url2Video.Farm.Node;
using Url2Video.Farm.Node.Work;
using Url2Video.Farm.Tests.Packages;

namespace Url2Video.Farm.Cluster.Tests.Work.Clips;

/// <summary>What a clip would end the film with is told when the film is taken in.</summary>
public sealed class ClipCheckTests : IDisposable
{
    private const string Tiny = "color=size=64x64:rate=25";
    private readonly TemporaryFolder _folder = new();
    private readonly ArtifactStore _store;

    public ClipCheckTests() => _store = new ArtifactStore(_folder["artifacts"]);

    public void Dispose() => _folder.Dispose();

    [RequiresFFmpegTheory]
    [InlineData("ac3")]
    [InlineData("eac3")]
    public async Task Run_SoundOfACodecThatIsNotAllowed_IsRefusedWhereItIsHeard(string codec)
    {
        Make("a.mkv", "-f", "lavfi", "-i", Tiny, "-f", "lavfi", "-i", "sine", "-t", "0.4", "-c:v", "mjpeg", "-c:a", codec);

        Assert.Empty(await RunAsync(Scene(Clip("a.mkv"))));
        var error = (await Assert.ThrowsAsync<FarmException>(() => RunAsync(Scene(Clip("a.mkv")), Scene(Heard("a.mkv"))))).Error;

        Assert.Equal(ErrorCodes.SoundUnreadable, error.Code);
        Assert.StartsWith("/scenes/1/visual/asset: ", error.Message, StringComparison.Ordinal);
        Assert.Contains("has a sound that cannot be read", error.Message, StringComparison.Ordinal);
        Assert.Contains("AAC", error.WayOut, StringComparison.Ordinal);
    }

    /// <summary>The pictures are brief, so the clip is; its sound is longer than any may be.</summary>
    [RequiresFFmpegTheory]
    [InlineData(Limits.ClipSecondsMax + 20, true)]
    [InlineData(20, false)]
    public async Task Run_SoundLongerThanAClipMayBe_IsRefusedWhereItIsHeard(int seconds, bool refused)
    {
        Make("a.mkv", "-f", "lavfi", "-i", Tiny + ":duration=0.4", "-f", "lavfi", "-i", $"anullsrc=r=8000:cl=mono:d={seconds}", "-c:v", "mjpeg", "-c:a", "pcm_u8");

        Assert.Empty(await RunAsync(Scene(Clip("a.mkv"))));
        var error = (await Record.ExceptionAsync(() => RunAsync(Scene(Heard("a.mkv")))) as FarmException)?.Error;

        Assert.Equal(refused ? ErrorCodes.TooLarge : null, error?.Code);
        Assert.Equal(refused ? "Cut it shorter, or leave the clip's sound out." : null, error?.WayOut);
    }

    [RequiresFFmpegTheory]
    [InlineData("aac")]
    [InlineData("libmp3lame")]
    [InlineData("flac")]
    public async Task Run_SoundThatCanBeRead_IsFine(string codec)
    {
        Make("a.mkv", "-f", "lavfi", "-i", Tiny, "-f", "lavfi", "-i", "sine", "-t", "0.4", "-c:v", "mjpeg", "-c:a", codec);

        Assert.Empty(await RunAsync(Scene(Heard("a.mkv")), Scene(Heard("a.mkv"))));
    }

    /// <summary>Four of the largest are decoded at once and no more, whether they are layers of a scene or of the one before it.</summary>
    [RequiresFFmpegTheory]
    [InlineData(4, 0, 0, null)]
    [InlineData(5, 0, 0, "/scenes/0/layers/3/visual/asset: ")]
    [InlineData(2, 2, 2, null)]
    [InlineData(2, 3, 1, "/scenes/1/layers/1/visual/asset: ")]
    [InlineData(4, 0, 4, null)]
    public async Task Run_ClipsAtOnce_AreBounded(int first, int second, int third, string? refused)
    {
        Make("a.mkv", "-f", "lavfi", "-i", "color=size=4096x2304:rate=25", "-frames:v", "1", "-c:v", "mjpeg");

        var error = (await Record.ExceptionAsync(() => RunAsync(SceneOf(first), SceneOf(second), SceneOf(third))) as FarmException)?.Error;

        Assert.Equal(refused is null ? null : ErrorCodes.TooLarge, error?.Code);
        Assert.StartsWith(refused ?? "", error?.Message ?? "", StringComparison.Ordinal);

        static string SceneOf(int clips) => clips == 0 ? "{}" : Scene(Clip("a.mkv"), [.. Enumerable.Repeat(Clip("a.mkv"), clips - 1)]);
    }

    private static string Clip(string file) => $$"""{"kind":"clip","asset":"{{file}}"}""";

    private static string Heard(string file) => $$$"""{"kind":"clip","asset":"{{{file}}}","sound":{}}""";

    private static string Scene(string visual, params string[] layers)
    {
        var list = string.Join(',', layers.Select(l => $"{{\"visual\":{l}}}"));
        return $"{{\"visual\":{visual},\"layers\":[{list}]}}";
    }

    private void Make(string name, params string[] arguments) => MediaPrograms.Run("ffmpeg", ["-v", "error", "-y", .. arguments, _folder[name]]);

    private async Task<IEnumerable<string>> RunAsync(params string[] scenes)
    {
        var board = StoryboardReader.Read(Encoding.UTF8.GetBytes(
            $$"""{"schema":"url2video.storyboard/1","title":"T","scenes":[{{string.Join(',', scenes)}}]}""")).Require();
        var files = new Dictionary<string, ArtifactRef>(StringComparer.Ordinal);
        foreach (var path in ClipAssets.Of(board).Select(c => ((VisualAsset.InBundle)c.Clip.Asset).Path).Distinct())
        {
            files[path] = await _store.WriteAsync(await File.ReadAllBytesAsync(_folder[path]), CancellationToken.None);
        }

        var resolved = ClipAssets.Resolve(board, (_, asset) => new VisualAsset.Resolved(files[((VisualAsset.InBundle)asset).Path]));
        var storyboard = await _store.WriteAsync(StoryboardWriter.Write(resolved), CancellationToken.None);
        var source = new SourceSpec.StoryboardBundle("storyboard.json", [.. files.Select(f => new BundleFile(f.Key, f.Value))]);
        return await ClipCheck.RunAsync(storyboard, source, new WorkContext(default, _store, _folder.Root, new Progress<WorkProgress>(), CancellationToken.None));
    }
}
