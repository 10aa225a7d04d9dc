using System.Collections.Immutable;
using System.Text.Json;
using Url2Video.Farm.Api.Farm;
using Url2Video.Farm.Cli.Pbm.Views;

namespace Url2Video.Farm.Cli.Pbm.Verbs;

/// <summary><c>cluster</c>, <c>cluster-sharding</c>: the servers and where projects live.</summary>
internal static class ClusterVerbs
{
    public static ImmutableArray<Verb> Cluster { get; } =
    [
        Verb.Get("show", "Lists the servers of the cluster.", FarmRoutes.Members, new View.Table(
            "servers",
            new("ADDRESS", "address"),
            new("ROLES", "roles", Form.Roles),
            new("STATUS", "status"),
            new("", null, Make: m => Cells.Text(m, "reachable") == "no" ? "unreachable" : ""),
            new("", null, Make: m => Cells.Text(m, "leader") == "yes" ? "leader" : ""),
            new("VERSION", "version"))),
        Verb.Get("status", "Tells how the answering server is.", FarmRoutes.Status, new View.Facts()),
        Verb.Get("leader", "Tells the leader of the cluster.", FarmRoutes.Leader, new View.Facts()),
        Verb.Post("join", "Tells a server that stands alone to join another.", FarmRoutes.Join).With(Inputs.Address) with { Wait = Up },
        Verb.Post("leave", "Lets a server hand its projects over and leave.", FarmRoutes.Leave).With(Inputs.Address) with { Wait = Gone },
        Verb.Post("down", "Takes a server out that is dead for good.", FarmRoutes.Down).With(Inputs.Address) with { Wait = Gone },
        Verb.Tail("tail", "Prints the membership as it changes.", FarmRoutes.ClusterEvents, static (name, e) =>
            $"{name,-16} {Cells.Text(e, "address")} {Cells.Text(e, "status")}".TrimEnd()),
    ];

    public static ImmutableArray<Verb> Sharding { get; } =
    [
        Verb.Get("list-regions", "Lists the regions with their shards and entities.", FarmRoutes.Regions, new View.Table(
            "regions", new("REGION", "region"), new("SHARDS", "shards", Form.Number), new("ENTITIES", "entities", Form.Number), new("SERVERS", "servers", Form.Number))),
        Verb.Get("region-stats", "Tells how many shards and entities each server has.", FarmRoutes.RegionStats, new View.Table(
            "servers",
            new("ADDRESS", "address"),
            new("REGION", "region"),
            new("SHARDS", "shards", Form.Number),
            new("ENTITIES", "entities", Form.Number),
            new("NOT ANSWERING", "failed"))).With(new VerbInput("region", "Name of the region; projects live in 'project'.") { Known = (FarmRoutes.Regions, "region") }),
        Verb.Get("locate", "Tells which server a project lives on.", FarmRoutes.Locate, new View.Facts()).With(Inputs.Project),
    ];

    private static VerbWait Gone => new(FarmRoutes.Members, "it is out of the cluster", static (answer, told) =>
        !View.Table.Rows(answer).Any(m => Cells.Text(m, "address") == (string)told["address"]));

    private static VerbWait Up => new(FarmRoutes.Status, "it is up", static (answer, _) => Cells.Text(answer, "status") == "up");
}
