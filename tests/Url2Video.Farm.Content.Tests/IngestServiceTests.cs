using System.Text;
using Microsoft.Extensions.Time.Testing;
using Url2Video.Farm.Content.Bundling;
using Url2Video.Farm.Content.Extraction;
using Url2Video.Farm.Content.Tests.Support;
using Url2Video.Farm.Core;
using Url2Video.Farm.Core.Contracts;
using Url2Video.Farm.Core.Errors;
using Url2Video.Farm.Core.Storyboards;

namespace Url2Video.Farm.Content.Tests;

/// <summary>The services as the node calls them, on real pages from a real server, on the samples and on bad input.</summary>
public sealed class IngestServiceTests
{
    private const string Article = "<html lang=en><title>The wall</title><body><article><p>The harbour wall was built in a hurry, and it shows in every stone of its northern end today.</p><img src=\"a.png\" alt=\"The wall\"><p>It has moved by a hand's width in three winters, which the engineers of the time thought rather good.</p><img src=\"liar.png\"><img src=\"gone.png\"><img src=\"huge.png\"><img src=\"icon.png\"></article>";

    private readonly MemoryArtifacts _io = new();

    [Fact]
    public async Task Ingest_WebPage_TakesItsImagesAndWarnsOfBadOnes()
    {
        await using var server = LoopbackServer.Of(path => path switch
        {
            "/page" => ("200 OK\r\nContent-Type: text/html; charset=utf-8", Encoding.UTF8.GetBytes(Article)),
            "/a.png" => ("200 OK\r\nContent-Type: image/png", HeaderProbe.PngOf(1600, 900)),
            "/liar.png" => ("200 OK\r\nContent-Type: image/png", "<html>not an image"u8.ToArray()),
            "/huge.png" => ("200 OK\r\nContent-Type: image/png", HeaderProbe.PngOf(30_000, 30_000)),
            "/icon.png" => ("200 OK\r\nContent-Type: image/png", HeaderProbe.PngOf(32, 32)),
            _ => ("404 Not Found", []),
        });

        var result = await IngestAsync(new SourceSpec.WebPage(server.Url + "/page", AllowPrivateAddresses: true));

        var document = SourceDocJson.Read(_io.Get(result.SourceDoc!.Value));
        var image = Assert.Single(document.Images);
        Assert.Equal(("The wall", 0, 1600, 900), (image.Alt, image.Block, image.Width, image.Height));
        Assert.Equal(server.Url + "/page", document.Url);
        Assert.Equal(3, result.Warnings.Length);
        Assert.Contains(result.Warnings, w => w.Contains("liar.png", StringComparison.Ordinal)
            && w.Contains(ErrorCodes.ImageUnreadable, StringComparison.Ordinal));
        Assert.Contains(result.Warnings, w => w.Contains("huge.png", StringComparison.Ordinal)
            && w.Contains(ErrorCodes.ImageTooLarge, StringComparison.Ordinal));
        Assert.Contains(result.Warnings, w => w.Contains("gone.png", StringComparison.Ordinal)
            && w.Contains("404", StringComparison.Ordinal));
    }

    /// <summary>Sixty dead images at five seconds each are all the time that ingest has; the text must come through.</summary>
    [Fact]
    public async Task Ingest_ImagesThatTakeTooLong_AreLeftOut()
    {
        var clock = new FakeTimeProvider();
        await using var server = LoopbackServer.Of(path =>
        {
            if (path == "/a.png")
            {
                clock.Advance(TimeSpan.FromSeconds(Limits.ImagesSecondsMax));
            }

            return path == "/page"
                ? ("200 OK\r\nContent-Type: text/html; charset=utf-8", Encoding.UTF8.GetBytes(Article))
                : ("200 OK\r\nContent-Type: image/png", HeaderProbe.PngOf(1600, 900));
        });
        using var service = new IngestService(clock);

        var result = await service.IngestAsync(
            new SourceSpec.WebPage(server.Url + "/page", AllowPrivateAddresses: true), Briefs.Plain, _io, new HeaderProbe(), default);

        Assert.Empty(SourceDocJson.Read(_io.Get(result.SourceDoc!.Value)).Images);
        Assert.Equal(4, result.Warnings.Length);
        Assert.All(result.Warnings, w => Assert.Contains(ErrorCodes.NetworkTimeout, w, StringComparison.Ordinal));
        Assert.Equal(2, server.Requests.Count);
    }

    [Fact]
    public async Task Ingest_LoopbackWithoutTheFlag_IsRefusedWithTheWayOut()
    {
        await using var server = LoopbackServer.Of("200 OK\r\nContent-Type: text/html", Article);

        var error = await FailAsync(new SourceSpec.WebPage("http://127.0.0.1/"));

        Assert.Equal(ErrorCodes.AddressRefused, error.Code);
        Assert.Contains("--allow-private", error.WayOut, StringComparison.Ordinal);
        Assert.Empty(server.Requests);
        Assert.Equal(0, _io.Count);
    }

    [Fact]
    public async Task Ingest_WebText_IsReadAsText()
    {
        await using var server = LoopbackServer.Of(
            "200 OK\r\nContent-Type: text/plain", "# Notes\n\nThe first sentence stands here. The second one follows it.");

        var result = await IngestAsync(new SourceSpec.WebPage(server.Url, AllowPrivateAddresses: true));

        Assert.Equal(SourceKind.Text, SourceDocJson.Read(_io.Get(result.SourceDoc!.Value)).Kind);
    }

    [Theory]
    [InlineData("product", "en", 4, SourceKind.Product)]
    [InlineData("article", "en", 4, SourceKind.Article)]
    [InlineData("deutsch", "de", 4, SourceKind.Landing)]
    public async Task Ingest_Sample_BecomesAFilmOfItsWordsAndPictures(string sample, string language, int images, SourceKind kind)
    {
        var result = await IngestAsync(Bundle(Repository.Sample(sample)));
        var document = SourceDocJson.Read(_io.Get(result.SourceDoc!.Value));
        var written = await WriteService.WriteAsync(new JobWork.Write(result.SourceDoc!.Value, Briefs.Plain), _io, default);

        Assert.Empty(result.Warnings);
        Assert.Equal((language, images, kind), (document.Language, document.Images.Length, document.Kind));
        var text = string.Join('\n', document.Blocks.Select(b => b.Text));
        Assert.All(
            new[] { "cookie", "Cookie", "newsletter", "Privacy", "Impressum", "Share this", "basket" },
            w => Assert.DoesNotContain(w, text, StringComparison.Ordinal));

        var storyboard = StoryboardReader.Read(_io.Get(written.Storyboard)).Require();
        Assert.InRange(storyboard.Scenes.Length, 6, 16);
        Assert.Equal(images, storyboard.Scenes.Select(s => s.Visual).OfType<Visual.Image>().Select(i => i.Asset).Distinct().Count());
        Assert.Equal(storyboard.Scenes.Length, written.Facts.Scenes.Length);
        Assert.Equal(StoryboardDigest.FactsOf(storyboard).Mix, written.Facts.Mix);
    }

    [Fact]
    public async Task Ingest_SampleTwice_GivesTheSameArtifacts()
    {
        var first = await IngestAsync(Bundle(Repository.Sample("article")));
        var second = await IngestAsync(Bundle(Repository.Sample("article/index.html")));

        Assert.Equal(first.SourceDoc, second.SourceDoc);
    }

    [Fact]
    public async Task Ingest_StoryboardSample_ResolvesItsImages()
    {
        var result = await IngestAsync(Bundle(Repository.Sample("storyboard")));

        var storyboard = StoryboardReader.Read(_io.Get(result.Storyboard!.Value)).Require();
        Assert.Equal(3, storyboard.Scenes.Select(s => s.Visual).OfType<Visual.Image>().Count(i => i.Asset is VisualAsset.Resolved));
        Assert.Equal(storyboard.Scenes.Length, result.Facts!.Scenes.Length);
        Assert.Equal("flite:slt", storyboard.Voice.Id);
        Assert.Equal(3_500, result.Facts.Scenes[4].MsFixed);
        Assert.Null(result.Facts.Scenes[4].Say);
    }

    [Fact]
    public async Task Ingest_StoryboardWithExplicitWishes_GivesWayToThoseOnly()
    {
        var brief = Briefs.Plain with { Width = 1080, Height = 1920, Voice = "flite:rms", Captions = CaptionPlacement.None, Explicit = BriefFields.Size | BriefFields.Captions };

        var result = await new IngestService(TimeProvider.System).IngestAsync(
            Bundle(Repository.Sample("storyboard")), brief, _io, new HeaderProbe(), default);

        var storyboard = StoryboardReader.Read(_io.Get(result.Storyboard!.Value)).Require();
        Assert.Equal((1080, 1920), (storyboard.Canvas.Width, storyboard.Canvas.Height));
        Assert.Equal(CaptionPlacement.None, storyboard.Captions.Placement);
        Assert.Equal("flite:slt", storyboard.Voice.Id);
    }

    [Theory]
    [InlineData("""{"schema":"url2video.storyboard/1","title":"T","scenes":[{"saay":"x"}]}""", ErrorCodes.UnknownProperty)]
    [InlineData("""{"schema":"url2video.storyboard/1","title":"T","canvas":{"width":-2},"scenes":[{}]}""", ErrorCodes.InvalidStoryboard)]
    [InlineData("""{"schema":"url2video.storyboard/1","title":"T","scenes":[{"visual":{"kind":"image","asset":"gone.jpg"}}]}""", ErrorCodes.SourceNotFound)]
    [InlineData("""{"schema":"url2video.storyboard/1","title":"T","music":{"file":"gone.mp3"},"scenes":[{}]}""", ErrorCodes.SourceNotFound)]
    [InlineData("""{"schema":"url2video.storyboard/1","title":"T","scenes":[{"narration":"gone.wav"}]}""", ErrorCodes.SourceNotFound)]
    [InlineData("""{"schema":"url2video.storyboard/1","title":"T","scenes":[{"visual":{"kind":"image","asset":"liar.jpg"}}]}""", ErrorCodes.ImageUnreadable)]
    [InlineData("""{"schema":"url2video.storyboard/1","title":"T","scenes":[{"visual":{"kind":"image","asset":"huge.png"}}]}""", ErrorCodes.ImageTooLarge)]
    [InlineData("not json", ErrorCodes.Format)]
    public async Task Ingest_BadStoryboard_IsAnErrorWithItsCode(string json, string code)
    {
        var spec = new SourceSpec.StoryboardBundle("s.json",
        [
            new BundleFile("s.json", _io.Put(Encoding.UTF8.GetBytes(json))), new BundleFile(
                "liar.jpg", _io.Put("text"u8.ToArray())), new BundleFile("huge.png", _io.Put(HeaderProbe.PngOf(30_000, 30_000))),
        ]);

        Assert.Equal(code, (await FailAsync(spec)).Code);
    }

    [Fact]
    public async Task Ingest_StoryboardWithSounds_NamesThemByTheirBytes()
    {
        var json = """{"schema":"url2video.storyboard/1","title":"T","music":{"file":"m.mp3"},"scenes":[{},{"narration":"n.wav"}]}""";
        var (music, narration) = (_io.Put([1]), _io.Put([2]));
        var result = await IngestAsync(new SourceSpec.StoryboardBundle(
            "s.json", [new BundleFile("s.json", _io.Put(Encoding.UTF8.GetBytes(json))), new BundleFile("m.mp3", music), new BundleFile("n.wav", narration)]));

        var storyboard = StoryboardReader.Read(_io.Get(result.Storyboard!.Value)).Require();
        Assert.Equal(new VisualAsset.Resolved(music), storyboard.Music!.File!.Asset);
        Assert.Equal(new VisualAsset.Resolved(narration), storyboard.Scenes[1].Narration);
        Assert.Null(storyboard.Scenes[0].Narration);
    }

    /// <summary>What a scene needs of a node's memory is asked of the node and kept with the scene; others' facts stay as they were.</summary>
    [Fact]
    public async Task Ingest_StoryboardWithALargeScene_TellsWhatItNeeds()
    {
        using var service = new IngestService(TimeProvider.System);
        var json = """{"schema":"url2video.storyboard/1","title":"T","scenes":[{},{"plugins":[{"id":"zoom","sha256":"HASH"}]},{}]}""".Replace("HASH", new string('c', 64), StringComparison.Ordinal);
        var bundle = new SourceSpec.StoryboardBundle("s.json", [new BundleFile("s.json", _io.Put(Encoding.UTF8.GetBytes(json)))]);

        var result = await service.IngestAsync(bundle, Briefs.Plain, _io, new HeaderProbe { SecondNeeds = "worker.mem.mib>=6144" }, default);

        Assert.Equal([0, 2, 0], result.Facts!.Scenes.Select(s => s.PictureNeeds?.Length ?? 0));
        Assert.Equal(["plugin:zoom#cccccccccccc", "worker.mem.mib>=6144"], result.Facts.Scenes[1].PictureNeeds!.Value.AsEnumerable());
    }

    [Fact]
    public async Task Ingest_BundlePathThatLeaves_IsRefused() =>
        Assert.Equal(
            ErrorCodes.InvalidArgument,
            (await FailAsync(
                new SourceSpec.PageBundle("i.html", [new BundleFile("i.html", _io.Put([1])), new BundleFile("../x", _io.Put([2]))]))).Code);

    private async Task<JobResult.Ingested> IngestAsync(SourceSpec source)
    {
        using var service = new IngestService(TimeProvider.System);
        return await service.IngestAsync(source, Briefs.Plain, _io, new HeaderProbe(), default);
    }

    private async Task<FarmError> FailAsync(SourceSpec source) =>
        (await Assert.ThrowsAsync<FarmException>(() => IngestAsync(source))).Error;

    private SourceSpec Bundle(string path)
    {
        var bundle = SourceBundler.Collect(path);
        return bundle.ToSpec([.. bundle.Files.Select(f => _io.Put(File.ReadAllBytes(f.FullPath)))]);
    }
}
