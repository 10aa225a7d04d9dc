using System.Collections.Immutable;
using Microsoft.AspNetCore.Http;
using Url2Video.Farm.Api.Hosting;
using Url2Video.Farm.Cluster.Hosting;
using Url2Video.Farm.Core;
using Url2Video.Farm.Core.Errors;

namespace Url2Video.Farm.Api.Videos;

/// <summary>Lists films by cursor: ids sort by the time of the order, so a page never shifts under whoever reads it.</summary>
internal sealed class VideoList(ApiParts parts, VideoViews views)
{
    private const int LimitDefault = 20;

    public async Task<IResult> PageAsync(HttpContext context, string? cursor, int? limit, string? status, CancellationToken cancellation)
    {
        var caller = context.Caller();
        var count = limit ?? LimitDefault;
        if (count is < 1 or > Limits.VideosPerPageMax)
        {
            throw new FarmException(ErrorCodes.InvalidArgument, "The limit is not possible.", $"Ask for 1 to {Limits.VideosPerPageMax} films.");
        }

        if (cursor is not null && !ProjectIds.TryParse(cursor, out _))
        {
            throw new FarmException(ErrorCodes.InvalidArgument, "The cursor is not one of this farm's.", "Give back next_cursor as it came.");
        }

        if (status is not null && !VideoWords.All.Contains(status))
        {
            throw new FarmException(ErrorCodes.InvalidArgument, "There is no such status.", $"Ask for one of {string.Join(", ", VideoWords.All)}.");
        }

        var found = ImmutableArray.CreateBuilder<Video>();
        string? next = null;
        foreach (var project in (await parts.Client.ListAsync(cancellation).ConfigureAwait(false)).Where(p => cursor is null || string.CompareOrdinal(p.Id.Value, cursor) < 0))
        {
            if (await parts.Films.FindAsync(project.Id, cancellation).ConfigureAwait(false) is not { } film
                || (!caller.SeesAll && film.Request!.Tenant != caller.Tenant)
                || (status is not null && VideoWords.Of(film.Stage) != status))
            {
                continue;
            }

            if (found.Count == count)
            {
                next = found[^1].Id;
                break;
            }

            found.Add(await views.OfAsync(context, film, cancellation).ConfigureAwait(false));
        }

        if (next is not null)
        {
            context.Response.Headers.Link = $"<{views.BaseOf(context)}{context.Request.Path}?cursor={next}&limit={count}>; rel=\"next\"";
        }

        return TypedResults.Json(new VideoPage(found.ToImmutable(), next is not null, next), ApiJson.Options);
    }
}
