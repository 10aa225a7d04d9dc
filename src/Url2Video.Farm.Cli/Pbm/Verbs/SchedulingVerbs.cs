using System.Collections.Immutable;
using Url2Video.Farm.Api.Farm;
using Url2Video.Farm.Cli.Pbm.Views;

namespace Url2Video.Farm.Cli.Pbm.Verbs;

/// <summary><c>queue</c>, <c>limit</c>, <c>tenant</c>: what waits, and what the dispatcher goes by.</summary>
internal static class SchedulingVerbs
{
    private static readonly VerbInput Limit = new("name", "Name of the limit.") { Known = (FarmRoutes.LimitsOfFarm, "name") };
    private static readonly VerbInput Tenant = new("name", "Name of the tenant.") { Known = (FarmRoutes.Tenants, "name") };

    public static ImmutableArray<Verb> Queue { get; } =
    [
        Verb.Get("explain", "Tells what waits, for what reason and whose it is.", FarmRoutes.Queue, new View.Facts()),
    ];

    public static ImmutableArray<Verb> Limits { get; } =
    [
        Verb.Get("list", "Lists the named limits (licences) and their use.", FarmRoutes.LimitsOfFarm, new View.Table(
            "limits",
            new("LIMIT", "name"),
            new("MAX", null, Form.Number, static l => Cells.Text(l, "max") is { Length: > 0 } max ? max : "none"),
            new("USED", "used", Form.Number),
            new("WAITING", "waiting", Form.Number))),
        Verb.Put("set", "Sets how many jobs with a limit run at once.", FarmRoutes.Limit).With(
            Limit, new VerbInput("max", "Jobs at once; nothing: the limit is removed.", InputKind.Whole, IsRequired: false)),
    ];

    public static ImmutableArray<Verb> Tenants { get; } =
    [
        Verb.Get("list", "Lists the tenants, their shares and caps.", FarmRoutes.Tenants, new View.Table(
            "tenants",
            new("TENANT", null, Make: static t => Cells.Name(t, "name")),
            new("WEIGHT", "weight", Form.Number),
            new("CAP", "running_max", Form.Number),
            new("CAP A PROJECT", "project_running_max", Form.Number),
            new("", null, Make: static t => Cells.Text(t, "paused") == "yes" ? "paused" : ""),
            new("QUEUED", "queued", Form.Number),
            new("RUNNING", "running", Form.Number),
            new("SHARE", "share", Form.Number))),
        Verb.Put("set", "Sets a tenant's weight and caps; what is not said stays.", FarmRoutes.Tenant).With(Tenant).And(
            new VerbInput("weight", "Share among tenants, 1 to 1000.", InputKind.Whole, IsRequired: false),
            new VerbInput("running_max", "Jobs at once; -1 takes the cap away.", InputKind.Whole, IsRequired: false),
            new VerbInput("project_running_max", "Jobs of each project at once; -1 takes the cap away.", InputKind.Whole, IsRequired: false)),
        Verb.Put("pause", "Grants a tenant nothing new.", FarmRoutes.Tenant).With(Tenant) with { Fixed = ("paused", true) },
        Verb.Put("resume", "Lets a paused tenant go on.", FarmRoutes.Tenant).With(Tenant) with { Fixed = ("paused", false) },
    ];
}
