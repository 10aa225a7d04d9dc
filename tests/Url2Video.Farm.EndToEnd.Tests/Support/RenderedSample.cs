namespace Url2Video.Farm.EndToEnd.Tests.Support;

/// <summary>The product page of samples/, rendered once for all tests that look at the result.</summary>
public sealed class RenderedSample : IAsyncLifetime, IDisposable
{
    private readonly TempFolder _temp = new();

    internal CliResult Result { get; private set; } = new(-1, "", "");

    /// <summary>The output folder.</summary>
    public string Out => _temp["out"];

    public long FramesPlanned => Result.Json.Last(l => l.GetProperty("type").GetString() == "progress").GetProperty("framesTotal").GetInt64();

    /// <summary>Names of the rungs, the tallest first.</summary>
    public IReadOnlyList<string> Rungs => [.. Directory.EnumerateDirectories(Path.Combine(Out, "media"))
        .Where(d => File.Exists(Path.Combine(d, "init.mp4"))).Select(d => Path.GetFileName(d)).Where(n => n != "audio").OrderByDescending(n => int.Parse(n.TrimEnd('p'), System.Globalization.CultureInfo.InvariantCulture))];

    public static string SamplesFolder { get; } = FindSamples();

    /// <summary>Init and segments of a rendition as one file, as a player would join them.</summary>
    public string Joined(string rendition)
    {
        var folder = Path.Combine(Out, "media", rendition);
        var target = _temp[$"{rendition}.mp4"];
        using var stream = File.Create(target);
        foreach (var part in Segments(rendition).Prepend(Path.Combine(folder, "init.mp4")))
        {
            stream.Write(File.ReadAllBytes(part));
        }

        return target;
    }

    public IReadOnlyList<string> Segments(string rendition) =>
        [.. Directory.EnumerateFiles(Path.Combine(Out, "media", rendition), "*.m4s").Order(StringComparer.Ordinal)];

    public async Task InitializeAsync() => Result = await Url2VideoProgram.RunAsync(
        "render", Path.Combine(SamplesFolder, "product"), "--out", Out, "--data", _temp["data"], "--size", "640x360", "--seconds", "15", "--ladder", "360,240", "--json");

    public Task DisposeAsync() => Task.CompletedTask;

    public void Dispose() => _temp.Dispose();

    private static string FindSamples()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "Url2Video.Farm.sln")))
        {
            folder = folder.Parent;
        }

        return Path.Combine(folder.FullName, "samples");
    }
}
