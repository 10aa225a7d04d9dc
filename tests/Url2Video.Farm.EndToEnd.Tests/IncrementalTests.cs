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

    private static List<string> Differing(Film one, Film other, string track)
    {
        var (before, after) = (Of(one), Of(other));
        Assert.Equal(before.Keys, after.Keys);
        return [.. before.Keys.Where(name => before[name] != after[name])];

        SortedDictionary<string, string> Of(Film film) => TempFolder.HashesOf(Path.Combine(film.Out, "media", track));
    }

    private static async Task<Film> RenderAsync(TempFolder temp, string name, JsonObject board)
    {
        var (path, output, logs) = (temp[name + ".json"], temp["out-" + name], Path.Combine(temp["data"], "joblogs"));
        await File.WriteAllTextAsync(path, board.ToJsonString());
        string[] before = Directory.Exists(logs) ? Directory.GetDirectories(logs) : [];
        var made = await Url2VideoProgram.RunAsync("render", path, "--out", output, "--data", temp["data"], "--ladder", "180", "--json");
        Assert.True(made.Exit == 0, made.Error);
        var project = Assert.Single(Directory.GetDirectories(logs).Except(before));
        return new Film(output, [.. Directory.GetFiles(project).Select(f => Path.GetFileName(f).Split('.')[0]).Distinct().Order(StringComparer.Ordinal)]);
    }

    private static JsonObject Board(string caption = "The caption", string mood = "calm") => new()
    {
        ["schema"] = "url2video.storyboard/1",
        ["title"] = "Ten scenes",
        ["canvas"] = new JsonObject { ["width"] = 320, ["height"] = 180, ["fps"] = 30 },
        ["music"] = new JsonObject { ["mood"] = mood, ["seed"] = 1 },
        ["scenes"] = new JsonArray([.. Enumerable.Range(0, Scenes).Select(i => Scene(i, i == Changed ? caption : $"Scene {i}"))]),
    };

    private static JsonObject Scene(int index, string caption) => new()
    {
        ["id"] = $"s{index}",
        ["say"] = string.Empty,
        ["timing"] = new JsonObject { ["fixedMs"] = 4000 },
        ["transition"] = new JsonObject { ["kind"] = "crossFade", ["ms"] = 300 },
        ["text"] = new JsonArray(new JsonObject { ["kind"] = "lowerThird", ["values"] = new JsonArray(caption) }),
        ["visual"] = new JsonObject { ["kind"] = "procedural", ["pattern"] = (index % 3) switch { 0 => "gradient", 1 => "waves", _ => "grid" }, ["seed"] = index },
    };

    /// <param name="Worked">The jobs that were really worked, in order of their names.</param>
    private sealed record Film(string Out, IReadOnlyList<string> Worked);
}
