using System.Collections.Immutable;

namespace Url2Video.Farm.Core.Dispatch;

/// <summary>What a look at the whole queue costs little to know; for figures that are drawn over time.</summary>
/// <param name="Nodes">Known nodes; each is counted once.</param>
/// <param name="FreeSlots">Grants that nodes would take now.</param>
public sealed record DispatchLevels(ImmutableArray<BandLevel> Bands, NodeLevels Nodes, int FreeSlots);

/// <param name="OldestSeconds">Since the first of the queued jobs was offered first; 0 without any.</param>
public sealed record BandLevel(Contracts.Band Band, int Queued, int Running, double OldestSeconds);

/// <param name="Active">Those that get grants, on probation too.</param>
public sealed record NodeLevels(int Active, int Draining, int Quarantined);

/// <summary>Levels. They change nothing; O(lanes + nodes), never O(jobs).</summary>
public sealed partial class DispatchLogic
{
    public DispatchLevels Levels(DateTimeOffset now)
    {
        var oldest = new DateTimeOffset[_bands.Length];
        Array.Fill(oldest, now);
        foreach (var project in _projects.Values)
        {
            foreach (var share in project.Shares)
            {
                foreach (var lane in share.Active)
                {
                    // A lane goes by age but for priorities, and those are the project's own affair: its head stands for it.
                    var since = lane.Head.Offer.EnqueuedAt;
                    oldest[share.Band] = since < oldest[share.Band] ? since : oldest[share.Band];
                }
            }
        }

        var (active, draining, quarantined, free) = (0, 0, 0, 0);
        foreach (var node in _nodes.Values)
        {
            free += node.Room;
            var isQuarantined = node.Health.Standing == Standing.Quarantined;
            quarantined += isQuarantined ? 1 : 0;
            draining += !isQuarantined && !node.IsUsable ? 1 : 0;
            active += node.IsUsable ? 1 : 0;
        }

        return new(
            [.. Bands.InOrder.Select((b, i) => new BandLevel(b, _bands[i].Queued, _bands[i].Running, (now - oldest[i]).TotalSeconds))],
            new(active, draining, quarantined),
            free);
    }
}
