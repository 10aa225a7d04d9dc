using System.Globalization;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using Url2Video.Farm.Api.Hosting;
using Url2Video.Farm.Api.OpenApi;
using Url2Video.Farm.Core;
using Url2Video.Farm.Core.Errors;
using Url2Video.Farm.Core.Projects;

namespace Url2Video.Farm.Api.Videos;

/// <summary>
/// The events of a film as they come: server-sent events. A client that lost its connection says the last id it has and gets what followed,
/// all of it and nothing twice, from any server. The stream ends with the film; asked again after that it is 204, which tells browsers to stop.
/// </summary>
internal sealed class EventsModule : IApiModule
{
    private static readonly byte[] Heartbeat = ": alive\n\n"u8.ToArray();

    private int _subscribers;

    public void Map(IEndpointRouteBuilder routes, ApiParts parts)
    {
        var access = new VideoAccess(parts.Films);
        foreach (var collection in new[] { "videos", "projects" })
        {
            routes.MapGet($"/api/v2/{collection}/{{id}}/events", (HttpContext context, string id, CancellationToken cancellation) => AnswerAsync(context, parts, access, id, cancellation))
                .WithAccess(Access.Key(Scopes.VideosRead)).WithTags(collection).WithSummary("What happens to the film, as server-sent events.")
                .WithDescription("Without Last-Event-ID the first event is how the film stands; Last-Event-ID: 0 asks for its whole history.")
                .Produces<VideoEvent>(200, "text/event-stream").Produces(204).Problems(400, 404, 503);
        }
    }

    private async Task<IResult> AnswerAsync(HttpContext context, ApiParts parts, VideoAccess access, string id, CancellationToken cancellation)
    {
        var film = await access.ToSeeAsync(context, id, cancellation).ConfigureAwait(false);
        var last = LastOf(context);
        if (last is { } known && film.IsEnded && known >= film.Events)
        {
            return TypedResults.NoContent();
        }

        if (Interlocked.Increment(ref _subscribers) > Limits.EventSubscribersMax)
        {
            Interlocked.Decrement(ref _subscribers);
            throw new FarmException(ErrorCodes.FarmBusy, "Too many clients listen to this server.", "Ask for the film itself now and then, or try again.", retryable: true);
        }

        try
        {
            context.Response.ContentType = "text/event-stream";
            context.Response.Headers["X-Accel-Buffering"] = "no";
            context.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
            await SendAsync(context.Response, parts, film, last, cancellation).ConfigureAwait(false);
            return TypedResults.Empty;
        }
        finally
        {
            Interlocked.Decrement(ref _subscribers);
        }
    }

    private static async Task SendAsync(HttpResponse response, ApiParts parts, FilmFacts film, long? last, CancellationToken cancellation)
    {
        var (began, spoke) = (parts.Clock.GetTimestamp(), parts.Clock.GetTimestamp());
        if (last is null)
        {
            await SendAsync(response, VideoEvent.Snapshot(film), cancellation).ConfigureAwait(false);
        }
        else
        {
            film = new FilmFacts(film.Id); // What the client has not seen is between two states: both are folded anew.
        }

        while (true)
        {
            await foreach (var (before, after) in parts.Films.StepsAsync(film, cancellation).ConfigureAwait(false))
            {
                film = after;
                if (after.Events > (last ?? 0) && VideoEvent.Between(before, after) is { } news)
                {
                    await SendAsync(response, news, cancellation).ConfigureAwait(false);
                    spoke = parts.Clock.GetTimestamp();
                }
            }

            if (film.IsEnded || parts.Readiness.IsStopping || parts.Clock.GetElapsedTime(began) > TimeSpan.FromHours(Limits.EventStreamHoursMax))
            {
                return;
            }

            if (parts.Clock.GetElapsedTime(spoke) > TimeSpan.FromSeconds(Limits.EventHeartbeatSeconds))
            {
                await response.Body.WriteAsync(Heartbeat, cancellation).ConfigureAwait(false);
                await response.Body.FlushAsync(cancellation).ConfigureAwait(false);
                spoke = parts.Clock.GetTimestamp();
            }

            await Task.Delay(TimeSpan.FromMilliseconds(Limits.EventPollMillis), parts.Clock, cancellation).ConfigureAwait(false);
        }
    }

    // JSON has no line breaks of its own, so an event is one data line.
    private static async Task SendAsync(HttpResponse response, VideoEvent news, CancellationToken cancellation)
    {
        var json = JsonSerializer.Serialize(news, ApiJson.Options);
        await response.Body.WriteAsync(Encoding.UTF8.GetBytes($"id: {news.Id}\nevent: {news.Type}\ndata: {json}\n\n"), cancellation).ConfigureAwait(false);
        await response.Body.FlushAsync(cancellation).ConfigureAwait(false);
    }

    private static long? LastOf(HttpContext context)
    {
        var text = context.Request.Headers["Last-Event-ID"].ToString();
        return text.Length == 0 ? null
            : long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id
            : throw new FarmException(ErrorCodes.InvalidArgument, "Last-Event-ID is not an id of this farm's events.", "Send the last id that came, or none.");
    }
}
