using System.Collections.Immutable;
using System.Text.Json;
using Url2Video.Farm.Api.Farm;
using Url2Video.Farm.Cli.Pbm.Views;
using Url2Video.Farm.Core.Errors;

namespace Url2Video.Farm.Cli.Pbm.Verbs;

/// <summary><c>project</c>, <c>actor</c>, <c>deadletter</c>: films, their journals, and what is left of failed ones.</summary>
internal static class ProjectVerbs
{
    private const int EventCharsMax = 120;

    public static ImmutableArray<Verb> Project { get; } =
    [
        Verb.Get("list", "Lists the projects, the newest first.", FarmRoutes.Projects, new View.Table(
            "projects",
            new("PROJECT", "id"),
            new("STAGE", null, Make: Stage),
            new("BAND", "band"),
            new("TENANT", null, Make: static p => Cells.Name(p, "tenant")),
            new("CHUNKS", null, Form.Number, static p => $"{Cells.Number(p, "chunks_done")}/{Cells.Number(p, "chunks_total")}"),
            new("SUBMITTED", "submitted_at", Form.Time),
            new("ERROR", "error_code"),
            new("TITLE", "title"))).And(
            new VerbInput("stage", "Only projects of this stage.", IsRequired: false),
            new VerbInput("tenant", "Only projects of this tenant.", IsRequired: false),
            new VerbInput("text", "Only projects with this text in their title or id.", IsRequired: false),
            Inputs.Limit,
            Inputs.Cursor),
        Verb.Get("show", "Tells where a project stands, and why.", FarmRoutes.Project, new View.Facts()).With(Inputs.Project),
        Change("pause", "Starts no more jobs of a project.") with { Wait = Until("it is paused", static p => Status(p) == "paused") },
        Change("resume", "Lets a paused project go on.") with { Wait = Until("it goes on", static p => Status(p) == "active") },
        Change("cancel", "Ends a project for good; its artifacts stay.") with { Wait = Until("it is cancelled", static p => Status(p) == "cancelled") },
        Verb.Post("priority", "Sets how urgent a project is and its weight among its like.", FarmRoutes.ProjectPriority).With(
            Inputs.Project,
            new VerbInput("priority", "urgent, normal or low.") { Choices = ["urgent", "normal", "low"] }).And(
            new VerbInput("weight", "1 to 1000; unchanged when not given.", InputKind.Whole, IsRequired: false)),
        Change("retry", "Tries the dead jobs of a failed project again; what is finished stays.") with { Wait = Retried },
    ];

    public static ImmutableArray<Verb> Actor { get; } =
    [
        Verb.Get("show", "Shows the state that a project's journal folds to.", FarmRoutes.Actor, new View.Facts()).With(Inputs.Project),
        Verb.Get("events", "Prints the journal of a project, event by event.", FarmRoutes.ActorEvents, new View.Table(
            "events",
            new("NR", "nr", Form.Number),
            new("NAME", "name"),
            new("FINISHED", "finished"),
            new("EVENT", null, Make: static e => Short(Cells.At(e, "event")))) { CursorOption = "from" }).With(Inputs.Project).And(Inputs.From, Inputs.Limit),
        Verb.Get("replay", "Folds a project's journal anew and checks everything that must hold.", FarmRoutes.ActorReplay, new View.Checks(ErrorCodes.ResultWrong, "checks")).With(Inputs.Project),
    ];

    public static ImmutableArray<Verb> DeadLetter { get; } =
    [
        Verb.Get("list", "Lists dead jobs of all projects with their reason.", FarmRoutes.DeadLetters, Dead()).And(Inputs.Cursor),
        Verb.Get("show", "Tells all about the dead jobs of one project.", FarmRoutes.DeadLettersOf, Dead()).With(Inputs.Project),
        Verb.Post("requeue", "Tries the dead jobs of a project again.", FarmRoutes.DeadLettersOf).With(Inputs.Project) with { Wait = Retried },
    ];

    // One that fails again at once was seen to go on by nobody: each retry begins a later term.
    private static VerbWait Retried => Until("it goes on", static p => Status(p) != "failed" || Cells.Number(p, "term") > 1);

    private static View.Table Dead() => new(
        "dead jobs",
        new("PROJECT", "project"),
        new("JOB", "job"),
        new("FAILED", "failures", Form.Number),
        new("LOST", "lost", Form.Number),
        new("CODE", "code"),
        new("MESSAGE", "message"));

    private static Verb Change(string verb, string help) => Verb.Post(verb, help, FarmRoutes.Fill(FarmRoutes.ProjectVerb, ("verb", verb))).With(Inputs.Project);

    private static VerbWait Until(string what, Func<JsonElement, bool> isSo) => new(FarmRoutes.Project, what, (answer, _) => isSo(answer));

    private static string Status(JsonElement detail) => Cells.Text(detail, "row.status");

    // A paused project keeps its stage; what people look for is that it is paused.
    private static string Stage(JsonElement project) => Cells.Text(project, "status") == "paused" ? "paused" : Cells.Text(project, "stage");

    private static string Short(JsonElement json)
    {
        var text = Cells.Write(json, Form.Text);
        return text.Length <= EventCharsMax ? text : text[..EventCharsMax] + "...";
    }
}
