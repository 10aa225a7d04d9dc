using System.Diagnostics;

namespace Url2Video.Farm.Media.Tests.FFmpeg;

/// <summary>Programs that judge our output from outside; tests that need one are skipped where it is missing.</summary>
internal static class Programs
{
    internal static bool Exists(string name) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, name)));

    /// <summary>Runs to the end and gives what was printed to standard output; fails the test on another exit code than 0.</summary>
    internal static string Run(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, $"{program} {string.Join(' ', arguments)}: {errors.Result}");
        return output;
    }

    /// <summary>A line of ffmpeg's framemd5 for every picture; any decoding error fails the test.</summary>
    internal static string[] FrameHashes(string file) =>
        [.. Run("ffmpeg", "-v", "error", "-xerror", "-i", file, "-map", "0:v", "-fps_mode", "passthrough", "-f", "framemd5", "-")
            .Split('\n').Where(line => line.StartsWith("0,", StringComparison.Ordinal))];

    /// <summary>Values of ffprobe by name, of the first stream that <paramref name="select"/> chooses.</summary>
    internal static Dictionary<string, string> Probe(string file, string select, params string[] more)
    {
        var text = Run("ffprobe", ["-v", "error", "-select_streams", select, "-show_streams", "-count_frames", .. more, file]);
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var line in text.Split('\n', StringSplitOptions.TrimEntries))
        {
            if (line.IndexOf('=', StringComparison.Ordinal) is > 0 and var at)
            {
                values.TryAdd(line[..at], line[(at + 1)..]);
            }
        }

        return values;
    }
}

/// <summary>Skipped, visibly, where the FFmpeg libraries or one of the programs are missing.</summary>
public sealed class RequiresProgramsFactAttribute : FactAttribute
{
    public RequiresProgramsFactAttribute(params string[] names) =>
        Skip = Url2Video.Farm.Media.FFmpeg.FFmpegLibrary.Refusal
            ?? (names.FirstOrDefault(n => !Programs.Exists(n)) is { } missing ? $"{missing} is not installed" : null);
}

/// <summary>A folder for one test, gone after it.</summary>
internal sealed class ScratchFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("farm-media-");

    internal string this[string name] => Path.Combine(_folder.FullName, name);

    public void Dispose() => _folder.Delete(recursive: true);
}

/// <inheritdoc cref="RequiresProgramsFactAttribute"/>
public sealed class RequiresProgramsTheoryAttribute : TheoryAttribute
{
    public RequiresProgramsTheoryAttribute(params string[] names) => Skip = new RequiresProgramsFactAttribute(names).Skip;
}
