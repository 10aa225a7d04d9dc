using System.Diagnostics;
using Url2Video.Farm.Core.Errors;
using Url2Video.Farm.Media.Measuring;

namespace Url2Video.Farm.Cli.Measuring;

/// <summary>What a kernel took, milliseconds a frame.</summary>
/// <param name="CopyRatio">Times a copy of the same frame took in the same run.</param>
/// <param name="FilterMillis">By FFmpeg's filter; null where there is none or no program.</param>
internal sealed record KernelFigure(string Name, double Millis, double CopyRatio, string? Filter, double? FilterMillis, double? GoalMillis)
{
    /// <summary>Why the filter has no figure though the program is installed: this build of it lacks the filter, or an option of it.</summary>
    public string? FilterSkip { get; init; }

    /// <summary>How many times as fast as the filter.</summary>
    public double? FilterRatio => FilterMillis / Millis;

    /// <summary>Null where no goal was set.</summary>
    public bool? IsWithinGoal => GoalMillis is { } goal ? Millis <= goal : null;
}

/// <param name="HasFilters">False: the ffmpeg program is not installed.</param>
internal sealed record KernelFigures(int Rounds, bool HasFilters, IReadOnlyList<KernelFigure> All);

/// <summary>
/// What each kernel costs on a 1080p frame, beside a copy of the same frame in the same run, and beside FFmpeg's filter for the same work on
/// one thread. Rounds go through all kernels and filters in turn, and the least of each is quoted: machines are shared, and the least is what the work takes.
/// </summary>
internal static class KernelMeter
{
    public const int Rounds = 5;
    public const int QuickRounds = 2;

    // Four frames a sample: long beside the clock's step, short beside a slice of the scheduler's.
    private const int Frames = 4;
    private const int SamplesPerRound = 4;

    /// <param name="quick">Two rounds of the copy and the kernels that have a goal.</param>
    /// <param name="rounds">0: as many as is customary.</param>
    /// <param name="say">Is told what is measured.</param>
    public static KernelFigures Measure(bool quick, int rounds, Action<string> say, CancellationToken cancellation)
    {
        using var photos = new Photos();
        using var stage = new KernelStage(photos);
        var kernels = stage.Kernels().Where((k, i) => !quick || i == 0 || k.GoalMillis is not null).ToArray();
        using var filters = FilterProgram.TryCreate(photos);
        rounds = rounds > 0 ? rounds : quick ? QuickRounds : Rounds;
        var ours = Unknown(kernels.Length);
        var (work, nothing) = (Unknown(kernels.Length), Unknown(kernels.Length));
        var skips = new string?[kernels.Length];
        Array.ForEach(kernels, k => k.Run()); // Compiles it.
        for (var round = 1; round <= rounds; round++)
        {
            say($"Kernels: round {round} of {rounds}, {kernels.Length} kernels{(filters is null ? "" : " and FFmpeg's filters beside them")} ...");
            for (var i = 0; i < kernels.Length; i++)
            {
                cancellation.ThrowIfCancellationRequested();
                ours[i] = Math.Min(ours[i], Least(kernels[i].Run));
                ours[0] = Math.Min(ours[0], Least(kernels[0].Run));
                if (filters is not null && kernels[i].Filter is { } filter && skips[i] is null)
                {
                    (var did, var idle, skips[i]) = FilterOf(filters, filter, cancellation);
                    (work[i], nothing[i]) = (Math.Min(work[i], did), Math.Min(nothing[i], idle));
                }
            }
        }

        return new(rounds, filters is not null, [.. kernels.Select((k, i) => FigureOf(k, ours[i], ours[0], work[i], nothing[i]) with { FilterSkip = skips[i] })]);
    }

    /// <param name="work">Infinite: it was not measured.</param>
    internal static KernelFigure FigureOf(Kernel kernel, double millis, double copy, double work, double nothing) => new(
        kernel.Name, millis, millis / copy, kernel.Filter, double.IsFinite(work) ? Math.Max(0.001, work - nothing) : null, kernel.GoalMillis);

    // Builds of FFmpeg differ in their filters: one that lacks a filter is no reason to measure nothing. A Ctrl-C at the terminal ends ffmpeg, too: that is no fault of its.
    private static (double Work, double Nothing, string? Skip) FilterOf(FilterProgram filters, string filter, CancellationToken cancellation)
    {
        try
        {
            var (work, nothing) = filters.MillisOf(filter);
            return (work, nothing, null);
        }
        catch (FarmException fault) when (fault.Error.Code == ErrorCodes.MediaFailed && !cancellation.IsCancellationRequested)
        {
            return (double.PositiveInfinity, double.PositiveInfinity, fault.Error.Message);
        }
        finally
        {
            cancellation.ThrowIfCancellationRequested();
        }
    }

    private static double[] Unknown(int count) => [.. Enumerable.Repeat(double.PositiveInfinity, count)];

    private static double Least(Action run) => Enumerable.Range(0, SamplesPerRound).Min(_ => MillisOf(run));

    private static double MillisOf(Action run)
    {
        var start = Stopwatch.GetTimestamp();
        for (var i = 0; i < Frames; i++)
        {
            run();
        }

        return Stopwatch.GetElapsedTime(start).TotalMilliseconds / Frames;
    }
}
