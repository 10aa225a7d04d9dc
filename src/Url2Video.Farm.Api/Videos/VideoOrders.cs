using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Url2Video.Farm.Api.Hosting;
using Url2Video.Farm.Api.Problems;
using Url2Video.Farm.Cluster.Hosting;
using Url2Video.Farm.Core;
using Url2Video.Farm.Core.Contracts;
using Url2Video.Farm.Core.Errors;
using Url2Video.Farm.Core.Orders;
using Url2Video.Farm.Core.Outputs;
using Url2Video.Farm.Core.Planning;
using Url2Video.Farm.Core.Projects;

namespace Url2Video.Farm.Api.Videos;

/// <summary>Takes orders: judged, stored, journaled, and only then answered.</summary>
internal sealed class VideoOrders(ApiParts parts, VideoViews views, UploadIds uploads)
{
    public const string KeyHeader = "Idempotency-Key";
    public const string ReplayedHeader = "Idempotent-Replayed";

    private static readonly TimeSpan LookPeriod = TimeSpan.FromMilliseconds(250);

    private readonly SourceStore _sources = new(parts, uploads);
    private readonly Idempotency _idempotency = new(parts.Database, parts.Clock);

    public async Task<IResult> PostAsync(HttpContext context, string collection, CancellationToken cancellation)
    {
        var caller = context.Caller();
        var body = await RequestBodies.ReadJsonAsync(context, cancellation).ConfigureAwait(false);
        var order = Read(body);
        _sources.Check(order.Source);
        if (order.IsDryRun)
        {
            return TypedResults.Json(Judged(order, caller.Tenant), ApiJson.Options);
        }

        if (KeyOf(context) is not { } key)
        {
            return await TakeAsync(context, order, ProjectIds.New(parts.Clock), collection, cancellation).ConfigureAwait(false);
        }

        var name = IdempotentKey.Of(caller.Tenant, key, "POST " + collection, body);
        var turn = await _idempotency.BeginAsync(name, cancellation).ConfigureAwait(false);
        return turn switch
        {
            IdempotentTurn.Replay replay => Again(context, replay, collection),
            IdempotentTurn.Work work => await WorkAsync(context, order, name, work.Project, collection, cancellation).ConfigureAwait(false),
            _ => throw new FarmException(ErrorCodes.Internal, "No such turn."),
        };
    }

    private async Task<IResult> WorkAsync(HttpContext context, FilmRequest order, IdempotentKey name, ProjectId project, string collection, CancellationToken cancellation)
    {
        try
        {
            var result = await TakeAsync(context, order, project, collection, cancellation).ConfigureAwait(false);
            await _idempotency.EndAsync(name, result.Status, result.Body, CancellationToken.None).ConfigureAwait(false);
            return result;
        }
        catch
        {
            await _idempotency.ReleaseAsync(name, CancellationToken.None).ConfigureAwait(false);
            throw;
        }
    }

    private async Task<JsonBytes> TakeAsync(HttpContext context, FilmRequest order, ProjectId project, string collection, CancellationToken cancellation)
    {
        var tenant = context.Caller().Tenant;
        var source = await _sources.StoreAsync(order.Source, tenant, cancellation).ConfigureAwait(false);
        var request = new ProjectRequest(source, order.Order.Brief, order.Order.Formats, order.Order.Ladder)
        {
            OutDir = parts.OutDir(project),
            Encoding = order.Order.Encoding.OrNull(),
            Quality = order.Order.Quality,
            Band = order.Band,
            Weight = order.Weight,
            Tenant = tenant,
            Limits = order.Limits,
            CallbackUrl = order.CallbackUrl ?? string.Empty,
            Metadata = order.Metadata.IsEmpty ? string.Empty : JsonSerializer.Serialize(order.Metadata),
        };

        // From here on the order is given, whether or not the client still listens.
        await parts.Client.CommandAsync(project, new ProjectMessage.Submit(request), CancellationToken.None).ConfigureAwait(false);
        var film = await WaitAsync(context, project, cancellation).ConfigureAwait(false);
        var video = await views.OfAsync(context, film, cancellation).ConfigureAwait(false);
        context.Response.Headers.Location = $"{collection}/{project.Value}";
        return new JsonBytes(film.IsEnded ? StatusCodes.Status200OK : StatusCodes.Status202Accepted, JsonSerializer.SerializeToUtf8Bytes(video, ApiJson.Options));
    }

    // RFC 7240: as long as the client wants, not longer than a proxy holds the line.
    private async Task<FilmFacts> WaitAsync(HttpContext context, ProjectId project, CancellationToken cancellation)
    {
        var wait = WaitOf(context);
        if (wait > 0)
        {
            context.Response.Headers["Preference-Applied"] = string.Create(CultureInfo.InvariantCulture, $"wait={wait}");
        }

        var began = parts.Clock.GetTimestamp();
        while (true)
        {
            var film = await parts.Films.FindAsync(project, cancellation).ConfigureAwait(false)
                ?? throw new FarmException(ErrorCodes.Internal, "The order is not in the journal yet.", "Send it again.", retryable: true);
            if (film.IsEnded || parts.Clock.GetElapsedTime(began) >= TimeSpan.FromSeconds(wait) || parts.Readiness.IsStopping)
            {
                return film;
            }

            await Task.Delay(LookPeriod, parts.Clock, cancellation).ConfigureAwait(false);
        }
    }

    private static int WaitOf(HttpContext context)
    {
        foreach (var preference in context.Request.Headers["Prefer"].SelectMany(h => (h ?? string.Empty).Split(',', StringSplitOptions.TrimEntries)))
        {
            if (preference.StartsWith("wait=", StringComparison.OrdinalIgnoreCase)
                && int.TryParse(preference.AsSpan(5), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds))
            {
                return Math.Min(seconds, Limits.PreferWaitSecondsMax);
            }
        }

        return 0;
    }

    private static FilmRequest Read(byte[] body)
    {
        var (request, findings) = FilmRequestReader.Read(body);
        if (request is not null)
        {
            return request;
        }

        throw InvalidBodyException.Of(findings);
    }

    private DryRun Judged(FilmRequest order, string tenant)
    {
        if (order.Source is RequestedSource.Uploaded uploaded)
        {
            _ = _sources.FilesOf(uploaded.Files, tenant);
        }

        var brief = order.Order.Brief;
        return new DryRun(
            true,
            brief.Width,
            brief.Height,
            brief.Fps.ToString(),
            [.. FormatCatalog.In(order.Order.Formats).Select(f => f.Word)],
            [.. Renditions.For(brief.Width, brief.Height, order.Order.Ladder, order.Order.Formats, order.Order.Encoding).OrThrow().Select(r => r.Name)]);
    }

    private static string? KeyOf(HttpContext context)
    {
        var values = context.Request.Headers[KeyHeader];
        if (values.Count == 0)
        {
            return null;
        }

        var key = values.Count == 1 ? values[0]! : string.Empty;
        return key.Length is > 0 and <= Limits.IdempotencyKeyCharsMax && key.All(c => c is >= ' ' and <= '~')
            ? key
            : throw new FarmException(ErrorCodes.InvalidArgument, $"{KeyHeader} is not usable.", $"Send one, of 1 to {Limits.IdempotencyKeyCharsMax} visible characters.");
    }

    private static JsonBytes Again(HttpContext context, IdempotentTurn.Replay replay, string collection)
    {
        context.Response.Headers[ReplayedHeader] = "true";
        context.Response.Headers.Location = $"{collection}/{replay.Project.Value}";
        return new JsonBytes(replay.Status, replay.Answer);
    }
}
