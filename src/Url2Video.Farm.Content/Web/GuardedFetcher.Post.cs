using System.Collections.Immutable;
using System.Net.Http.Headers;
using Url2Video.Farm.Core;
using Url2Video.Farm.Core.Errors;

namespace Url2Video.Farm.Content.Web;

/// <summary>Calls to addresses that customers named.</summary>
public sealed partial class GuardedFetcher
{
    /// <summary>Posts JSON once, through the same guard as every page. Follows no redirect and reads no answer but its status.</summary>
    /// <exception cref="FarmException">
    /// <c>ERR_INVALID_ARGUMENT</c>, <c>ERR_ADDRESS_REFUSED</c>, <c>ERR_HOST_NOT_FOUND</c>, <c>ERR_NETWORK_TIMEOUT</c>, <c>ERR_NETWORK</c>.
    /// </exception>
    public async Task<int> PostAsync(
        string url, ImmutableArray<(string Name, string Value)> headers, byte[] json, bool allowPrivate, CancellationToken cancellation)
    {
        var uri = UrlRules.Parse(url, allowPrivate);
        using var total = new CancellationTokenSource(TimeSpan.FromSeconds(Limits.WebhookSecondsMax), _time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(total.Token, cancellation);
        using var request = new HttpRequestMessage(HttpMethod.Post, uri) { Content = new ByteArrayContent(json) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.UserAgent.Add(new ProductInfoHeaderValue("Url2Video.Farm", "0.1"));
        foreach (var (name, value) in headers)
        {
            request.Headers.Add(name, value);
        }

        try
        {
            using var response = await (allowPrivate ? _private : _public).SendAsync(request, HttpCompletionOption.ResponseHeadersRead, both.Token);
            return (int)response.StatusCode;
        }
        catch (Exception e) when (e is OperationCanceledException or TimeoutException && !cancellation.IsCancellationRequested)
        {
            throw new FarmException(ErrorCodes.NetworkTimeout, $"{uri.Host} did not answer within {Limits.WebhookSecondsMax} s.", null, retryable: true, e);
        }
        catch (Exception e) when (e is HttpRequestException or IOException && !cancellation.IsCancellationRequested)
        {
            throw Translated(e, uri);
        }
    }
}
