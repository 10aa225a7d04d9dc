namespace Url2Video.Farm.Core.Nodes;

/// <summary>
/// Whether a server may tell a node that the farm hears it. Nodes stop limited works when nobody tells them so for a lease, because by then the
/// dispatcher gives the limit to others: a server on the wrong side of a split must not keep them from it. Pure.
/// </summary>
public static class VouchRules
{
    /// <param name="sinceHeard">Since the question was sent that the dispatcher answered last; null: never.</param>
    /// <param name="unreachable">Servers that this one, or one it hears of, cannot reach. While there are any, which side goes on is not decided.</param>
    public static bool MayVouch(TimeSpan? sinceHeard, int unreachable) =>
        unreachable == 0 && sinceHeard is { } silence && silence < TimeSpan.FromSeconds(Limits.DispatcherHeardSecondsMax);
}
