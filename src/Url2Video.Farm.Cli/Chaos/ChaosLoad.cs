using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Url2Video.Farm.Cli.Client;
using Url2Video.Farm.Core.Errors;

namespace Url2Video.Farm.Cli.Chaos;

/// <summary>One film of the load.</summary>
/// <param name="Id">Given by the farm.</param>
/// <param name="Status">Word of the API when it ended; null while it is not known.</param>
internal sealed record OrderedFilm(int Number, string Id, string? Status, string? Error);

/// <summary>
/// A client that orders films all the time and behaves as a good program does: it asks another server when one does not answer, and
/// repeats an order with its idempotency key. So every order that was acknowledged must become a film, once.
/// </summary>
internal sealed class ChaosLoad(ImmutableArray<Uri> servers, string key, ulong seed, int filmsAtOnce, TimeProvider clock)
{
    private static readonly TimeSpan BetweenTries = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<int, OrderedFilm> _films = new();
    private int _next;
    private long _calls;
    private long _failedOnce;
    private long _failedTwice;

    public IReadOnlyCollection<OrderedFilm> Films => [.. _films.Values.OrderBy(f => f.Number)];

    /// <summary>Requests sent, those of them whose first try failed, and those whose second failed too, at another server.</summary>
    public (long Calls, long FailedOnce, long FailedTwice) Calls => (Interlocked.Read(ref _calls), Interlocked.Read(ref _failedOnce), Interlocked.Read(ref _failedTwice));

    /// <summary>Orders new films until <paramref name="enough"/>, then waits for the end of those ordered until <paramref name="givenUp"/>.</summary>
    public Task RunAsync(CancellationToken enough, CancellationToken givenUp) =>
        Task.WhenAll(Enumerable.Range(0, filmsAtOnce).Select(_ => OneAfterAnotherAsync(enough, givenUp)));

    private async Task OneAfterAnotherAsync(CancellationToken enough, CancellationToken givenUp)
    {
        while (!enough.IsCancellationRequested)
        {
            var number = Interlocked.Increment(ref _next);
            try
            {
                var film = new OrderedFilm(number, await OrderAsync(number, givenUp).ConfigureAwait(false), null, null);
                _films[number] = film;
                _films[number] = await EndOfAsync(film, givenUp).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (givenUp.IsCancellationRequested)
            {
                return; // What is not finished is told so by the verdict.
            }
        }
    }

    private async Task<string> OrderAsync(int number, CancellationToken cancellation)
    {
        var storyboard = Encoding.UTF8.GetBytes(ChaosFilm.Storyboard(seed, number));
        var answer = await AnywhereAsync(
            async (http, token) =>
            {
                var upload = await http.UploadAsync(() => new MemoryStream(storyboard, writable: false), token).ConfigureAwait(false);
                return await new Films(http).OrderAsync(Order(upload), string.Create(CultureInfo.InvariantCulture, $"chaos-{seed}-{number}"), token).ConfigureAwait(false);
            },
            number,
            cancellation).ConfigureAwait(false);
        return answer.GetProperty("id").GetString()!;
    }

    /// <summary>The same film as <see cref="Local.LocalRender"/> makes.</summary>
    /// <param name="upload">Id of the uploaded storyboard.</param>
    internal static Dictionary<string, object> Order(string upload) => new()
    {
        ["source"] = new { entry = "storyboard.json", files = new[] { new { path = "storyboard.json", upload } } },
        ["formats"] = "mp4,hls",
        ["ladder"] = "180,144",
    };

    private async Task<OrderedFilm> EndOfAsync(OrderedFilm film, CancellationToken cancellation)
    {
        while (true)
        {
            var now = await AnywhereAsync((http, token) => new Films(http).GetAsync(film.Id, token), film.Number, cancellation).ConfigureAwait(false);
            var status = now.GetProperty("status").GetString();
            if (status is "succeeded" or "failed" or "canceled")
            {
                var error = now.TryGetProperty("error", out var told) && told.ValueKind == JsonValueKind.Object ? told.ToString() : null;
                return film with { Status = status, Error = error };
            }

            await Task.Delay(BetweenLooks, clock, cancellation).ConfigureAwait(false);
        }
    }

    private async Task<JsonElement> AnywhereAsync(Func<FarmHttp, CancellationToken, Task<JsonElement>> call, int first, CancellationToken cancellation)
    {
        Interlocked.Increment(ref _calls);
        for (var attempt = 0; ; attempt++)
        {
            cancellation.ThrowIfCancellationRequested();
            using var http = new FarmHttp(new ServerAddress(servers[(first + attempt) % servers.Length], key), clock);
            try
            {
                return await call(http, cancellation).ConfigureAwait(false);
            }
            catch (FarmException fault) when (fault.Error.Retryable || fault.Error.Code is ErrorCodes.ServerUnreachable or ErrorCodes.TimedOut or ErrorCodes.StoreUnreachable)
            {
                switch (attempt)
                {
                    case 0:
                        Interlocked.Increment(ref _failedOnce);
                        break;
                    case 1:
                        Interlocked.Increment(ref _failedTwice);
                        break;
                }

                await Task.Delay(BetweenTries, clock, cancellation).ConfigureAwait(false);
            }
        }
    }
}
