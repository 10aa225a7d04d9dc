using Url2Video.Farm.Core.Dispatch;
using Url2Video.Farm.Core.Projects;

namespace Url2Video.Farm.Cluster.Telemetry;

/// <summary>What the dispatcher tells of itself, and only while it lives here.</summary>
internal static class DispatchMeters
{
    /// <summary>Looking at all lanes costs O(lanes): no more often than anybody reads it.</summary>
    public static readonly TimeSpan Period = TimeSpan.FromSeconds(2);

    public static void Tell(DispatchLevels levels)
    {
        foreach (var band in levels.Bands)
        {
            var word = FarmMeters.Word(band.Band);
            FarmMeters.Set(FarmMeters.QueueJobs, band.Queued, word);
            FarmMeters.Set(FarmMeters.QueueOldest, band.OldestSeconds, word);
            FarmMeters.Set(FarmMeters.RunningJobs, band.Running, word);
        }

        FarmMeters.Set(FarmMeters.Nodes, levels.Nodes.Active, "active");
        FarmMeters.Set(FarmMeters.Nodes, levels.Nodes.Draining, "draining");
        FarmMeters.Set(FarmMeters.Nodes, levels.Nodes.Quarantined, "quarantined");
        FarmMeters.Set(FarmMeters.FreeSlots, levels.FreeSlots);
    }

    public static void Forget() =>
        FarmMeters.Forget(FarmMeters.QueueJobs, FarmMeters.QueueOldest, FarmMeters.RunningJobs, FarmMeters.Nodes, FarmMeters.FreeSlots);

    public static void Ended(DispatchMessage.Ended ended) =>
        FarmMeters.AttemptEnded(KindOf(ended.Job.Name), ended.Kind, TimeSpan.FromMilliseconds(ended.BusyMillis));

    /// <summary>The kind of a job as a label: a closed set, whatever the name is.</summary>
    public static string KindOf(string job) => JobNames.TryParse(job, out var kind, out _) ? FarmMeters.Word(kind) : "other";
}
