using Url2Video.Farm.Core.Outputs;
using Url2Video.Farm.EndToEnd.Tests.Support;

namespace Url2Video.Farm.EndToEnd.Tests.Formats;

/// <summary>One short film in every format, made once for all tests: two scenes with speech, more than one chunk.</summary>
public sealed class AllFormatsFilm : IAsyncLifetime, IDisposable
{
    public const int Width = 256, Height = 144, Fps = 30;

    private const string Storyboard = """
        {
          "schema": "url2video.storyboard/1",
          "title": "Every format",
          "language": "en",
          "canvas": { "width": 256, "height": 144, "fps": 30 },
          "scenes": [
            { "id": "one", "role": "title", "say": "Every format has this.",
              "text": [ { "kind": "title", "values": ["One"] } ],
              "visual": { "kind": "procedural", "pattern": "waves", "seed": 1 }, "timing": { "minMs": 2600 } },
            { "id": "two", "role": "point", "say": "And this.",
              "text": [ { "kind": "title", "values": ["Two"] } ],
              "visual": { "kind": "procedural", "pattern": "grid", "seed": 2 }, "timing": { "minMs": 2400 } }
          ]
        }
        """;

    private readonly TempFolder _folder = new();

    public string Out => _folder["out"];

    internal CliResult Result { get; private set; } = null!;

    /// <summary>Frames as the package for players has them: the plan, from a file that no format is made of.</summary>
    public int Frames { get; private set; }

    public double Seconds => Frames / (double)Fps;

    public string PathOf(string word) => Path.Combine(Out, FormatCatalog.Find(word)!.FileName!);

    public async Task InitializeAsync()
    {
        File.WriteAllText(_folder["storyboard.json"], Storyboard);
        Result = await RenderAsync(Out, "data", workers: 2);
        if (Result.Exit == 0)
        {
            Frames = Probe.VideoPts(PathOf("mp4")).Length;
        }
    }

    /// <summary>The same film again in a farm that knows nothing of the first.</summary>
    internal Task<CliResult> RenderAsync(string outDir, string dataName, int workers) => Url2VideoProgram.RunAsync(
        "render", _folder["storyboard.json"], "--out", outDir, "--data", _folder[dataName], "--json", "--workers", $"{workers}",
        "--format", FormatCatalog.Words, "--codecs", "h264,hevc,av1", "--ladder", "144", "--profile", "fast");

    public Task DisposeAsync() => Task.CompletedTask;

    public void Dispose() => _folder.Dispose();

    internal string NewFolder(string name) => _folder[name];
}
