using System.Collections.Immutable;
using Url2Video.Farm.Cluster.Telemetry;
using Url2Video.Farm.Cluster.Webhooks;
using Url2Video.Farm.Content.Web;
using Url2Video.Farm.Core;
using Url2Video.Farm.Core.Errors;
using Url2Video.Farm.Core.Webhooks;

namespace Url2Video.Farm.Cli.Farm;

/// <summary>Makes customers' calls through the guard that pages are fetched through, a bounded number at once.</summary>
/// <param name="allowPrivate">Loopback and private addresses, any port; as for pages.</param>
internal sealed class WebhookSender(TimeProvider clock, bool allowPrivate) : IWebhookSender, IAsyncDisposable
{
    private readonly GuardedFetcher _web = new(clock);
    private readonly SemaphoreSlim _room = new(Limits.WebhooksAtOnceMax);

    public async Task<WebhookAnswer> PostAsync(string url, ImmutableArray<(string Name, string Value)> headers, byte[] body, CancellationToken cancellation)
    {
        await _room.WaitAsync(cancellation).ConfigureAwait(false);
        var began = clock.GetTimestamp();
        try
        {
            var status = await _web.PostAsync(url, headers, body, allowPrivate, cancellation).ConfigureAwait(false);
            return new WebhookAnswer(status, null, Millis());
        }
        catch (FarmException fault)
        {
            if (fault.Error.Code == ErrorCodes.AddressRefused)
            {
                FarmMeters.EgressBlocked();
            }

            return new WebhookAnswer(null, $"{fault.Error.Code}: {fault.Error.Message}", Millis());
        }
        finally
        {
            _room.Release();
        }

        long Millis() => (long)clock.GetElapsedTime(began).TotalMilliseconds;
    }

    public ValueTask DisposeAsync()
    {
        _web.Dispose();
        _room.Dispose();
        return ValueTask.CompletedTask;
    }
}
