namespace Url2Video.Farm.Media.Measuring;

/// <summary>One piece of work on a 1080p frame that can be timed.</summary>
/// <param name="Run">Does it once.</param>
/// <param name="Filter">FFmpeg's filter for the same work; null where there is none.</param>
public sealed record Kernel(string Name, Action Run, string? Filter)
{
    /// <summary>Pixels across the frames that are measured.</summary>
    public const int Width = 1920;

    /// <summary>Rows of the frames that are measured.</summary>
    public const int Height = 1080;

    /// <summary>What it should take at most on one core of the reference machine; null: no goal was set.</summary>
    public double? GoalMillis { get; init; }
}
