using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Url2Video.Farm.Api.Hosting;
using Url2Video.Farm.Api.OpenApi;
using Url2Video.Farm.Core.Contracts;
using Url2Video.Farm.Core.Projects;

namespace Url2Video.Farm.Api.Videos;

/// <summary>Films: order, look, list, change. <c>/api/v2/projects</c> is the same under the farm's own name.</summary>
internal sealed class VideosModule : IApiModule
{
    public void Map(IEndpointRouteBuilder routes, ApiParts parts)
    {
        var views = new VideoViews(parts);
        var orders = new VideoOrders(parts, views, parts.Uploads);
        foreach (var collection in new[] { "/api/v2/videos", "/api/v2/projects" })
        {
            Map(routes, parts, views, orders, collection);
        }
    }

    private static void Map(IEndpointRouteBuilder routes, ApiParts parts, VideoViews views, VideoOrders orders, string collection)
    {
        var access = new VideoAccess(parts.Films);
        var list = new VideoList(parts, views);
        var (read, write) = (Access.Key(Scopes.VideosRead), Access.Key(Scopes.VideosWrite));
        var tag = collection[(collection.LastIndexOf('/') + 1)..];
        routes.MapPost(collection, (HttpContext context, CancellationToken cancellation) => orders.PostAsync(context, collection, cancellation))
            .WithAccess(write).WithTags(tag).WithSummary("Order a film.")
            .WithDescription("Idempotency-Key makes repeating safe for a day; Prefer: wait=N waits up to a minute for the end.")
            .Accepts<VideoOrderBody>("application/json").Produces<Video>(202).Produces<Video>().Problems(400, 409, 413, 415, 422, 503);
        routes.MapGet(collection, (HttpContext context, string? cursor, int? limit, string? status, CancellationToken cancellation) => list.PageAsync(context, cursor, limit, status, cancellation))
            .WithAccess(read).WithTags(tag).WithSummary("Films, the newest first.").Produces<VideoPage>().Problems(400);
        routes.MapGet(collection + "/{id}", async Task<IResult> (HttpContext context, string id, CancellationToken cancellation) =>
            Answer(await views.OfAsync(context, await access.ToSeeAsync(context, id, cancellation).ConfigureAwait(false), cancellation).ConfigureAwait(false)))
            .WithAccess(read).WithTags(tag).WithSummary("One film.").Produces<Video>().Problems(404);
        routes.MapGet(collection + "/{id}/files", async Task<IResult> (HttpContext context, string id, CancellationToken cancellation) =>
        {
            var film = await access.ToSeeAsync(context, id, cancellation).ConfigureAwait(false);
            return TypedResults.Json(await views.FilesAsync(context, film.Id, cancellation).ConfigureAwait(false), ApiJson.Options);
        })
            .WithAccess(read).WithTags(tag).WithSummary("Every file of the film that is out, with signed addresses.").Produces<VideoFiles>().Problems(404);

        Route(
            routes.MapPatch(collection + "/{id}", async (HttpContext context, string id, CancellationToken cancellation) =>
            {
                var film = await access.ToChangeAsync(context, id, cancellation).ConfigureAwait(false);
                var change = await VideoChange.ReadAsync(context, cancellation).ConfigureAwait(false);
                return await RunAsync(context, id, VideoChange.CommandFor(change, film.Request!), cancellation).ConfigureAwait(false);
            }).Accepts<VideoChange>("application/json").Problems(400, 413, 415),
            "Change its priority or its weight; jobs in work are not disturbed.");
        Command("cancel", "Stop it for good.", () => new ProjectMessage.Cancel("Canceled over the API."));
        Command("pause", "Begin nothing more for it until it is resumed.", () => new ProjectMessage.Pause());
        Command("resume", "Go on after a pause.", () => new ProjectMessage.Unpause());
        Command("retry", "Take up a failed film again; what is finished stays.", () => new ProjectMessage.Retry());
        Route(routes.MapDelete(collection + "/{id}", (HttpContext context, string id, CancellationToken cancellation) =>
            RunAsync(context, id, new ProjectMessage.Cancel("Canceled over the API."), cancellation)), "Stop it for good.");

        void Command(string verb, string summary, Func<ProjectMessage> command) => Route(
            routes.MapPost($"{collection}/{{id}}/{verb}", (HttpContext context, string id, CancellationToken cancellation) => RunAsync(context, id, command(), cancellation)), summary);

        void Route(RouteHandlerBuilder route, string summary) =>
            route.WithAccess(write).WithTags(tag).WithSummary(summary).Produces<Video>().Problems(404, 409, 503);

        async Task<IResult> RunAsync(HttpContext context, string id, ProjectMessage command, CancellationToken cancellation)
        {
            var film = await access.ToChangeAsync(context, id, cancellation).ConfigureAwait(false);
            await parts.Client.CommandAsync(film.Id, command, cancellation).ConfigureAwait(false);
            return Answer(await views.OfAsync(context, await access.ToSeeAsync(context, id, cancellation).ConfigureAwait(false), cancellation).ConfigureAwait(false));
        }
    }

    private static JsonHttpResult<Video> Answer(Video video) => TypedResults.Json(video, ApiJson.Options);
}
