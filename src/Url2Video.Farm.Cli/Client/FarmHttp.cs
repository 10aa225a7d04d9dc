using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Url2Video.Farm.Core.Errors;

namespace Url2Video.Farm.Cli.Client;

/// <summary>
/// A farm over HTTP. Calls that may be repeated without harm (reads, and changes with an idempotency key) are repeated once when the
/// connection breaks or the server is on its way down: behind a load balancer the second try meets another server.
/// </summary>
internal sealed partial class FarmHttp : IDisposable
{
    private const long AnswerBytesMax = 64L * 1024 * 1024;
    private static readonly TimeSpan ConnectMax = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan AnswerMax = TimeSpan.FromSeconds(30);

    /// <summary>The largest bundle over a slow line.</summary>
    private static readonly TimeSpan UploadMax = TimeSpan.FromHours(1);
    private static readonly TimeSpan BeforeRetry = TimeSpan.FromMilliseconds(300);

    private readonly HttpClient _http;
    private readonly TimeProvider _clock;

    /// <param name="handler">Null: a real connection.</param>
    public FarmHttp(ServerAddress address, TimeProvider clock, HttpMessageHandler? handler = null)
    {
        _clock = clock;
        // A redirect would carry the key to wherever the answer points.
        _http = new HttpClient(handler ?? new SocketsHttpHandler { ConnectTimeout = ConnectMax, AllowAutoRedirect = false })
        {
            BaseAddress = address.Url,
            Timeout = Timeout.InfiniteTimeSpan,
        };
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", address.Key);
        Address = address;
    }

    public ServerAddress Address { get; }

    /// <exception cref="FarmException">What the server refused with, ERR_SERVER_UNREACHABLE or ERR_TIMED_OUT.</exception>
    public Task<JsonElement> GetAsync(string path, CancellationToken cancellation) => JsonAsync(() => new(HttpMethod.Get, Local(path)), isRepeatable: true, cancellation);

    /// <param name="body">Written as JSON; null for none.</param>
    /// <param name="idempotencyKey">Makes the call repeatable; null: it is sent once, unless the method itself is idempotent.</param>
    public Task<JsonElement> SendAsync(HttpMethod method, string path, object? body, string? idempotencyKey, CancellationToken cancellation) =>
        JsonAsync(() => Request(method, path, body, idempotencyKey), idempotencyKey is not null || method == HttpMethod.Put || method == HttpMethod.Delete, cancellation);

    /// <summary>Sends a file that an order will name. Sending the same bytes twice is harmless.</summary>
    /// <param name="open">Opens it from its beginning, once for each try.</param>
    /// <returns>What the order names it by.</returns>
    public async Task<string> UploadAsync(Func<Stream> open, CancellationToken cancellation)
    {
        HttpRequestMessage Request()
        {
            var content = new StreamContent(open());
            content.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
            return new HttpRequestMessage(HttpMethod.Post, Local("/api/v2/uploads")) { Content = content };
        }

        var answer = await JsonAsync(Request, isRepeatable: true, cancellation, UploadMax).ConfigureAwait(false);
        return answer.GetProperty("id").GetString()!;
    }

    public void Dispose() => _http.Dispose();

    /// <summary>Sends, repeats once when that is harmless, and refuses every answer that is not a success.</summary>
    private async Task<HttpResponseMessage> AnswerAsync(Func<HttpRequestMessage> request, bool isRepeatable, TimeSpan patience, CancellationToken cancellation)
    {
        for (var isLast = !isRepeatable; ; isLast = true)
        {
            try
            {
                using var message = request();
                using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
                limit.CancelAfter(patience);
                var response = await _http.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, limit.Token).ConfigureAwait(false);
                if (response.IsSuccessStatusCode)
                {
                    return response;
                }

                using (response)
                {
                    if (isLast || response.StatusCode is not (HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout))
                    {
                        throw Problem.Of(response.StatusCode, await BodyAsync(response, limit.Token).ConfigureAwait(false));
                    }
                }
            }
            catch (HttpRequestException) when (!isLast)
            {
                // The other try tells.
            }
            catch (HttpRequestException fault)
            {
                throw Unreachable(fault);
            }
            catch (OperationCanceledException fault) when (!cancellation.IsCancellationRequested)
            {
                throw new FarmException(ErrorCodes.TimedOut, $"{Address.Url} did not answer within {patience.TotalSeconds:0} s.", "Look whether the farm is well: `pbm cluster show`.", retryable: true, fault);
            }

            await Task.Delay(BeforeRetry, _clock, cancellation).ConfigureAwait(false);
        }
    }

    private async Task<JsonElement> JsonAsync(Func<HttpRequestMessage> request, bool isRepeatable, CancellationToken cancellation, TimeSpan? patience = null)
    {
        using var response = await AnswerAsync(request, isRepeatable, patience ?? AnswerMax, cancellation).ConfigureAwait(false);
        var body = await BodyAsync(response, cancellation).ConfigureAwait(false);
        try
        {
            using var document = JsonDocument.Parse(body.Length == 0 ? "{}" : body);
            return document.RootElement.Clone();
        }
        catch (JsonException fault)
        {
            throw new FarmException(ErrorCodes.Format, $"{Address.Url} answered with something that is not JSON.", "Look whether --server is the address of a farm.", cause: fault);
        }
    }

    private async Task<string> BodyAsync(HttpResponseMessage response, CancellationToken cancellation)
    {
        try
        {
            await response.Content.LoadIntoBufferAsync(AnswerBytesMax, cancellation).ConfigureAwait(false);
            return await response.Content.ReadAsStringAsync(cancellation).ConfigureAwait(false);
        }
        catch (Exception fault) when (fault is HttpRequestException or IOException)
        {
            throw Unreachable(fault);
        }
    }

    private static HttpRequestMessage Request(HttpMethod method, string path, object? body, string? idempotencyKey)
    {
        var request = new HttpRequestMessage(method, Local(path)) { Content = body is null ? null : JsonContent.Create(body) };
        if (idempotencyKey is not null)
        {
            request.Headers.Add("Idempotency-Key", idempotencyKey);
        }

        return request;
    }

    // Relative to the server's address, which may have a path of its own.
    private static Uri Local(string path) => new(path.TrimStart('/'), UriKind.Relative);

    private FarmException Unreachable(Exception fault) => new(
        ErrorCodes.ServerUnreachable, $"{Address.Url} cannot be reached: {fault.InnerException?.Message ?? fault.Message}", "Look at --server, the network, and that the farm runs.", retryable: true, fault);
}
