using System.Net;
using System.Net.Http.Headers;
using Url2Video.Farm.Core;
using Url2Video.Farm.Core.Errors;

namespace Url2Video.Farm.Content.Web;

/// <summary>
/// The one way from Content to the network. No proxy (a proxy would hide the real address from the guard), no cookies, no redirect
/// that was not checked, bounded in bytes and time.
/// </summary>
public sealed partial class GuardedFetcher : IDisposable
{
    private readonly TimeProvider _time;
    private readonly HttpClient _public;
    private readonly HttpClient _private;

    public GuardedFetcher(TimeProvider time, IHostResolver? resolver = null) : this(
        time, resolver ?? new SystemResolver(), GuardedConnector.DialTcpAsync)
    {
    }

    /// <param name="dial">Tests put a street map of their own here; it only ever sees addresses that passed the guard.</param>
    internal GuardedFetcher(TimeProvider time, IHostResolver resolver, Dial dial)
    {
        _time = time;
        _public = ClientOf(new GuardedConnector(resolver, dial, allowPrivate: false));
        _private = ClientOf(new GuardedConnector(resolver, dial, allowPrivate: true));
    }

    /// <summary>Fetches a URL with GET.</summary>
    /// <exception cref="FarmException">
    /// <c>ERR_INVALID_ARGUMENT</c>, <c>ERR_ADDRESS_REFUSED</c>, <c>ERR_HOST_NOT_FOUND</c>, <c>ERR_HTTP_STATUS</c>, <c>ERR_TOO_LARGE</c>,
    /// <c>ERR_NETWORK_TIMEOUT</c>, <c>ERR_NETWORK</c>, <c>ERR_FORMAT</c>.
    /// </exception>
    public async Task<Fetched> GetAsync(string url, FetchPolicy policy, CancellationToken cancellation)
    {
        var uri = UrlRules.Parse(url, policy.AllowPrivate);
        using var total = new CancellationTokenSource(TimeSpan.FromSeconds(Limits.FetchSecondsMax), _time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(total.Token, cancellation);
        try
        {
            return await FollowAsync(uri, policy, both.Token);
        }
        catch (Exception e) when (e is OperationCanceledException or TimeoutException && !cancellation.IsCancellationRequested)
        {
            throw new FarmException(
                ErrorCodes.NetworkTimeout, $"{uri.Host} did not answer in full within {Limits.FetchSecondsMax} s.", "Try again later.", retryable: true, e);
        }
        catch (Exception e) when (e is HttpRequestException or IOException && !cancellation.IsCancellationRequested)
        {
            throw Translated(e, uri);
        }
    }

    public void Dispose()
    {
        _public.Dispose();
        _private.Dispose();
    }

    private static HttpClient ClientOf(GuardedConnector connector) => new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseProxy = false,
        UseCookies = false,
        AutomaticDecompression = DecompressionMethods.None, // CappedBody counts while it inflates.
        ConnectTimeout = TimeSpan.FromSeconds(Limits.ConnectSecondsMax),
        PooledConnectionLifetime = TimeSpan.FromSeconds(30),
        MaxResponseHeadersLength = Limits.ResponseHeaderKibibytesMax,
        MaxResponseDrainSize = 0,
        ConnectCallback = connector.ConnectAsync,
    })
    {
        Timeout = Timeout.InfiniteTimeSpan, // GetAsync has its own clock, which tests can turn.
    };

    private async Task<Fetched> FollowAsync(Uri uri, FetchPolicy policy, CancellationToken cancellation)
    {
        var current = uri;
        for (var hop = 0; hop <= Limits.RedirectsPerFetchMax; hop++)
        {
            using var response = await SendAsync(current, policy, cancellation);
            if (RedirectOf(response, current) is { } next)
            {
                UrlRules.Check(next, policy.AllowPrivate);
                if (current.Scheme == "https" && next.Scheme == "http")
                {
                    throw new FarmException(
                        ErrorCodes.AddressRefused,
                        $"{current.Host} redirects from https to http.",
                        $"Ask for {next} yourself if that is what you want.");
                }

                current = next;
                continue;
            }

            if (!response.IsSuccessStatusCode)
            {
                throw StatusError(response.StatusCode, current);
            }

            var type = response.Content.Headers.ContentType;
            var body = await CappedBody.ReadAsync(
                await response.Content.ReadAsStreamAsync(cancellation), response.Content.Headers.ContentEncoding, policy, current.Host, cancellation);
            return new Fetched(current, body, type?.MediaType?.ToLowerInvariant(), type?.CharSet?.Trim('"', '\''));
        }

        throw new FarmException(
            ErrorCodes.Network,
            $"{uri.Host} redirects more than {Limits.RedirectsPerFetchMax} times.",
            "The page redirects in a circle; open it in a browser and copy the final address.");
    }

    private async Task<HttpResponseMessage> SendAsync(Uri uri, FetchPolicy policy, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, uri);
        request.Headers.UserAgent.Add(new ProductInfoHeaderValue("Url2Video.Farm", "0.1"));
        request.Headers.TryAddWithoutValidation("Accept", policy.Accept);
        request.Headers.TryAddWithoutValidation("Accept-Encoding", "gzip, deflate, br");
        using var headers = new CancellationTokenSource(TimeSpan.FromSeconds(Limits.HeadersSecondsMax), _time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(headers.Token, cancellation);
        return await (policy.AllowPrivate ? _private : _public).SendAsync(request, HttpCompletionOption.ResponseHeadersRead, both.Token);
    }

    private static Uri? RedirectOf(HttpResponseMessage response, Uri current)
    {
        var isRedirect = response.StatusCode is HttpStatusCode.MovedPermanently or HttpStatusCode.Found or HttpStatusCode.SeeOther
            or HttpStatusCode.TemporaryRedirect or HttpStatusCode.PermanentRedirect;
        if (!isRedirect || response.Headers.Location is not { } location)
        {
            return null;
        }

        return Uri.TryCreate(current, location, out var next)
            ? next
            : throw new FarmException(ErrorCodes.Network, $"{current.Host} redirects to something that is not an address.");
    }

    private static FarmException StatusError(HttpStatusCode status, Uri uri)
    {
        var hint = status switch
        {
            HttpStatusCode.NotFound or HttpStatusCode.Gone => "Check the address.",
            HttpStatusCode.Unauthorized or HttpStatusCode.PaymentRequired or HttpStatusCode.Forbidden or HttpStatusCode.UnavailableForLegalReasons =>
                "The page is not open to everybody: save it as a file and render that.",
            HttpStatusCode.TooManyRequests or >= HttpStatusCode.InternalServerError => "Try again later.",
            _ => null,
        };
        var isRetryable = status is HttpStatusCode.TooManyRequests or >= HttpStatusCode.InternalServerError;
        return new FarmException(
            ErrorCodes.HttpStatus, $"{uri.Host} answered {(int)status} {status} for {uri.PathAndQuery}.", hint, isRetryable);
    }

    /// <summary>The guard's own refusal travels inside the client's exceptions; everything else is the network's fault.</summary>
    private static FarmException Translated(Exception e, Uri uri)
    {
        for (var inner = e; inner is not null; inner = inner.InnerException)
        {
            if (inner is FarmException refusal)
            {
                return new FarmException(refusal.Error, e);
            }
        }

        var isCertificate = e.InnerException is System.Security.Authentication.AuthenticationException;
        return new FarmException(
            ErrorCodes.Network,
            isCertificate
                ? $"The certificate of {uri.Host} is not valid: {e.InnerException!.Message}"
                : $"The connection to {uri.Host} failed: {e.Message}",
            isCertificate ? "Check the clock of this machine and its CA certificates." : null,
            retryable: !isCertificate,
            e);
    }
}
