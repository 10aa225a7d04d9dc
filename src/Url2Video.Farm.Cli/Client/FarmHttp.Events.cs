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

    /// <summary>The events of a stream; ends when the server ends it with an event named <paramref name="lastName"/>, else never by itself.</summary>
    /// <param name="lastName">Name of the event that is the last word; null when there is none.</param>
    /// <exception cref="FarmException">The server refuses, or cannot be reached for long.</exception>
    public async IAsyncEnumerable<SseItem<string>> EventsAsync(
        string path, string? lastId, string? lastName, [EnumeratorCancellation] CancellationToken cancellation)
    {
        for (var failures = 0; ;)
        {
            var stream = await ConnectAsync(path, lastId, failures, cancellation).ConfigureAwait(false);
            if (stream is null)
            {
                failures++;
            }
            else
            {
                await using var enumerator = SseParser.Create(stream).EnumerateAsync(cancellation).GetAsyncEnumerator(cancellation);
                while (await NextAsync(enumerator).ConfigureAwait(false))
                {
                    (failures, lastId) = (0, enumerator.Current.EventId ?? lastId);
                    yield return enumerator.Current;
                    if (enumerator.Current.EventType == lastName)
                    {
                        await stream.DisposeAsync().ConfigureAwait(false);
                        yield break;
                    }
                }

                await stream.DisposeAsync().ConfigureAwait(false);
                failures++;
            }

            await Task.Delay(ReconnectPause, _clock, cancellation).ConfigureAwait(false);
        }
    }

    /// <returns>Null: not now, try again.</returns>
    private async Task<Stream?> ConnectAsync(string path, string? lastId, int failures, CancellationToken cancellation)
    {
        try
        {
            var response = await AnswerAsync(() => EventRequest(path, lastId), isRepeatable: true, cancellation).ConfigureAwait(false);
            return await response.Content.ReadAsStreamAsync(cancellation).ConfigureAwait(false);
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
