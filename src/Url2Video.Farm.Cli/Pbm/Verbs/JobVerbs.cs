using System.Collections.Immutable;
using Url2Video.Farm.Api.Farm;
using Url2Video.Farm.Cli.Pbm.Views;
using Url2Video.Farm.Core.Contracts;

namespace Url2Video.Farm.Cli.Pbm.Verbs;

/// <summary><c>job</c>, <c>cost</c>, <c>event</c>: single jobs, what they cost, what happens.</summary>
internal static class JobVerbs
{
    public static ImmutableArray<Verb> Job { get; } =
    [
        Verb.Get("list", "Lists the jobs of a project, in the order of the film.", FarmRoutes.Jobs, new View.Table(
            "jobs",
            new("JOB", "name"),
            new("STAGE", "stage"),
            new("NODE", "node"),
            new("SINCE", null, Form.Millis, static j => Cells.Number(j, "since_ms") > 0 ? Cells.Write(Cells.At(j, "since_ms"), Form.Millis) : ""),
            new("DONE", null, Form.Number, static j => $"{Cells.Number(j, "permille") / 10} %"),
            new("FAILED", "failures", Form.Number),
            new("LOST", "lost", Form.Number),
            new("WHY IT IS NOT RUNNING", "reason"),
            new("NOTE", "note"))).With(Inputs.Project).And(
            new VerbInput("stage", $"Only jobs of this stage: {string.Join(", ", JobStages.All)}.", IsRequired: false) { Choices = JobStages.All },
            new VerbInput("prefix", "Only jobs whose name begins so, e.g. render/.", IsRequired: false),
            Inputs.Limit,
            Inputs.Cursor),
        Verb.Get("why", "Names the cause why a job is not running.", FarmRoutes.JobWhy, new View.Facts("queue.job", "queue.sentence")).With(Inputs.Project, Inputs.Job),
        Verb.Get("log", "Prints the log of an attempt of a job, the latest by itself.", FarmRoutes.JobLog, new View.Log()).With(Inputs.Project, Inputs.Job).And(
            new VerbInput("attempt", "Number of the attempt.", IsRequired: false)),
        Verb.Post("retry", "Tries a job again at once; what runs of it is stopped.", FarmRoutes.JobRetry).With(Inputs.Project, Inputs.Job),
        Verb.Post("kill", "Stops what runs of a job; it goes back to the queue.", FarmRoutes.JobKill).With(Inputs.Project, Inputs.Job),
    ];

    public static ImmutableArray<Verb> Cost { get; } =
    [
        Verb.Get("report", "Tells what nodes worked for whom.", FarmRoutes.Cost, new View.Table(
            "rows",
            new("NAME", null, Make: static r => Cells.Name(r, "name")),
            new("ATTEMPTS", "attempts", Form.Number),
            new("NODE TIME", "node_seconds", Form.Seconds),
            new("GPU TIME", "gpu_seconds", Form.Seconds))).And(
            new VerbInput("by", "project, tenant or node. Default: project.", IsRequired: false) { Choices = ["project", "tenant", "node"] },
            new VerbInput("since", "From this time on, e.g. 2026-11-01T00:00:00Z.", IsRequired: false),
            new VerbInput("until", "Before this time.", IsRequired: false)),
    ];

    public static ImmutableArray<Verb> Event { get; } =
    [
        Verb.Tail("tail", "Prints what the journals of all projects gain.", FarmRoutes.Events, static (_, e) =>
            $"{Cells.Text(e, "project")}  {Cells.Number(e, "nr"),5}  {Cells.Text(e, "name")}"),
    ];
}
