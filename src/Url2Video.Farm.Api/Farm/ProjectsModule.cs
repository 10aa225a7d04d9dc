using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Url2Video.Farm.Api.Hosting;
using Url2Video.Farm.Core;
using Url2Video.Farm.Core.Errors;
using Url2Video.Farm.Core.Projects;

namespace Url2Video.Farm.Api.Farm;

/// <summary>What operators do to projects of every tenant.</summary>
internal sealed class ProjectsModule : IApiModule
{
    public void Map(IEndpointRouteBuilder routes, ApiParts parts)
    {
        var (journal, changes) = (new ProjectJournal(parts.Farm), new Changes(parts));
        routes.MapGet(FarmRoutes.Project, async (string project, CancellationToken cancellation) =>
            Answers.Of(ProjectDetail.Of(await journal.StateAsync(FarmIds.Project(project), cancellation).ConfigureAwait(false)))).WithAccess(Access.Key(Scopes.FarmRead));
        routes.MapPost(FarmRoutes.ProjectVerb, async (string project, string verb, Change? change, HttpContext http, CancellationToken cancellation) =>
        {
            var id = FarmIds.Project(project);
            var command = Command(verb, change);
            return await changes.RunAsync(
                http,
                $"project {verb} {id}",
                change,
                async () => [Effect(verb, ProjectRow.Of(await journal.StateAsync(id, cancellation).ConfigureAwait(false)))],
                () => parts.Client.CommandAsync(id, command, cancellation)).ConfigureAwait(false);
        }).WithAccess(Access.Key(Scopes.FarmAdmin));
    }

    private static ProjectMessage Command(string verb, Change? change) => verb switch
    {
        "pause" => new ProjectMessage.Pause(),
        "resume" => new ProjectMessage.Unpause(),
        "retry" => new ProjectMessage.Retry(),
        "cancel" => new ProjectMessage.Cancel(Changes.OneLine(change?.Reason) is { Length: > 0 } reason ? reason : "Cancelled by an operator."),
        _ => throw new FarmException(ErrorCodes.NotFound, "A project has no such verb.", "pause, resume, cancel, retry."),
    };

    private static string Effect(string verb, ProjectRow project) => verb switch
    {
        "pause" => $"{project.Id} ({project.Stage}) starts no more jobs; what is in work is given back.",
        "resume" => $"{project.Id} ({project.Stage}) goes on.",
        "retry" => $"{project.Id} ({project.Stage}) tries its dead jobs again; what is finished stays.",
        _ => $"{project.Id} ({project.Stage}) ends for good; its artifacts stay.",
    };
}
