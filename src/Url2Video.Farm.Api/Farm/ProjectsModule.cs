using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Url2Video.Farm.Api.Hosting;
using Url2Video.Farm.Core;
using Url2Video.Farm.Core.Contracts;
using Url2Video.Farm.Core.Errors;
using Url2Video.Farm.Core.Projects;

namespace Url2Video.Farm.Api.Farm;

/// <param name="Priority">urgent, normal or low; null: as it is.</param>
/// <param name="Weight">Share among projects of the same priority; null: as it is.</param>
internal sealed record PriorityChange(string? Priority, int? Weight, string? Reason = null, bool DryRun = false) : Change(Reason, DryRun);

/// <summary>What operators do to projects of every tenant.</summary>
internal sealed class ProjectsModule(Func<ApiParts, FarmReads> readsOf) : IApiModule
{
    public void Map(IEndpointRouteBuilder routes, ApiParts parts)
    {
        var (reads, changes, read) = (readsOf(parts), new Changes(parts), Access.Key(Scopes.FarmRead));
        routes.MapGet(FarmRoutes.Projects, async (string? stage, string? tenant, string? text, string? cursor, int? limit, CancellationToken cancellation) =>
            Answers.Of(await reads.ProjectsAsync(stage, tenant, text, cursor, limit, cancellation).ConfigureAwait(false))).WithAccess(read);
        routes.MapGet(FarmRoutes.Project, async (string project, CancellationToken cancellation) =>
            Answers.Of(await reads.ProjectAsync(project, cancellation).ConfigureAwait(false))).WithAccess(read);
        routes.MapGet(FarmRoutes.DeadLetters, async (string? cursor, CancellationToken cancellation) =>
            Answers.Of(await reads.DeadAsync(cursor, cancellation).ConfigureAwait(false))).WithAccess(read);
        routes.MapGet(FarmRoutes.DeadLettersOf, async (string project, CancellationToken cancellation) =>
            Answers.Of(await reads.DeadOfAsync(project, cancellation).ConfigureAwait(false))).WithAccess(read);
        routes.MapPost(FarmRoutes.DeadLettersOf, (string project, Change? change, HttpContext http, CancellationToken cancellation) =>
            RequeueAsync(reads, changes, parts, FarmIds.Project(project), change, http, cancellation)).WithAccess(Access.Key(Scopes.FarmAdmin));
        routes.MapPost(FarmRoutes.ProjectPriority, (string project, PriorityChange? change, HttpContext http, CancellationToken cancellation) =>
            PriorityAsync(reads, changes, parts, FarmIds.Project(project), change, http, cancellation)).WithAccess(Access.Key(Scopes.FarmAdmin));
        routes.MapPost(FarmRoutes.ProjectVerb, async (string project, string verb, Change? change, HttpContext http, CancellationToken cancellation) =>
        {
            var id = FarmIds.Project(project);
            var command = Command(verb, change);
            return await changes.RunAsync(
                http,
                $"project {verb} {id}",
                change,
                async () => [Effect(verb, (await reads.ProjectAsync(id.Value, cancellation).ConfigureAwait(false)).Row)],
                () => parts.Client.CommandAsync(id, command, cancellation)).ConfigureAwait(false);
        }).WithAccess(Access.Key(Scopes.FarmAdmin));
    }

    private static Task<Ok<FarmEffect>> PriorityAsync(
        FarmReads reads, Changes changes, ApiParts parts, ProjectId id, PriorityChange? change, HttpContext http, CancellationToken cancellation)
    {
        Band? band = change?.Priority switch
        {
            "urgent" => Band.Urgent,
            "normal" => Band.Normal,
            "low" => Band.Low,
            null => null,
            _ => throw new FarmException(ErrorCodes.InvalidArgument, "There is no such priority.", "urgent, normal or low."),
        };
        if (change?.Weight is < 1 or > Limits.ProjectWeightMax)
        {
            throw new FarmException(ErrorCodes.InvalidArgument, "That weight is not possible.", $"A whole number from 1 to {Limits.ProjectWeightMax}.");
        }

        ProjectMessage.SetPriority? command = null;
        return changes.RunAsync(
            http,
            $"project priority {id} {change?.Priority} {change?.Weight}",
            change,
            async () =>
            {
                var project = await reads.ProjectAsync(id.Value, cancellation).ConfigureAwait(false);
                command = new(band ?? Enum.Parse<Band>(project.Row.Band, ignoreCase: true), change?.Weight ?? project.Weight);
                return [$"{id} is {command.Band.ToString().ToLowerInvariant()} with weight {command.Weight}; jobs in work are not disturbed."];
            },
            () => parts.Client.CommandAsync(id, command!, cancellation));
    }

    private static Task<Ok<FarmEffect>> RequeueAsync(
        FarmReads reads, Changes changes, ApiParts parts, ProjectId id, Change? change, HttpContext http, CancellationToken cancellation) => changes.RunAsync(
        http,
        $"deadletter requeue {id}",
        change,
        async () =>
        {
            var dead = (await reads.DeadOfAsync(id.Value, cancellation).ConfigureAwait(false)).Data;
            return dead.IsEmpty
                ? throw new FarmException(ErrorCodes.JobNotFound, $"{id} has no dead jobs.", "`pbm deadletter list` lists the projects that have some.")
                : [.. dead.Select(d => $"{d.Job} is tried again with a clean slate.")];
        },
        () => parts.Client.CommandAsync(id, new ProjectMessage.Retry(), cancellation));

    private static ProjectMessage Command(string verb, Change? change) => verb switch
    {
        "pause" => new ProjectMessage.Pause(),
        "resume" => new ProjectMessage.Unpause(),
        "retry" => new ProjectMessage.Retry(),
        "cancel" => new ProjectMessage.Cancel(Changes.OneLine(change?.Reason) is { Length: > 0 } reason ? reason : "Cancelled by an operator."),
        _ => throw new FarmException(ErrorCodes.NotFound, "A project has no such verb.", "pause, resume, cancel, retry."),
    };

    private static string Effect(string verb, ProjectItem project) => verb switch
    {
        "pause" => $"{project.Id} ({project.Stage}) starts no more jobs; what is in work is given back.",
        "resume" => $"{project.Id} ({project.Stage}) goes on.",
        "retry" => $"{project.Id} ({project.Stage}) tries its dead jobs again; what is finished stays.",
        _ => $"{project.Id} ({project.Stage}) ends for good; its artifacts stay.",
    };
}
