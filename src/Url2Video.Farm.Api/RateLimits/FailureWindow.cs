namespace Url2Video.Farm.Api.RateLimits;

/// <summary>Failures since a window began. Pure.</summary>
internal readonly record struct FailureWindow(long FromMs, int Count)
{
    /// <returns>The window with one failure more, and the seconds to wait when it is too many; 0 else.</returns>
    public static (FailureWindow Next, int WaitSeconds) Fail(FailureWindow? before, long nowMs, int countMax, int windowSeconds)
    {
        var window = before is { } b && nowMs - b.FromMs < windowSeconds * 1000L ? b : new FailureWindow(nowMs, 0);
        var next = window with { Count = Math.Min(window.Count + 1, int.MaxValue - 1) };
        var end = next.FromMs + (windowSeconds * 1000L);
        return (next, next.Count > countMax ? (int)Math.Max(1, (end - nowMs + 999) / 1000) : 0);
    }
}
