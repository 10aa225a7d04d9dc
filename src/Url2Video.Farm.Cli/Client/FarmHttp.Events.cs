using System.Net;
using System.Net.Http.Headers;
using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using Url2Video.Farm.Core.Errors;

namespace Url2Video.Farm.Cli.Client;

/// <summary>Server-sent events. A stream that breaks is taken up where it ended (<c>Last-Event-ID</c>), at any server of the farm.</summary>
internal sealed partial class FarmHttp
{
    private const int ReconnectsInARowMax = 20;
    private static readonly TimeSpan ReconnectPause = TimeSpan.FromSeconds(1);

    /// <summary>The events of a stream; ends after the last word, or when the server says that there is nothing more (204), else never by itself.</summary>
    /// <param name="isLast">Whether an event is the last word; null when there is none.</param>
    /// <exception cref="FarmException">The server refuses, or cannot be reached for long.</exception>
    public async IAsyncEnumerable<SseItem<string>> EventsAsync(
        string path, string? lastId, Func<SseItem<string>, bool>? isLast, [EnumeratorCancellation] CancellationToken cancellation)
    {
        for (var failures = 0; ; failures++)
        {
            using var response = await ConnectAsync(path, lastId, failures, cancellation).ConfigureAwait(false);
            if (response is { StatusCode: HttpStatusCode.NoContent })
            {
                yield break;
            }

            if (response is not null)
            {
                using var stream = await response.Content.ReadAsStreamAsync(cancellation).ConfigureAwait(false);
                await using var events = SseParser.Create(stream).EnumerateAsync(cancellation).GetAsyncEnumerator(cancellation);
                while (await NextAsync(events).ConfigureAwait(false))
                {
                    (failures, lastId) = (0, events.Current.EventId ?? lastId);
                    yield return events.Current;
                    if (isLast?.Invoke(events.Current) == true)
                    {
                        yield break;
                    }
                }
            }

            await Task.Delay(ReconnectPause, _clock, cancellation).ConfigureAwait(false);
        }
    }

    /// <returns>Null: not now, try again.</returns>
    private async Task<HttpResponseMessage?> ConnectAsync(string path, string? lastId, int failures, CancellationToken cancellation)
    {
        try
        {
            return await AnswerAsync(() => EventRequest(path, lastId), isRepeatable: true, AnswerMax, cancellation).ConfigureAwait(false);
        }
        catch (FarmException fault) when (fault.Error.Retryable && failures < ReconnectsInARowMax)
        {
            return null;
        }
    }

    private static HttpRequestMessage EventRequest(string path, string? lastId)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, Local(path));
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("text/event-stream"));
        if (lastId is not null)
        {
            request.Headers.TryAddWithoutValidation("Last-Event-ID", lastId);
        }

        return request;
    }

    // A broken connection ends the stream; the caller connects again.
    private static async Task<bool> NextAsync(IAsyncEnumerator<SseItem<string>> events)
    {
        try
        {
            return await events.MoveNextAsync().ConfigureAwait(false);
        }
        catch (Exception fault) when (fault is IOException or HttpRequestException)
        {
            return false;
        }
    }
}
