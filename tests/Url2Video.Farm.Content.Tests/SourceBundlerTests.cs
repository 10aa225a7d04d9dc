using Url2Video.Farm.Content.Bundling;
using Url2Video.Farm.Core;
using Url2Video.Farm.Core.Errors;

namespace Url2Video.Farm.Content.Tests;

public sealed class SourceBundlerTests : IDisposable
{
    private readonly DirectoryInfo _outside = Directory.CreateTempSubdirectory("u2v-bundle-");
    private readonly string _root;

    public SourceBundlerTests() => _root = Directory.CreateDirectory(Path.Combine(_outside.FullName, "page")).FullName;

    public void Dispose() => _outside.Delete(recursive: true);

    [Fact]
    public void Collect_Page_TakesWhatItNamesAndOnlyThat()
    {
        Write(
            "index.html",
            "<img src='images/a.jpg'><img src=\"images/b%20c.jpg?v=2\"><img src='https://example.org/d.jpg'><img src=gone.jpg><meta property=og:image content='/images/a.jpg'>");
        Write("images/a.jpg", "a");
        Write("images/b c.jpg", "b");
        Write("images/other.jpg", "not named");

        var bundle = SourceBundler.Collect(_root);

        Assert.Equal((BundleKind.Page, "index.html"), (bundle.Kind, bundle.Entry));
        Assert.Equal(["index.html", "images/a.jpg", "images/b c.jpg"], bundle.Files.Select(f => f.Path));
    }

    [Fact]
    public void Collect_PathsAndLinksThatLeadOut_AreNotTaken()
    {
        File.WriteAllText(Path.Combine(_outside.FullName, "secret.jpg"), "secret");
        File.CreateSymbolicLink(Path.Combine(_root, "link.jpg"), Path.Combine(_outside.FullName, "secret.jpg"));
        File.CreateSymbolicLink(Path.Combine(_root, "up"), "..");
        File.CreateSymbolicLink(Path.Combine(_root, "circle.jpg"), "circle.jpg");
        Write("inside.jpg", "fine");
        File.CreateSymbolicLink(Path.Combine(_root, "good.jpg"), "inside.jpg");
        Write(
            "index.html",
            "<img src='../secret.jpg'><img src='link.jpg'><img src='up/secret.jpg'><img src='/etc/passwd'><img src='..%2fsecret.jpg'><img src='circle.jpg'><img src='good.jpg'><img src='file:///etc/passwd'>");

        Assert.Equal(["index.html", "good.jpg"], SourceBundler.Collect(_root).Files.Select(f => f.Path));
    }

    [Fact]
    public void Collect_Storyboard_TakesItsImages()
    {
        Write("storyboard.json", """{"schema":"url2video.storyboard/1","title":"T","scenes":[{"visual":{"kind":"image","asset":"i/a.jpg"}},{"visual":{"kind":"image","asset":"i/a.jpg"}}]}""");
        Write("i/a.jpg", "a");

        var bundle = SourceBundler.Collect(Path.Combine(_root, "storyboard.json"));

        Assert.Equal(BundleKind.Storyboard, bundle.Kind);
        Assert.Equal(["storyboard.json", "i/a.jpg"], bundle.Files.Select(f => f.Path));
    }

    [Fact]
    public void Collect_Storyboard_TakesItsSounds()
    {
        Write(
            "storyboard.json",
            """{"schema":"url2video.storyboard/1","title":"T","music":{"file":"audio/m.mp3"},"scenes":[{"narration":"audio/n.wav"},{"narration":"../n.wav"}]}""");
        Write("audio/m.mp3", "m");
        Write("audio/n.wav", "n");

        // A document with errors is submitted as it is; ingest tells all of them.
        Assert.Equal(["storyboard.json"], SourceBundler.Collect(_root).Files.Select(f => f.Path));

        Write(
            "storyboard.json",
            """{"schema":"url2video.storyboard/1","title":"T","music":{"file":"audio/m.mp3"},"scenes":[{"narration":"audio/n.wav"}]}""");
        Assert.Equal(["storyboard.json", "audio/m.mp3", "audio/n.wav"], SourceBundler.Collect(_root).Files.Select(f => f.Path));
    }

    [Fact]
    public void Collect_Storyboard_TakesItsClipsAndRefusesOneThatIsTooLarge()
    {
        Write("storyboard.json", """{"schema":"url2video.storyboard/1","title":"T","scenes":[{"visual":{"kind":"clip","asset":"clips/a.mp4"}}]}""");
        Write("clips/a.mp4", "a");
        Assert.Equal(["storyboard.json", "clips/a.mp4"], SourceBundler.Collect(_root).Files.Select(f => f.Path));

        using (var file = File.OpenWrite(Path.Combine(_root, "clips/a.mp4")))
        {
            file.SetLength(Limits.ClipBytesMax + 1); // Takes no room.
        }

        var error = Assert.Throws<FarmException>(() => SourceBundler.Collect(_root)).Error;
        Assert.Equal(ErrorCodes.TooLarge, error.Code);
        Assert.Contains("clips/a.mp4", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Collect_StoryboardOfMoreFilesThanAllowed_NamesTheFirstThatIsTooMany()
    {
        var scenes = Enumerable.Range(1, Limits.FilesPerBundleMax).Select(i => $$$"""{"visual":{"kind":"image","asset":"i/{{{i}}}.jpg"}}""");
        Write("storyboard.json", $$"""{"schema":"url2video.storyboard/1","title":"T","scenes":[{{string.Join(',', scenes)}}]}""");
        for (var i = 1; i < Limits.FilesPerBundleMax; i++)
        {
            Write($"i/{i}.jpg", "a");
        }

        Assert.Equal(Limits.FilesPerBundleMax, SourceBundler.Collect(_root).Files.Length); // One that is not there takes no place.

        Write($"i/{Limits.FilesPerBundleMax}.jpg", "a");
        var error = Assert.Throws<FarmException>(() => SourceBundler.Collect(_root)).Error;
        Assert.Equal(ErrorCodes.TooLarge, error.Code);
        Assert.Contains($"i/{Limits.FilesPerBundleMax}.jpg", error.Message, StringComparison.Ordinal);
    }

    /// <summary>A clip of the allowed size fits beside its storyboard; two do not, and the second is named.</summary>
    [Fact]
    public void Collect_StoryboardOfMoreBytesThanAllowed_NamesTheFirstThatIsTooMuch()
    {
        Write("storyboard.json", """{"schema":"url2video.storyboard/1","title":"T","scenes":[{"visual":{"kind":"clip","asset":"a.mp4"}}]}""");
        Enlarge("a.mp4");
        Assert.Equal(["storyboard.json", "a.mp4"], SourceBundler.Collect(_root).Files.Select(f => f.Path));

        Write(
            "storyboard.json",
            """{"schema":"url2video.storyboard/1","title":"T","scenes":[{"visual":{"kind":"clip","asset":"a.mp4"}},{"visual":{"kind":"clip","asset":"b.mp4"}}]}""");
        Enlarge("b.mp4");
        var error = Assert.Throws<FarmException>(() => SourceBundler.Collect(_root)).Error;
        Assert.Equal(ErrorCodes.TooLarge, error.Code);
        Assert.Contains("b.mp4", error.Message, StringComparison.Ordinal);

        void Enlarge(string name)
        {
            using var file = File.Create(Path.Combine(_root, name));
            file.SetLength(Limits.ClipBytesMax); // Takes no room.
        }
    }

    [Theory]
    [InlineData("notes.txt", "Plain words.", BundleKind.Text)]
    [InlineData("notes.md", "<b>Markdown</b> words", BundleKind.Text)]
    [InlineData("page", "<!doctype html><p>x", BundleKind.Page)]
    [InlineData("page.htm", "no tags at all", BundleKind.Page)]
    [InlineData("broken.json", "{", BundleKind.Storyboard)]
    public void Collect_File_IsToldByNameAndContent(string name, string content, BundleKind kind)
    {
        Write(name, content);

        Assert.Equal(kind, SourceBundler.Collect(Path.Combine(_root, name)).Kind);
    }

    [Fact]
    public void Collect_NothingThere_SaysSo()
    {
        Assert.Equal(
            ErrorCodes.SourceNotFound,
            Assert.Throws<FarmException>(() => SourceBundler.Collect(Path.Combine(_root, "gone.html"))).Error.Code);
        Assert.Equal(ErrorCodes.SourceNotFound, Assert.Throws<FarmException>(() => SourceBundler.Collect(_root)).Error.Code);
    }

    [Fact]
    public void Collect_BinaryFile_IsAFormatError()
    {
        File.WriteAllBytes(Path.Combine(_root, "film.bin"), [0, 1, 2, 3]);

        Assert.Equal(
            ErrorCodes.Format, Assert.Throws<FarmException>(() => SourceBundler.Collect(Path.Combine(_root, "film.bin"))).Error.Code);
    }

    private void Write(string path, string content)
    {
        var full = Path.Combine(_root, path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        File.WriteAllText(full, content);
    }
}
