using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace Url2Video.Farm.EndToEnd.Tests.Support;

/// <summary>What independent programs (ffprobe, ffmpeg) say of a file.</summary>
internal static class Probe
{
    public static JsonElement Streams(string file) => JsonDocument.Parse(
        Run("ffprobe", "-v", "error", "-show_streams", "-show_format", "-of", "json", file).Out).RootElement;

    /// <summary>Durations of all video packets in time base units, in presentation order differences.</summary>
    public static long[] VideoPts(string file) =>
    [
        .. Run("ffprobe", "-v", "error", "-select_streams", "v:0", "-show_entries", "packet=pts", "-of", "csv=p=0", file).Out
            .Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(l => long.Parse(l.Trim(',', ' '), CultureInfo.InvariantCulture))
            .Order(),
    ];

    /// <summary>Decodes everything and stops at the first error; MD5 of each video frame.</summary>
    public static string[] FrameHashes(string file)
    {
        var (exit, output, error) = Run("ffmpeg", "-v", "error", "-xerror", "-i", file, "-map", "0:v:0", "-f", "framemd5", "-");
        Assert.True(exit == 0 && error.Length == 0, $"{file}: {error}");
        return [.. output.Split('\n').Where(l => l.Length > 0 && l[0] != '#').Select(l => l.Split(',')[^1].Trim())];
    }

    /// <summary>Integrated loudness in LUFS and true peak in dBTP (EBU R 128).</summary>
    public static (double Lufs, double PeakDb) Loudness(string file)
    {
        var text = Run("ffmpeg", "-hide_banner", "-nostats", "-i", file, "-map", "0:a:0", "-af", "ebur128=peak=true", "-f", "null", "-").Error;
        var summary = text[text.LastIndexOf("Summary:", StringComparison.Ordinal)..];
        return (Number(summary, "I:"), Number(summary, "Peak:"));
    }

    public static (int Exit, string Out, string Error) Run(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true };
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output, error.GetAwaiter().GetResult());
    }

    private static double Number(string text, string label)
    {
        var rest = text[(text.IndexOf(label, StringComparison.Ordinal) + label.Length)..].TrimStart();
        return double.Parse(rest[..rest.IndexOf(' ', StringComparison.Ordinal)], CultureInfo.InvariantCulture);
    }
}
