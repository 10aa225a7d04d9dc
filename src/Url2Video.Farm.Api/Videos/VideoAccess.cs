using Microsoft.AspNetCore.Http;
using Url2Video.Farm.Api.Hosting;
using Url2Video.Farm.Cluster.Hosting;
using Url2Video.Farm.Core.Errors;
using Url2Video.Farm.Core.Projects;

namespace Url2Video.Farm.Api.Videos;

/// <summary>Finds a film for whoever asks. Somebody else's film is answered as one that does not exist.</summary>
internal sealed class VideoAccess(FilmReader films)
{
    /// <exception cref="FarmException"><c>ERR_PROJECT_NOT_FOUND</c>.</exception>
    public Task<FilmFacts> ToSeeAsync(HttpContext context, string id, CancellationToken cancellation) =>
        FindAsync(id, (caller, film) => caller.SeesAll || film.Request!.Tenant == caller.Tenant, context.Caller(), cancellation);

    /// <exception cref="FarmException"><c>ERR_PROJECT_NOT_FOUND</c>.</exception>
    public Task<FilmFacts> ToChangeAsync(HttpContext context, string id, CancellationToken cancellation) =>
        FindAsync(id, (caller, film) => caller.RulesAll || film.Request!.Tenant == caller.Tenant, context.Caller(), cancellation);

    private async Task<FilmFacts> FindAsync(string id, Func<Caller, FilmFacts, bool> may, Caller caller, CancellationToken cancellation) =>
        ProjectIds.TryParse(id, out var project) && await films.FindAsync(project, cancellation).ConfigureAwait(false) is { } film && may(caller, film)
            ? film
            : throw new FarmException(ErrorCodes.ProjectNotFound, "There is no such film.", "Check the id; `url2video list` (GET /api/v2/videos) lists yours.");
}
