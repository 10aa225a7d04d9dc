using System.Collections.Immutable;
using Microsoft.AspNetCore.Http;
using Url2Video.Farm.Api.Hosting;
using Url2Video.Farm.Cluster.Hosting;
using Url2Video.Farm.Cluster.ReadModels;
using Url2Video.Farm.Core;
using Url2Video.Farm.Core.Errors;

namespace Url2Video.Farm.Api.Videos;

/// <summary>Lists films by cursor: ids sort by the time of the order, so a page never shifts under whoever reads it.</summary>
internal sealed class VideoList(ApiParts parts, VideoViews views)
{
    private const int LimitDefault = 20;

    /// <summary>Pages of the read model that one request looks through.</summary>
    private const int PagesMax = 20;

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

        // Several of our stages have one word; the read model filters by one, so two-stage words are filtered here, page by page.
        var found = ImmutableArray.CreateBuilder<Video>();
        var query = new ProjectQuery(caller.SeesAll ? null : caller.Tenant, Before: cursor is null ? null : new ProjectId(cursor));
        string? next = null;
        for (var pages = 0; next is null && pages < PagesMax; pages++)
        {
            var page = await parts.Farm.Listing.ListAsync(query, cancellation).ConfigureAwait(false);
            foreach (var row in page.Projects.Where(r => status is null || VideoWords.Of(r.Stage) == status))
            {
                if (found.Count == count)
                {
                    next = found[^1].Id;
                    break;
                }

                if (await parts.Films.FindAsync(row.Id, cancellation).ConfigureAwait(false) is { } film)
                {
                    found.Add(await views.OfAsync(context, film, cancellation).ConfigureAwait(false));
                }
            }

            if (page.Next is not { } older)
            {
                break;
            }

            query = query with { Before = older };
            next ??= pages == PagesMax - 1 ? older.Value : null; // A rare status: the client goes on from here.
        }

        if (next is not null)
        {
            context.Response.Headers.Link = $"<{views.BaseOf(context)}{context.Request.Path}?cursor={next}&limit={count}>; rel=\"next\"";
        }

        return TypedResults.Json(new VideoPage(found.ToImmutable(), next is not null, next), ApiJson.Options);
    }
}
