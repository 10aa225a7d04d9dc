using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Url2Video.Farm.EndToEnd.Tests.Support;
using Xunit.Abstractions;

namespace Url2Video.Farm.EndToEnd.Tests;

/// <summary>Films of clips by the real program: every frame shows the picture whose time it is; what is damaged is named.</summary>
public sealed partial class ClipFilmTests(ITestOutputHelper output) : IDisposable
{
    private const int BadInput = 2;
    private readonly TempFolder _temp = new();

    public void Dispose() => _temp.Dispose();

    [GeneratedRegex(@"render\D*\d+")]
    private static partial Regex RenderJob();

    [NeedsFact("ffmpeg", "ffprobe")]
    public async Task Film_OfClips_ShowsThePictureWhoseTimeItIsAndIsHeardOnTime()
    {
        CodedClip.Make(_temp["a.mp4"], "25", 120, "-c:v", "libx264", "-g", "50", "-pix_fmt", "yuv420p");
        CodedClip.Make(_temp["b.gif"], "10", 20);
        CodedClip.Make(_temp["c.webm"], "24000/1001", 72, "-c:v", "libvpx-vp9", "-deadline", "realtime", "-cpu-used", "8", "-b:v", "1M");
        File.WriteAllBytes(_temp["beep.wav"], Beeps.Wav(144_000, 96_000));
        Ffmpeg("-i", _temp["c.webm"], "-i", _temp["beep.wav"], "-c:v", "copy", "-c:a", "pcm_s16le", _temp["c.mkv"]);
        File.WriteAllText(_temp["storyboard.json"], """
            { "schema": "url2video.storyboard/1", "title": "Clips", "canvas": { "width": 320, "height": 180, "fps": 30 }, "captions": { "placement": "none" },
              "scenes": [
                { "id": "a", "timing": { "fixedMs": 3000 }, "visual": { "kind": "clip", "asset": "a.mp4" } },
                { "id": "b", "timing": { "fixedMs": 3000 }, "transition": { "kind": "cut" }, "visual": { "kind": "clip", "asset": "b.gif", "loop": true } },
                { "id": "c", "timing": { "fixedMs": 3000 }, "transition": { "kind": "cut" }, "visual": { "kind": "clip", "asset": "c.mkv", "sound": {} } },
                { "id": "d", "timing": { "fixedMs": 3000 }, "transition": { "kind": "cut" },
                  "visual": { "kind": "clip", "asset": "a.mp4", "startMs": 1000, "endMs": 2000, "speed": 0.5 } } ] }
            """);

        var result = await Url2VideoProgram.RunAsync(SmallFilm.Render(_temp["storyboard.json"], _temp["out"], _temp["data"]));

        Assert.True(result.Exit == 0, result.Out + result.Error);
        var film = Path.Combine(_temp["out"], "video.mp4");
        var expected = Enumerable.Range(0, 90).Select(n => n * 25 / 30)
            .Concat(Enumerable.Range(0, 90).Select(n => n * 10 / 30 % 20))
            .Concat(Enumerable.Range(0, 90).Select(n => Enumerable.Range(0, 72).Last(k => TickOf(k) <= ((n * 1_000.0) / 30) + 0.5)))
            .Concat(Enumerable.Range(0, 90).Select(n => Math.Min(49, 25 + (n * 25 / 60))));
        Assert.Equal(expected, CodedClip.NumbersIn(film, 320, 180));

        // Matroska rounds to milliseconds, so what begins within half of one is due.
        static long TickOf(int picture) => ((picture * 1_001_000L * 2) + 24_000) / (2 * 24_000);
        const int Heard = (6 + 2) * 48_000; // Scene c begins at 6 s; the beep, 2 s into its clip.
        Assert.InRange(Beeps.Find(film, _temp["out"], Heard - 600, Heard + 600), Heard - 1, Heard + 1);
    }

    [NeedsTheory("ffmpeg")]
    [InlineData("truncated", "ERR_CLIP_UNREADABLE")]
    [InlineData("wrong type", "ERR_CLIP_UNREADABLE")]
    [InlineData("over the limit", "ERR_TOO_LARGE")]
    public async Task Clip_ThatIsBad_IsNamedWithItsSceneAtOnce(string how, string code)
    {
        Directory.CreateDirectory(_temp["clips"]);
        var path = _temp["clips/tea.mp4"];
        CodedClip.Make(path, "25", how == "over the limit" ? 1 : 50, how == "over the limit" ? ["-s", "4800x2000", "-c:v", "libx264", "-preset", "ultrafast"] : ["-c:v", "libx264", "-movflags", "+faststart"]);
        File.WriteAllBytes(path, how switch
        {
            "truncated" => File.ReadAllBytes(path)[..^2_000],
            "wrong type" => "this is no film at all"u8.ToArray(),
            _ => File.ReadAllBytes(path),
        });
        File.WriteAllText(_temp["storyboard.json"], """
            { "schema": "url2video.storyboard/1", "title": "Clips", "canvas": { "width": 320, "height": 180 },
              "scenes": [ { "id": "first" }, { "id": "tea", "visual": { "kind": "clip", "asset": "clips/tea.mp4" } } ] }
            """);
        var clock = new Stopwatch();

        var result = await Url2VideoProgram.RunAsync(SmallFilm.Render(_temp["storyboard.json"], _temp["out"], _temp["data"]), null, (_, _) => clock.Start());
        clock.Stop();

        var error = result.Result.GetProperty("error");
        Assert.Equal((BadInput, code), (result.Exit, error.GetProperty("code").GetString()));
        Assert.Contains("/scenes/1/visual/asset: clips/tea.mp4: The clip of scene \"tea\"", error.GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.False(Directory.Exists(_temp["out"]), "A refused render leaves no output folder.");
        output.WriteLine($"{how}: refused {clock.Elapsed.TotalSeconds:0.00} s after the order was accepted");
    }

    /// <summary>Damage that only decoding shows: the film ends with its name, and what was finished is not made again when the clip is whole.</summary>
    [NeedsFact("ffmpeg")]
    public async Task Clip_DamagedInTheMiddle_KeepsTheFinishedScenes()
    {
        CodedClip.Make(_temp["late.mp4"], "25", 250, "-c:v", "libx264", "-g", "25", "-pix_fmt", "yuv420p");
        var whole = File.ReadAllBytes(_temp["late.mp4"]);
        var broken = (byte[])whole.Clone();
        broken.AsSpan(broken.Length / 2, broken.Length / 8).Fill(0x5A); // Inside the pictures: the headers lie at the end.
        File.WriteAllBytes(_temp["late.mp4"], broken);
        File.WriteAllText(_temp["storyboard.json"], """
            { "schema": "url2video.storyboard/1", "title": "Clips", "canvas": { "width": 320, "height": 180 }, "captions": { "placement": "none" },
              "scenes": [
                { "id": "calm", "timing": { "fixedMs": 20000 } },
                { "id": "late", "timing": { "fixedMs": 9000 }, "transition": { "kind": "cut" }, "visual": { "kind": "clip", "asset": "late.mp4" } } ] }
            """);

        var failed = await Url2VideoProgram.RunAsync(SmallFilm.Render(_temp["storyboard.json"], _temp["out"], _temp["data"]));

        var error = failed.Result.GetProperty("error");
        Assert.True(error.GetProperty("code").GetString() == "ERR_CLIP_UNREADABLE", failed.Out);
        Assert.Contains("The clip of scene \"late\"", error.GetProperty("message").GetString(), StringComparison.Ordinal);

        var first = Worked();
        File.WriteAllBytes(_temp["late.mp4"], whole);
        var made = await Url2VideoProgram.RunAsync(SmallFilm.Render(_temp["storyboard.json"], _temp["out"], _temp["data"]));

        Assert.True(made.Exit == 0, made.Error);
        var again = Worked().Except(first).Select(NameOf).ToHashSet();
        output.WriteLine($"worked at first: {string.Join(' ', first.Select(NameOf).Order())}; when the clip is whole: {string.Join(' ', again.Order())}");
        Assert.NotEmpty(again);
        Assert.NotEmpty(first.Select(NameOf).Except(again));

        // An attempt that only finds its result has no log.
        HashSet<string> Worked() => [.. Directory.EnumerateFiles(_temp["data/joblogs"], "*", SearchOption.AllDirectories).Where(f => f.Contains("render", StringComparison.Ordinal))];
        static string NameOf(string path) => RenderJob().Match(path).Value;
    }

    private static void Ffmpeg(params string[] arguments)
    {
        var (exit, _, error) = Probe.Run("ffmpeg", ["-v", "error", "-y", .. arguments]);
        Assert.True(exit == 0, string.Create(CultureInfo.InvariantCulture, $"{error}"));
    }
}
