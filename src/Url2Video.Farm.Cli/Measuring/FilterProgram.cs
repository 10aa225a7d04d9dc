using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Url2Video.Farm.Core.Errors;
using Url2Video.Farm.Media.Measuring;
using Url2Video.Farm.Media.Pixels;

namespace Url2Video.Farm.Cli.Measuring;

/// <summary>The ffmpeg program's filters on raw frames of the same size, on one thread, without an encoder: CPU time a frame less that of doing nothing.</summary>
internal sealed partial class FilterProgram : IDisposable
{
    private const int Frames = 24;

    /// <summary>In the program's folder: a path would have to be quoted as filters want it.</summary>
    private const string Table = "look.cube";

    private readonly string _folder = Directory.CreateTempSubdirectory("u2v-filters-").FullName;

    private FilterProgram()
    {
    }

    /// <returns>Null where the program is not installed.</returns>
    public static FilterProgram? TryCreate(Photos photos)
    {
        try
        {
            using var version = Process.Start(new ProcessStartInfo("ffmpeg", ["-version"]) { RedirectStandardOutput = true })!;
            version.StandardOutput.ReadToEnd();
            version.WaitForExit();
        }
        catch (Win32Exception)
        {
            return null;
        }

        var program = new FilterProgram();
        try
        {
            program.WriteInputs(photos);
            return program;
        }
        catch
        {
            program.Dispose();
            throw;
        }
    }

    /// <summary>Processor time a frame, and of the same frames with nothing done to them.</summary>
    public (double Work, double Nothing) MillisOf(string filter) => (
        CpuMillis(filter.Replace("LUT", Table, StringComparison.Ordinal)),
        CpuMillis(IsOfTwo(filter) ? "[0:v][1:v]overlay=enable=0" : "null"));

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private void WriteInputs(Photos photos)
    {
        for (var i = 0; i < 2; i++)
        {
            using var picture = photos.Open($"photo{i}");
            using var frame = PictureScaler.Scale(picture.Image, Kernel.Width, Kernel.Height);
            using var stream = File.Create(Path.Combine(_folder, $"{i}.yuv"));
            for (var k = 0; k < Frames; k++)
            {
                RawFrames.Write(stream, frame);
            }
        }

        WriteTable(Path.Combine(_folder, Table));
    }

    private double CpuMillis(string filter)
    {
        var start = new ProcessStartInfo("ffmpeg") { RedirectStandardError = true, WorkingDirectory = _folder };
        foreach (var argument in (string[])["-hide_banner", "-nostdin", "-benchmark", "-filter_threads", "1", "-filter_complex_threads", "1", .. Input(0), .. Input(1),
            "-filter_complex", filter.Contains("[0:v]", StringComparison.Ordinal) ? filter : IsOfTwo(filter) ? $"[0:v][1:v]{filter}" : $"[0:v]{filter}", "-f", "null", "-"])
        {
            start.ArgumentList.Add(argument);
        }

        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 && Times().Match(errors) is { Success: true } times
            ? 1_000 * (Seconds(times, 1) + Seconds(times, 2)) / Frames
            : throw new FarmException(ErrorCodes.MediaFailed, WhyOf(errors), "Run `ffmpeg -filters` to see what this build has.");

        static double Seconds(Match times, int group) => double.Parse(times.Groups[group].ValueSpan, CultureInfo.InvariantCulture);

        string[] Input(int number) =>
            ["-f", "rawvideo", "-pix_fmt", "yuv420p", "-s", FormattableString.Invariant($"{Kernel.Width}x{Kernel.Height}"), "-r", "24", "-i", Path.Combine(_folder, $"{number}.yuv")];
    }

    [GeneratedRegex(@"bench: utime=([\d.]+)s stime=([\d.]+)s")]
    private static partial Regex Times();

    /// <summary>What ffmpeg said of a filter graph that it did not run, in one line.</summary>
    /// <param name="errors">All that it wrote: what a part of it says begins with the part's name and address in brackets.</param>
    internal static string WhyOf(string errors)
    {
        var lines = errors.Trim().Split('\n', StringSplitOptions.TrimEntries);
        return Speaker().Replace(lines.LastOrDefault(l => Speaker().IsMatch(l)) ?? lines[^1], "");
    }

    [GeneratedRegex(@"^(\[[^\]]*\] )+")]
    private static partial Regex Speaker();

    private static bool IsOfTwo(string filter) =>
        filter.StartsWith("xfade", StringComparison.Ordinal) || filter.StartsWith("blend", StringComparison.Ordinal);

    // Any table costs the same: this one is the identity.
    private static void WriteTable(string path)
    {
        using var file = new StreamWriter(path);
        file.WriteLine("LUT_3D_SIZE 33");
        for (var i = 0; i < 33 * 33 * 33; i++)
        {
            file.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{i % 33 / 32.0:0.#####} {i / 33 % 33 / 32.0:0.#####} {i / (33 * 33) / 32.0:0.#####}"));
        }
    }
}
