using System.Globalization;
using System.Text;
using Url2Video.Farm.Core.Webhooks;

namespace Url2Video.Farm.Cluster.Webhooks;

/// <summary>What the calls of a farm are made with.</summary>
/// <param name="Jitter">0 (inclusive) to 1 (exclusive), by chance.</param>
internal sealed record WebhookParts(IWebhookSender Sender, WebhookSecrets Secrets, TimeProvider Clock, Func<double> Jitter)
{
    /// <summary>Signs and makes one call. Fails only when the secret cannot be read: then it was not made.</summary>
    public async Task<WebhookAnswer> MakeAsync(WebhookCall call, CancellationToken cancellation)
    {
        var secret = await Secrets.OfAsync(call.Tenant, cancellation).ConfigureAwait(false);
        var seconds = Clock.GetUtcNow().ToUnixTimeSeconds();
        return await Sender.PostAsync(
            call.Url,
            [
                (WebhookSignature.IdHeader, call.Id),
                (WebhookSignature.TimestampHeader, seconds.ToString(CultureInfo.InvariantCulture)),
                (WebhookSignature.SignatureHeader, WebhookSignature.Of(secret, call.Id, seconds, call.Body)),
            ],
            Encoding.UTF8.GetBytes(call.Body),
            cancellation).ConfigureAwait(false);
    }
}
