using System.Diagnostics;
using System.Globalization;
using Url2Video.Farm.Media.Composition;
using Url2Video.Farm.Media.Pixels;

namespace Url2Video.Farm.Bench;

/// <summary>
/// What each kernel costs on a 1080p frame, beside a copy of the same frame in the same run, and beside FFmpeg's filter for the same work on
/// one thread. Rounds go through all kernels in turn, and the least of each is quoted: machines are shared, and the least is what the work takes.
/// </summary>
internal static class KernelBench
{
    public const int Width = 1920;
    public const int Height = 1080;

    /// <param name="Filter">FFmpeg's filter for the same work; null where there is none.</param>
    internal sealed record Entry(string Name, Action Run, string? Filter);

    public static int Run(int rounds, string? resultsFile)
    {
        using var photos = new Photos();
        using var stage = new KernelStage(photos);
        var entries = stage.Entries();
        var best = new double[entries.Count];
        Array.Fill(best, double.MaxValue);
        for (var round = -1; round < rounds; round++)
        {
            for (var i = 0; i < entries.Count; i++)
            {
                var time = MillisOf(entries[i].Run);
                best[i] = round < 0 ? best[i] : Math.Min(best[i], time);
            }
        }

        var lines = new List<string>
        {
            Invariant($"{Width}x{Height} I420, one thread, least of {rounds} rounds; FFmpeg: least of {FilterBench.Rounds} runs, the null filter's time taken off"),
            "",
            "| kernel | ms/frame | times a copy | FFmpeg's filter | its ms/frame | ours is |",
            "|---|---|---|---|---|---|",
        };
        using var filters = FilterBench.TryCreate(photos);
        for (var i = 0; i < entries.Count; i++)
        {
            var theirs = entries[i].Filter is { } filter ? filters?.MillisOf(filter) : null;
            var beside = theirs is { } ms ? Invariant($"`{entries[i].Filter}` | {ms:0.00} | {ms / best[i]:0.0}x as fast") : $"{(entries[i].Filter is null ? "none" : "ffmpeg is not installed")} | | ";
            lines.Add(Invariant($"| {entries[i].Name} | {best[i]:0.000} | {best[i] / best[0]:0.00} | {beside} |"));
            Console.WriteLine(lines[^1]);
        }

        if (resultsFile is not null)
        {
            File.WriteAllLines(resultsFile, lines.Prepend($"# Kernels, {TimeProvider.System.GetUtcNow():yyyy-MM-dd}\n"));
        }

        return 0;
    }

    // Four frames a sample: long beside the clock's step, short beside a slice of the scheduler's.
    private static double MillisOf(Action run)
    {
        const int Frames = 4;
        var start = Stopwatch.GetTimestamp();
        for (var i = 0; i < Frames; i++)
        {
            run();
        }

        return Stopwatch.GetElapsedTime(start).TotalMilliseconds / Frames;
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
