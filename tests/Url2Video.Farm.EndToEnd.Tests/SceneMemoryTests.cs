using System.Diagnostics;
using Url2Video.Farm.EndToEnd.Tests.Support;

namespace Url2Video.Farm.EndToEnd.Tests;

/// <summary>A scene of many large layers is told to be too large before anything of it is decoded; one that is just allowed fits a worker.</summary>
public sealed class SceneMemoryTests : IDisposable
{
    private readonly TempFolder _temp = new();

    public void Dispose() => _temp.Dispose();

    /// <summary>The pictures are headers without a body: whoever decoded one would say that it is broken.</summary>
    [NeedsFact]
    public async Task Scene_EightBrushedLayersOf33Megapixels_IsRefusedBeforeAnyIsDecoded()
    {
        for (var i = 0; i < 8; i++)
        {
            File.WriteAllBytes(_temp[$"photo-{i}.png"], PngFiles.Header(7_680, 4_320));
        }

        var layers = Enumerable.Range(0, 8).Select(i => Brushed($"photo-{i}.png", 5));
        var film = await Url2VideoProgram.RunAsync(["render", Write("3840x2160", layers), "--out", _temp["out"], "--data", _temp["data"], "--json"]);

        var error = film.Result.GetProperty("error");
        Assert.True(error.GetProperty("code").GetString() == "ERR_SCENE_TOO_LARGE", film.Out + film.Error);
        Assert.Equal(2, film.Exit);
        var message = error.GetProperty("message").GetString()!;
        Assert.Contains("scene \"crowded\" wants", message, StringComparison.Ordinal);
        Assert.Contains("/scenes/0/layers/0 with", message, StringComparison.Ordinal);
        Assert.Contains("brushes", error.GetProperty("wayOut").GetString()!, StringComparison.Ordinal);
    }

    [NeedsFact("ffmpeg")]
    public async Task Scene_JustAllowed_IsRenderedByAWorkerOfTheUsualMemory()
    {
        using (var ffmpeg = Process.Start("ffmpeg", ["-v", "error", "-f", "lavfi", "-i", "color=teal:s=7680x4320", "-frames:v", "1", _temp["photo.jpg"]]))
        {
            await ffmpeg.WaitForExitAsync();
            Assert.Equal(0, ffmpeg.ExitCode);
        }

        string Storyboard(int brushes) => Write("3840x2160", [Brushed("photo.jpg", brushes), .. Enumerable.Range(0, 7).Select(Sliding)]);
        var refused = await Url2VideoProgram.RunAsync(["render", Storyboard(Most + 1), "--out", _temp["no"], "--data", _temp["data"], "--json"]);
        var film = await Url2VideoProgram.RunAsync(["render", Storyboard(Most), "--out", _temp["out"], "--data", _temp["data"], "--ladder", "180", "--json"]);

        Assert.True(refused.Result.GetProperty("error").GetProperty("code").GetString() == "ERR_SCENE_TOO_LARGE", refused.Out + refused.Error);
        Assert.True(film.Exit == 0, film.Out + film.Error);
        Assert.DoesNotContain("ERR_", film.Out + film.Error, StringComparison.Ordinal);
    }

    /// <summary>Brushes with which the scene still fits.</summary>
    private const int Most = 4;

    // Twice as large as the frame for a moment: its content has the size of the picture.
    private static string Brushed(string asset, int brushes) => $$"""
        { "visual": { "kind": "image", "asset": "{{asset}}", "alt": "", "brush": [{{string.Join(", ", Enumerable.Range(0, brushes).Select(i =>
            $$"""{ "mask": { "shape": "ellipse", "x": 0, "y": 0, "width": 1, "height": 0.{{95 - i}} }, "dx": 0.02 }"""))}}] },
          "keyframes": [{ "atMs": 0, "scale": 1 }, { "atMs": 900, "scale": 2 }] }
        """;

    private static string Sliding(int i) => $$"""
        { "visual": { "kind": "solid", "colour": "#20406{{i}}" }, "keyframes": [{ "atMs": 0, "x": 0.9 }, { "atMs": 900, "x": 0.1, "scale": 2 }] }
        """;

    private string Write(string size, IEnumerable<string> layers)
    {
        var sides = size.Split('x');
        File.WriteAllText(_temp["storyboard.json"], $$"""
            {
              "schema": "url2video.storyboard/1", "title": "Much at once", "language": "en", "music": null,
              "canvas": { "width": {{sides[0]}}, "height": {{sides[1]}}, "fps": 1 },
              "scenes": [
                { "id": "crowded", "role": "point", "say": "", "visual": { "kind": "solid", "colour": "#101418" }, "timing": { "fixedMs": 1000 },
                  "layers": [ {{string.Join(",\n", layers)}} ] }
              ]
            }
            """);
        return _temp["storyboard.json"];
    }
}
