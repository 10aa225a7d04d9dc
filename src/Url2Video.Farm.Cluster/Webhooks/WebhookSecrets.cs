using System.Security.Cryptography;
using Url2Video.Farm.Cluster.Security;
using Url2Video.Farm.Cluster.Store;
using Url2Video.Farm.Core.Webhooks;

namespace Url2Video.Farm.Cluster.Webhooks;

/// <summary>What signs the calls of a tenant; made when it is first needed, the same on every server.</summary>
internal sealed class WebhookSecrets(FarmDatabase database, TimeProvider clock)
{
    private const int SecretBytes = 32;

    public Task<byte[]> OfAsync(string tenant, CancellationToken cancellation) =>
        FarmSecrets.LoadOrCreateAsync(database, "webhook:" + tenant, static () => RandomNumberGenerator.GetBytes(SecretBytes), clock, cancellation);

    /// <summary>As receivers' libraries take it.</summary>
    public async Task<string> TextOfAsync(string tenant, CancellationToken cancellation) =>
        WebhookSignature.Text(await OfAsync(tenant, cancellation).ConfigureAwait(false));
}
