using System.Collections.Immutable;

namespace Url2Video.Farm.Cli.Pbm.Verbs;

/// <summary>A palette of verbs, as Petabridge.Cmd calls it.</summary>
internal sealed record Palette(string Name, string Help, ImmutableArray<Verb> Verbs);

/// <summary>Every verb of the console that is asked of a farm.</summary>
internal static class Catalog
{
    public static ImmutableArray<Palette> All { get; } =
    [
        new("cluster", "The servers of the farm.", ClusterVerbs.Cluster),
        new("cluster-sharding", "Where projects live.", ClusterVerbs.Sharding),
        new("actor", "The actor of a project and its journal.", ProjectVerbs.Actor),
        new("node", "The machines that do the work.", NodeVerbs.All),
        new("project", "Films in the making.", ProjectVerbs.Project),
        new("job", "Single jobs of a project.", JobVerbs.Job),
        new("queue", "What waits.", SchedulingVerbs.Queue),
        new("limit", "Named limits (licences).", SchedulingVerbs.Limits),
        new("tenant", "Tenants, their shares and caps.", SchedulingVerbs.Tenants),
        new("deadletter", "Jobs that will not be tried again by themselves.", ProjectVerbs.DeadLetter),
        new("store", "Journal and artifacts.", StoreVerbs.All),
        new("cost", "What was spent on whom.", JobVerbs.Cost),
        new("event", "What happens in the farm.", JobVerbs.Event),
    ];
}
