using System.Globalization;
using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Url2Video.Farm.Api.Hosting;
using Url2Video.Farm.Cluster.Persistence;
using Url2Video.Farm.Core;
using Url2Video.Farm.Core.Errors;

namespace Url2Video.Farm.Api.Farm;

/// <param name="Nr">Number of the event in its project's journal.</param>
internal sealed record FarmNote(string Project, long Nr, string Name, JsonElement Event);

/// <summary>What the journals of all projects gain, as it is written, on whichever server.</summary>
internal sealed class FarmEventsModule : IApiModule
{
    private const int PageMax = 500;

    /// <summary>Operators who listen at once, about: each reads the newest events twice a second.</summary>
    private const int SubscribersMax = 20;

    private int _subscribers;

    public void Map(IEndpointRouteBuilder routes, ApiParts parts) => routes.MapGet(FarmRoutes.Events, async (HttpContext http, CancellationToken cancellation) =>
    {
        if (Volatile.Read(ref _subscribers) >= SubscribersMax)
        {
            throw new FarmException(ErrorCodes.FarmBusy, "Too many listen to the events of this server.", "End one, or try again.", retryable: true);
        }

        var last = await StartAsync(parts, http.Request.Headers["Last-Event-ID"].ToString(), cancellation).ConfigureAwait(false);
        return TypedResults.ServerSentEvents(FollowAsync(parts, last, cancellation));
    }).WithAccess(Access.Key(Scopes.FarmRead));

    private static async Task<long> StartAsync(ApiParts parts, string given, CancellationToken cancellation)
    {
        if (given.Length > 0)
        {
            return long.TryParse(given, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id
                : throw new FarmException(ErrorCodes.InvalidArgument, "Last-Event-ID is not an id of this farm's events.", "Send the last id that came, or none.");
        }

        var newest = await parts.Database.QueryAsync("SELECT COALESCE(MAX(ordering), 0) FROM journal", static r => r.GetInt64(0), cancellation).ConfigureAwait(false);
        return newest[0];
    }

    private async IAsyncEnumerable<SseItem<FarmNote>> FollowAsync(ApiParts parts, long last, [EnumeratorCancellation] CancellationToken cancellation)
    {
        Interlocked.Increment(ref _subscribers);
        try
        {
            await foreach (var item in NotesAsync(parts, last, cancellation).ConfigureAwait(false))
            {
                yield return item;
            }
        }
        finally
        {
            Interlocked.Decrement(ref _subscribers);
        }
    }

    private static async IAsyncEnumerable<SseItem<FarmNote>> NotesAsync(ApiParts parts, long last, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var gaps = new PlaceGaps(last, TimeSpan.FromSeconds(Limits.JournalGapSecondsMax), Limits.JournalGapsMax);
        while (!parts.Readiness.IsStopping)
        {
            var late = new List<(long, FarmNote?)>();
            foreach (var (from, to) in gaps.Missing(parts.Clock.GetUtcNow()))
            {
                late.AddRange(await ReadAsync(parts, from - 1, to, cancellation).ConfigureAwait(false));
            }

            var page = await ReadAsync(parts, gaps.Last, long.MaxValue, cancellation).ConfigureAwait(false);
            foreach (var (place, note) in late.Concat(page))
            {
                // The id is where to go on without missing what is still under way: after a break some come twice, none is lost.
                if (gaps.See(place, parts.Clock.GetUtcNow()) && note is not null)
                {
                    yield return new SseItem<FarmNote>(note, "event") { EventId = gaps.Safe.ToString(CultureInfo.InvariantCulture) };
                }
            }

            if (page.Count < PageMax)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(Limits.EventPollMillis), parts.Clock, cancellation).ConfigureAwait(false);
            }
        }
    }

    // Journals that are not projects', and events of a newer farm, are passed over.
    private static Task<IReadOnlyList<(long Place, FarmNote? Note)>> ReadAsync(
        ApiParts parts, long after, long upTo, CancellationToken cancellation) => parts.Database.QueryAsync(
        $"SELECT ordering, persistence_id, sequence_number, manifest, message FROM journal WHERE ordering > @after AND ordering <= @to ORDER BY ordering LIMIT {PageMax}",
        static (long, FarmNote?) (r) =>
        {
            if (!PersistenceIds.TryProject(r.GetString(1), out var project))
            {
                return (r.GetInt64(0), null);
            }

            using var json = JsonDocument.Parse(r.GetFieldValue<byte[]>(4));
            return (r.GetInt64(0), new FarmNote(project.Value, r.GetInt64(2), r.GetString(3), json.RootElement.Clone()));
        },
        cancellation,
        ("after", after),
        ("to", upTo));
}
