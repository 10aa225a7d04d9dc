using System.Globalization;
using System.Text.Json.Nodes;
using Url2Video.Farm.EndToEnd.Tests.Support;

namespace Url2Video.Farm.EndToEnd.Tests;

/// <summary>What an edit costs: a changed scene is made anew with the chunks that show it, a changed music without any picture. A job that was worked has a log, one whose result was known has none.</summary>
public sealed class IncrementalTests
{
    private const int Scenes = 10;
    private const int Changed = 5;
    private const string Rung = "180p";

    [NeedsFact("ffmpeg")]
    public async Task Render_OfAnEditedFilm_MakesOnlyWhatTheEditTouches()
    {
        using var temp = new TempFolder();
        var first = await RenderAsync(temp, "first", Board());
        var caption = await RenderAsync(temp, "caption", Board(caption: "Another caption"));
        var music = await RenderAsync(temp, "music", Board(caption: "Another caption", mood: "epic"));

        // Frames 600 to 719, and the first nine of the next scene, over which it fades: chunks of 128 frames, segments of 64.
        Assert.Equal(["assemble", "ingest", "render-000004", "render-000005"], caption.Worked);
        Assert.Equal((Scenes * 120 + 127) / 128, first.Worked.Count(j => j.StartsWith("render", StringComparison.Ordinal)));
        var touched = Differing(first, caption, Rung); // Files count from one.
        Assert.NotEmpty(touched);
        Assert.All(touched, name => Assert.InRange(int.Parse(Path.GetFileNameWithoutExtension(name), CultureInfo.InvariantCulture) - 1, 600 / 64, 728 / 64));
        Assert.Empty(Differing(first, caption, "audio"));

        Assert.Equal(["assemble", "ingest", "mix"], music.Worked);
        Assert.Empty(Differing(caption, music, Rung));
        Assert.NotEmpty(Differing(caption, music, "audio"));
    }

    /// <summary>Chunks of a film that nobody streams begin where scenes begin: the scene's own, and the short one that begins with the transition after it.</summary>
    [NeedsFact("ffmpeg", "ffprobe")]
    public async Task Render_OfAnEditedFilmThatIsNotStreamed_MakesTheScenesOwnChunksAndTheNextTransition()
    {
        using var temp = new TempFolder();
        var first = await RenderAsync(temp, "first", Board(scenes: 3, millis: 8_000, changed: 1), "mp4");
        var caption = await RenderAsync(temp, "caption", Board(scenes: 3, millis: 8_000, changed: 1, caption: "Another caption"), "mp4");

        Assert.Equal(8, first.Worked.Count(j => j.StartsWith("render", StringComparison.Ordinal)));
        Assert.Equal(["assemble", "ingest", "render-000002", "render-000003", "render-000004", "render-000005"], caption.Worked);
        var (before, after) = (Packets(first), Packets(caption));
        Assert.Equal((720, 720), (before.Length, after.Length));
        var touched = Enumerable.Range(0, before.Length).Where(i => before[i] != after[i]).ToList();
        Assert.NotEmpty(touched);
        Assert.All(touched, i => Assert.InRange(i, 240, 519)); // Two scenes of 240 frames, and 40 of the third.
        Assert.Equal([0, 120, 240, 280, 380, 480, 520, 620], Enumerable.Range(0, after.Length).Where(i => after[i].IsKey));

        static (bool IsKey, string Hash)[] Packets(Film film) => [.. Probe.Run(
            "ffprobe", "-v", "error", "-select_streams", "v:0", "-show_entries", "packet=flags,data_hash", "-show_data_hash", "md5", "-of", "csv=p=0", Path.Combine(film.Out, "video.mp4")).Out
            .Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => (l.StartsWith('K'), l.Split(',')[1]))];
    }

    private static List<string> Differing(Film one, Film other, string track)
    {
        var (before, after) = (Of(one), Of(other));
        Assert.Equal(before.Keys, after.Keys);
        return [.. before.Keys.Where(name => before[name] != after[name])];

        SortedDictionary<string, string> Of(Film film) => TempFolder.HashesOf(Path.Combine(film.Out, "media", track));
    }

    private static async Task<Film> RenderAsync(TempFolder temp, string name, JsonObject board, string formats = "mp4,hls,dash")
    {
        var (path, output, logs) = (temp[name + ".json"], temp["out-" + name], Path.Combine(temp["data"], "joblogs"));
        await File.WriteAllTextAsync(path, board.ToJsonString());
        string[] before = Directory.Exists(logs) ? Directory.GetDirectories(logs) : [];
        var made = await Url2VideoProgram.RunAsync("render", path, "--out", output, "--data", temp["data"], "--ladder", "180", "--format", formats, "--json");
        Assert.True(made.Exit == 0, made.Error);
        var project = Assert.Single(Directory.GetDirectories(logs).Except(before));
        return new Film(output, [.. Directory.GetFiles(project).Select(f => Path.GetFileName(f).Split('.')[0]).Distinct().Order(StringComparer.Ordinal)]);
    }

    private static JsonObject Board(string caption = "The caption", string mood = "calm", int scenes = Scenes, int millis = 4_000, int changed = Changed) => new()
    {
        ["schema"] = "url2video.storyboard/1",
        ["title"] = "Ten scenes",
        ["canvas"] = new JsonObject { ["width"] = 320, ["height"] = 180, ["fps"] = 30 },
        ["music"] = new JsonObject { ["mood"] = mood, ["seed"] = 1 },
        ["scenes"] = new JsonArray([.. Enumerable.Range(0, scenes).Select(i => Scene(i, millis, i == changed ? caption : $"Scene {i}"))]),
    };

    private static JsonObject Scene(int index, int millis, string caption) => new()
    {
        ["id"] = $"s{index}",
        ["say"] = string.Empty,
        ["timing"] = new JsonObject { ["fixedMs"] = millis },
        ["transition"] = new JsonObject { ["kind"] = "crossFade", ["ms"] = 300 },
        ["text"] = new JsonArray(new JsonObject { ["kind"] = "lowerThird", ["values"] = new JsonArray(caption) }),
        ["visual"] = new JsonObject { ["kind"] = "procedural", ["pattern"] = (index % 3) switch { 0 => "gradient", 1 => "waves", _ => "grid" }, ["seed"] = index },
    };

    /// <param name="Worked">The jobs that were really worked, in order of their names.</param>
    private sealed record Film(string Out, IReadOnlyList<string> Worked);
}
