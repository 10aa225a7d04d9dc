using System.Text.Json;
using Url2Video.Farm.EndToEnd.Tests.Support;

namespace Url2Video.Farm.EndToEnd.Tests;

/// <summary>The quality stage on the whole path: a report beside the film, a gate that holds it back, and the way out.</summary>
public sealed class QualityTests : IDisposable
{
    // Words that pop, burned in, so that captions are measured too.
    private const string Board = """
        { "schema": "url2video.storyboard/1", "title": "Judged", "canvas": { "width": 320, "height": 180, "fps": 30 },
          "captions": { "placement": "both", "style": "wordPop" },
          "scenes": [
            { "id": "a", "say": "A short film is judged.", "text": [ { "kind": "title", "values": ["Judged"] } ] },
            { "id": "b", "say": "And then it is let out.", "visual": { "kind": "procedural", "pattern": "waves", "seed": 4 } } ] }
        """;

    private readonly TempFolder _temp = new();

    public void Dispose() => _temp.Dispose();

    [NeedsFact("ffprobe")]
    public async Task Render_WithAGate_HoldsTheFilmBackUntilItIsResumed()
    {
        File.WriteAllText(_temp["storyboard.json"], Board);

        var held = await Url2VideoProgram.RunAsync(SmallFilm.Render(_temp["storyboard.json"], _temp["out"], _temp["data"], "--quality", "gate"));

        // Nothing is wrong with it but its size, which the order did not come from a preset for.
        Assert.True(held.Exit == 5, held.Out + held.Error);
        Assert.Equal("ERR_QUALITY", held.Result.GetProperty("error").GetProperty("code").GetString());
        Assert.Equal(1, held.Result.GetProperty("quality").GetProperty("errors").GetInt32());
        Assert.StartsWith("QC_SIZE", held.Result.GetProperty("quality").GetProperty("findings")[0].GetString(), StringComparison.Ordinal);
        Assert.Equal(["quarantine"], Directory.EnumerateFileSystemEntries(_temp["out"]).Select(Path.GetFileName));
        Assert.True(File.Exists(Path.Combine(_temp["out"], "quarantine", "video.mp4")));

        // Resuming everything does not let it out; by its name it does.
        var all = await Url2VideoProgram.RunAsync("resume", "--data", _temp["data"], "--json");
        Assert.Empty(all.Result.GetProperty("projects").EnumerateArray());
        var released = await Url2VideoProgram.RunAsync("resume", held.Result.GetProperty("project").GetString()!, "--data", _temp["data"], "--json");

        Assert.True(released.Exit == 0, released.Out + released.Error);
        Assert.Equal(
            File.ReadAllBytes(Path.Combine(_temp["out"], "quarantine", "video.mp4")), File.ReadAllBytes(Path.Combine(_temp["out"], "video.mp4")));
        Assert.True(File.Exists(Path.Combine(_temp["out"], "hls", "master.m3u8")));
    }

    [NeedsFact("ffprobe")]
    public async Task Render_WritesTheReport_AndOffWritesNone()
    {
        File.WriteAllText(_temp["storyboard.json"], Board);

        var judged = await Url2VideoProgram.RunAsync(SmallFilm.Render(_temp["storyboard.json"], _temp["out"], _temp["data"]));
        var off = await Url2VideoProgram.RunAsync(SmallFilm.Render(_temp["storyboard.json"], _temp["off"], _temp["data"], "--quality", "off"));

        Assert.True(judged.Exit == 0, judged.Error);
        using var report = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(_temp["out"], "quality.json")));
        var film = report.RootElement.GetProperty("film");
        Assert.Equal(film.GetProperty("frames").GetInt64(), film.GetProperty("framesMeasured").GetInt64());
        Assert.Equal(Probe.VideoPts(Path.Combine(_temp["out"], "video.mp4")).Length, film.GetProperty("frames").GetInt64());
        Assert.Equal(["QC_SIZE"], report.RootElement.GetProperty("findings").EnumerateArray().Select(f => f.GetProperty("code").GetString()));
        Assert.InRange(report.RootElement.GetProperty("pictures").GetProperty("textContrastMin").GetDecimal(), 3, 21);
        Assert.InRange(report.RootElement.GetProperty("sound").GetProperty("offsetSamples").GetInt32(), -1, 1);

        // The pictures are the same, whether or not they were measured.
        Assert.True(off.Exit == 0, off.Error);
        Assert.False(File.Exists(Path.Combine(_temp["off"], "quality.json")));
        Assert.Equal(File.ReadAllBytes(Path.Combine(_temp["out"], "video.mp4")), File.ReadAllBytes(Path.Combine(_temp["off"], "video.mp4")));
    }

    /// <summary>The same judge on decoded files: a clean one, and a strobe that another program made.</summary>
    [NeedsFact("ffmpeg")]
    public async Task Quality_OfAFile_FindsWhatIsWrongWithIt()
    {
        var (clean, strobe) = (_temp["clean.mp4"], _temp["strobe.mkv"]);
        const string Picture = "testsrc2=size=1280x720:rate=30:duration=4,noise=alls=20:allf=t";
        Make($"{Picture}", clean);
        Make($"{Picture},eq=brightness='if(between(t\\,1\\,3)*lt(mod(t\\,0.2)\\,0.1)\\,0.45\\,-0.2)':eval=frame", strobe);

        var good = await Url2VideoProgram.RunAsync("quality", clean, "--json", "--report", _temp["report.json"]);
        var bad = await Url2VideoProgram.RunAsync("quality", strobe, "--json");
        var none = await Url2VideoProgram.RunAsync("quality", _temp["report.json"], "--json");

        Assert.True(good.Exit == 0, good.Out + good.Error);
        Assert.Equal(0, good.Result.GetProperty("errors").GetInt32());
        Assert.Contains("\"frames\": 120", File.ReadAllText(_temp["report.json"]), StringComparison.Ordinal);
        Assert.True(bad.Exit == 5, bad.Out + bad.Error);
        Assert.Contains(bad.Result.GetProperty("findings").EnumerateArray(), f => f.GetString()!.StartsWith("QC_FLASH at 0:0", StringComparison.Ordinal));
        Assert.Equal((2, "ERR_FORMAT"), (none.Exit, none.Result.GetProperty("error").GetProperty("code").GetString()));

        static void Make(string graph, string file)
        {
            var made = Probe.Run(
                "ffmpeg", "-v", "error", "-f", "lavfi", "-i", graph, "-f", "lavfi", "-i", "sine=440:r=48000:d=4", "-pix_fmt", "yuv420p", "-c:v", "libx264", "-preset", "ultrafast", "-shortest", file);
            Assert.True(made.Exit == 0, made.Error);
        }
    }

    [Fact]
    public async Task Render_WithAnotherWord_IsRefused()
    {
        File.WriteAllText(_temp["storyboard.json"], Board);

        var refused = await Url2VideoProgram.RunAsync(SmallFilm.Render(_temp["storyboard.json"], _temp["out"], _temp["data"], "--quality", "strict"));

        Assert.Equal(2, refused.Exit);
        Assert.Contains("report, gate or off", refused.Error, StringComparison.Ordinal);
    }
}
