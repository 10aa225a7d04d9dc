using System.Diagnostics;

namespace Url2Video.Farm.Tests.Packages;

/// <summary>The ffmpeg and ffprobe programs, as a second opinion on what our own code writes.</summary>
internal static class MediaPrograms
{
    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(2);

    public static bool Exist { get; } = Find("ffmpeg") && Find("ffprobe");

    /// <summary>The program of Shaka Packager; null where there is none.</summary>
    public static string? ShakaPackager { get; } = Environment.GetEnvironmentVariable("U2V_SHAKA_PACKAGER") is { Length: > 0 } named && File.Exists(named) ? named
        : new[] { "packager", "packager-linux-x64", "shaka-packager" }.FirstOrDefault(Find);

    /// <summary>Runs a program to its end and gives its standard output.</summary>
    /// <exception cref="InvalidOperationException">It failed; the message holds what it said.</exception>
    public static string Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        }) ?? throw new InvalidOperationException($"{program} did not start.");
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        if (!process.WaitForExit(s_limit))
        {
            process.Kill();
            throw new InvalidOperationException($"{program} took longer than {s_limit}.");
        }

        return process.ExitCode == 0
            ? output.GetAwaiter().GetResult()
            : throw new InvalidOperationException($"{program} {string.Join(' ', arguments)}: {error.GetAwaiter().GetResult()}");
    }

    /// <summary>Everything a decoder complains about; empty when a file is clean.</summary>
    /// <param name="level">From which log level on; FFmpeg 5.1 warns of every HLS playlist that has subtitles.</param>
    public static string DecodeComplaints(string input, string level = "warning")
    {
        using var process = Process.Start(new ProcessStartInfo("ffmpeg", ["-v", level, "-xerror", "-i", input, "-f", "null", "-"])
        {
            RedirectStandardError = true,
        })!;
        return process.StandardError.ReadToEnd();
    }

    private static bool Find(string program) => (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(Path.PathSeparator)
        .Any(folder => File.Exists(Path.Combine(folder, program)));
}

/// <summary>A test that needs the ffmpeg and ffprobe programs; skipped, visibly, where they are absent.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class FfmpegFactAttribute : FactAttribute
{
    public FfmpegFactAttribute() => Skip = MediaPrograms.Exist ? null : "the ffmpeg and ffprobe programs are not installed";
}

/// <summary>A test that needs Shaka Packager as a peer: its program in the path, or named by U2V_SHAKA_PACKAGER (npm has it as <c>shaka-packager</c>).</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ShakaFactAttribute : FactAttribute
{
    public ShakaFactAttribute() => Skip = !MediaPrograms.Exist ? "the ffmpeg and ffprobe programs are not installed"
        : MediaPrograms.ShakaPackager is null ? "Shaka Packager is neither in the path nor named by U2V_SHAKA_PACKAGER" : null;
}

/// <inheritdoc cref="FfmpegFactAttribute"/>
[AttributeUsage(AttributeTargets.Method)]
public sealed class FfmpegTheoryAttribute : TheoryAttribute
{
    public FfmpegTheoryAttribute() => Skip = MediaPrograms.Exist ? null : "the ffmpeg and ffprobe programs are not installed";
}
