using System.Collections.Immutable;
using Url2Video.Farm.Core;

namespace Url2Video.Farm.Cluster.Membership;

/// <summary>How a server that has just started finds its cluster.</summary>
internal abstract record JoinDecision
{
    private JoinDecision()
    {
    }

    /// <summary>There is no cluster: be the first.</summary>
    public sealed record Found : JoinDecision;

    /// <summary>Join one of these.</summary>
    public sealed record Join(ImmutableArray<string> Seeds) : JoinDecision;

    /// <summary>There were servers, and it is not certain yet that they are gone: look again.</summary>
    public sealed record Wait : JoinDecision;
}

/// <summary>
/// Decides on rows alone; whoever calls holds the lock of the table from the reading to the writing, so that of servers that start
/// together one founds and the others see it.
/// </summary>
/// <param name="First">The rows when this server looked first.</param>
internal sealed record Joining(ServerRows? First)
{
    private const int SeedsMax = 5;

    public static Joining Start { get; } = new((ServerRows?)null);

    public (JoinDecision Decision, Joining Next) Decide(ServerRows rows)
    {
        var live = rows.Live.Select(r => r.Address).Take(SeedsMax).ToImmutableArray();
        if (!live.IsEmpty)
        {
            return (new JoinDecision.Join(live), Start);
        }

        // Old rows are not proof of death: the database may have been away, and they with it. Gone is who has not moved while we looked.
        if (rows.All.IsEmpty || (First is { } first && HaveNotMoved(first, rows) && rows.NowMs - first.NowMs >= Limits.ServerSeenSecondsMax * 1_000L))
        {
            return (new JoinDecision.Found(), Start);
        }

        return (new JoinDecision.Wait(), First is { } before && HaveNotMoved(before, rows) ? this : new Joining(rows));
    }

    private static bool HaveNotMoved(ServerRows before, ServerRows now) =>
        now.All.All(r => before.All.Any(b => b.Id == r.Id && b.SeenMs == r.SeenMs));
}
