using System.Collections.Immutable;
using Url2Video.Farm.Api.Farm;
using Url2Video.Farm.Cli.Pbm.Views;

namespace Url2Video.Farm.Cli.Pbm.Verbs;

/// <summary><c>node</c>: the machines that do the work, and what lets new ones in.</summary>
internal static class NodeVerbs
{
    private static readonly VerbInput Token = new("token", "Id of the token; `node tokens` lists them.") { Known = (FarmRoutes.JoinTokens, "id") };

    public static ImmutableArray<Verb> All { get; } =
    [
        Verb.Get("list", "Lists the nodes.", FarmRoutes.Nodes, new View.Table(
            "nodes",
            new("NODE", "name"),
            new("STATE", "state"),
            new("", null, Make: static n => Cells.Text(n, "seen") == "no" ? "not seen" : ""),
            new("DOING", "doing"),
            new("JOBS", null, Form.Number, static n => $"{Cells.Number(n, "running")}/{Cells.Number(n, "slots")}"),
            new("VERSION", "version"),
            new("LIFE", "epoch", Form.Number),
            new("LAST SEEN", "seen_at", Form.Time),
            new("SCHEDULE", "schedule"),
            new("REASON", "reason"))),
        Verb.Get("show", "Tells all about a node, its measured facts too.", FarmRoutes.Node, new View.Facts()).With(Inputs.Node),
        Change("drain", "Gives a node nothing new; it finishes what it holds.") with { Wait = Idle },
        Change("resume", "Ends a drain or a quarantine."),
        Change("quarantine", "Keeps a suspect node from new work.") with { Wait = Idle },
        Change("pardon", "Trusts a quarantined node again."),
        Change("revoke", "Takes a node's credentials away for good; what it holds is given to others."),
        Change("forget", "Strikes a node off the list, so that its name is free."),
        Verb.Put("schedule", "Sets the hours of the week in which a node works.", FarmRoutes.NodeSchedule).With(
            Inputs.Node,
            new VerbInput("schedule", "E.g. 'mon-fri 18:00-08:00; sat,sun 00:00-24:00' by the node's own clock; nothing: always.", IsRequired: false)),
        new Verb("token", "Makes a join token for new nodes; it is told this once.", HttpMethod.Post, FarmRoutes.JoinTokens, new View.Facts())
        {
            Options =
            [
                new("name", "For the list, e.g. 'rack 4'.", IsRequired: false),
                new("uses", "Nodes that may join with it. Default: 1.", InputKind.Whole, IsRequired: false),
                new("hours", "How long it is good. Default: 24.", InputKind.Whole, IsRequired: false),
            ],
            HasDryRun = false,
        },
        Verb.Get("tokens", "Lists the join tokens.", FarmRoutes.JoinTokens, new View.Table(
            "tokens",
            new("TOKEN", "id"),
            new("NAME", "name"),
            new("STATE", "state"),
            new("USES LEFT", "uses_left", Form.Number),
            new("MADE", "made_at", Form.Time),
            new("EXPIRES", "expires_at", Form.Time))),
        new Verb("token-revoke", "Lets no more nodes join with a token.", HttpMethod.Delete, FarmRoutes.JoinToken, new View.Effects()) { Arguments = [Token], HasDryRun = false, HasReason = false },
    ];

    private static VerbWait Idle => new(FarmRoutes.Node, "it holds nothing any more", static (answer, _) => Cells.Number(answer, "running") == 0);

    private static Verb Change(string verb, string help) => Verb.Post(verb, help, FarmRoutes.Fill(FarmRoutes.NodeVerb, ("verb", verb))).With(Inputs.Node);
}
