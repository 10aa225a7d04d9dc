using Url2Video.Farm.EndToEnd.Tests.Support;

namespace Url2Video.Farm.EndToEnd.Tests;

/// <summary>Every bad input ends with its stable code, a sentence, a way out where there is one, and no output.</summary>
public sealed class BadInputTests : IDisposable
{
    private const int BadInput = 2;
    private readonly TempFolder _temp = new();

    public void Dispose() => _temp.Dispose();

    [NeedsFact]
    public Task Host_ThatDoesNotExist_IsNamed() => Refused("ERR_HOST_NOT_FOUND", "no-such-host.invalid", "http://no-such-host.invalid/");

    [NeedsFact]
    public async Task Page_NotFound_TellsTheStatus()
    {
        using var server = new PageServer(PageServer.Status(404));
        await Refused("ERR_HTTP_STATUS", "404", server.Url, "--allow-private");
    }

    [NeedsFact]
    public async Task Page_OfTenGigabytes_IsLeftEarly()
    {
        using var server = new PageServer(PageServer.Endless);
        await Refused("ERR_TOO_LARGE", "", server.Url, "--allow-private");
    }

    [NeedsFact]
    public async Task Page_WithoutText_IsRefused()
    {
        using var server = new PageServer(PageServer.Html("<html><head><title>Hi</title></head><body><img src=x.png></body></html>"));
        await Refused("ERR_NO_TEXT", "", server.Url, "--allow-private");
    }

    [NeedsFact]
    public Task LoopbackAddress_WithoutTheFlag_IsRefused() => Refused("ERR_ADDRESS_REFUSED", "127.0.0.1", "http://127.0.0.1/");

    [NeedsFact]
    public Task Storyboard_WithAnUnknownProperty_SuggestsTheRightOne() =>
        Refused("ERR_UNKNOWN_PROPERTY", "title", Write("storyboard.json", SmallFilm.Storyboard.Replace("\"title\": \"A small", "\"titel\": \"A small", StringComparison.Ordinal)));

    [NeedsFact]
    public async Task Image_ThatLiesAboutItsType_IsNamed()
    {
        File.WriteAllText(_temp["photo.png"], "this is no picture at all");
        await Refused("ERR_IMAGE_UNREADABLE", "photo.png", Write("storyboard.json", WithImage("photo.png")));
    }

    [NeedsFact]
    public async Task Image_OfNineHundredMegapixels_IsRefusedBeforeDecoding()
    {
        File.WriteAllBytes(_temp["bomb.png"], PngFiles.Header(30_000, 30_000));
        await Refused("ERR_IMAGE_TOO_LARGE", "bomb.png", Write("storyboard.json", WithImage("bomb.png")));
    }

    [NeedsFact]
    public async Task Sound_ThatLiesAboutItsType_IsNamedWithItsPlace()
    {
        File.WriteAllText(_temp["theme.mp3"], "this is no music at all");
        await Refused("ERR_SOUND_UNREADABLE", "/music/file: theme.mp3", Write("storyboard.json", SmallFilm.Storyboard.Replace(
            "\"language\": \"en\",", "\"language\": \"en\", \"music\": { \"file\": \"theme.mp3\" },", StringComparison.Ordinal)));
    }

    [NeedsFact]
    public Task Voice_ThatIsNotInstalled_ListsWhatIs() => Refused("ERR_VOICE_NOT_FOUND", "flite:", SmallFilm.WriteTo(_temp), "--voice", "flite:nobody");

    [NeedsFact]
    public Task Size_Negative_IsRefused() => Refused("ERR_INVALID_ARGUMENT", "-640x360", SmallFilm.WriteTo(_temp), "--size=-640x360");

    [NeedsFact]
    public Task Source_ThatDoesNotExist_IsNamed() => Refused("ERR_SOURCE_NOT_FOUND", "nothing.html", _temp["nothing.html"]);

    [NeedsFact]
    public Task Source_Empty_IsRefused() => Refused("ERR_INVALID_ARGUMENT", "source", "");

    [NeedsFact]
    public Task OutputFolder_Empty_IsRefused() => Refused("ERR_INVALID_ARGUMENT", "--out", "", SmallFilm.WriteTo(_temp), []);

    [NeedsFact]
    public async Task DataFolder_Empty_IsRefused()
    {
        var result = await Url2VideoProgram.RunAsync(["render", SmallFilm.WriteTo(_temp), "--out", _temp["out"], "--data", "", "--json"]);

        Assert.Equal((BadInput, "--data is empty."), (result.Exit, result.Result.GetProperty("error").GetProperty("message").GetString()));
    }

    [NeedsFact]
    public async Task Resume_WithoutAnId_LeavesWhatFailedForGood_AndTriesItWhenItIsNamed()
    {
        var made = await Url2VideoProgram.RunAsync(["render", "http://one.invalid/", "--out", _temp["out"], "--data", _temp["data"], "--json"]);
        Assert.Equal((BadInput, "ERR_HOST_NOT_FOUND"), (made.Exit, made.Result.GetProperty("error").GetProperty("code").GetString()));

        var all = await Url2VideoProgram.RunAsync(["resume", "--data", _temp["data"], "--json"]);
        Assert.Equal((0, 0), (all.Exit, all.Result.GetProperty("projects").GetArrayLength()));

        var named = await Url2VideoProgram.RunAsync(["resume", made.Result.GetProperty("project").GetString()!, "--data", _temp["data"], "--json"]);
        Assert.Equal((BadInput, "ERR_HOST_NOT_FOUND"), (named.Exit, named.Result.GetProperty("error").GetProperty("code").GetString()));
    }

    [NeedsFact]
    public async Task Resume_InAFolderThatIsNoFarm_MakesNone()
    {
        Directory.CreateDirectory(_temp["photos"]);

        var result = await Url2VideoProgram.RunAsync(["resume", "--data", _temp["photos"], "--json"]);

        Assert.Equal((BadInput, "ERR_PROJECT_NOT_FOUND"), (result.Exit, result.Result.GetProperty("error").GetProperty("code").GetString()));
        Assert.Empty(Directory.EnumerateFileSystemEntries(_temp["photos"]));
    }

    [NeedsFact]
    public Task Option_Unknown_IsBadInput() => Refused("ERR_INVALID_ARGUMENT", "--colour", SmallFilm.WriteTo(_temp), "--colour");

    [MountFact]
    public async Task OutputFolder_ReadOnly_IsRefusedBeforeAnyWork()
    {
        using var disk = SmallDisk.TryMount(_temp["ro"], "size=1m,ro");
        await Refused("ERR_NOT_WRITABLE", "", Path.Combine(disk!.Path, "out"), SmallFilm.WriteTo(_temp), []);
    }

    [MountFact]
    public async Task OutputDisk_Full_LeavesNoHalfFileAndCanBeResumed()
    {
        using var disk = SmallDisk.TryMount(_temp["small"], "size=64k");
        var outDir = Path.Combine(disk!.Path, "out");

        var full = await Url2VideoProgram.RunAsync(SmallFilm.Render(SmallFilm.WriteTo(_temp), outDir, _temp["data"]));

        Assert.Equal(5, full.Exit);
        Assert.Equal("ERR_DISK_FULL", full.Result.GetProperty("error").GetProperty("code").GetString());
        Assert.False(File.Exists(Path.Combine(outDir, "video.mp4")));
        Assert.DoesNotContain(Directory.EnumerateFiles(disk.Path, "*", SearchOption.AllDirectories), f => f.EndsWith(".tmp", StringComparison.Ordinal));
    }

    private static string WithImage(string path) => SmallFilm.Storyboard.Replace(
        """{ "kind": "procedural", "pattern": "gradient", "seed": 1 }""",
        $$"""{ "kind": "image", "asset": "{{path}}", "alt": "A picture" }""",
        StringComparison.Ordinal);

    private string Write(string name, string text)
    {
        File.WriteAllText(_temp[name], text);
        return _temp[name];
    }

    private Task Refused(string code, string names, string source, params string[] more) =>
        Refused(code, names, _temp["out"], source, more);

    private async Task Refused(string code, string names, string outDir, string source, string[] more)
    {
        var result = await Url2VideoProgram.RunAsync(["render", source, "--out", outDir, "--data", _temp["data"], "--json", .. more]);

        Assert.True(result.Out.Length > 0, result.Error);
        var error = result.Result.GetProperty("error");
        Assert.Equal(code, error.GetProperty("code").GetString());
        Assert.Contains(names, error.GetProperty("message").GetString() + error.GetProperty("wayOut").GetString(), StringComparison.Ordinal);
        Assert.Equal(BadInput, result.Exit);
        Assert.False(result.Result.GetProperty("ok").GetBoolean());
        Assert.False(Directory.Exists(_temp["out"]), "A refused render leaves no output folder.");
    }
}
