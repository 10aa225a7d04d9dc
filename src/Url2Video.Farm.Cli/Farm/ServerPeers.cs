using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Logging;
using Url2Video.Farm.Cluster.Artifacts;
using Url2Video.Farm.Cluster.Artifacts.Peers;
using Url2Video.Farm.Cluster.Security;
using Url2Video.Farm.Cluster.Store;

namespace Url2Video.Farm.Cli.Farm;

/// <summary>A server's artifacts with those of the other servers behind them.</summary>
internal sealed class ServerPeers : IAsyncDisposable
{
    private readonly HttpClient _http;
    private readonly FarmAuthority _authority;

    private ServerPeers(HttpClient http, FarmAuthority authority, PeerArtifacts others, ArtifactStore artifacts, byte[] secret) =>
        (_http, _authority, Others, Artifacts, Secret) = (http, authority, others, artifacts, secret);

    public PeerArtifacts Others { get; }

    /// <summary>What the whole farm has, seen from here.</summary>
    public ArtifactStore Artifacts { get; }

    /// <summary>By which servers know each other's requests.</summary>
    public byte[] Secret { get; }

    /// <param name="authority">Taken over: disposed of with this.</param>
    public static async Task<ServerPeers> StartAsync(
        ArtifactStore own, FarmDatabase database, Uri self, int copies, FarmAuthority authority, ILoggerFactory logging, TimeProvider clock, CancellationToken cancellation)
    {
        var secret = await FarmSecrets.LoadOrCreateAsync(
            database, PeerToken.SecretName, () => RandomNumberGenerator.GetBytes(PeerToken.SecretBytes), clock, cancellation).ConfigureAwait(false);
        var handler = new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false, ConnectTimeout = TimeSpan.FromSeconds(3) };

        // A certificate of the farm's own authority, or one that this machine trusts anyhow.
        handler.SslOptions.RemoteCertificateValidationCallback = (_, certificate, _, errors) =>
            errors == System.Net.Security.SslPolicyErrors.None || (certificate is X509Certificate2 shown && authority.Verify(shown, CertificateRole.Server));
        var http = new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan }; // Transfers watch themselves.
        var others = new PeerArtifacts(new PeerSetup(
            own, new RegisteredPeers(database, self, clock), http, secret, copies, clock, logging.CreateLogger("Url2Video.Farm.Peers")));
        return new ServerPeers(http, authority, others, own.With(others), secret);
    }

    public async ValueTask DisposeAsync()
    {
        await Others.DisposeAsync().ConfigureAwait(false);
        _http.Dispose();
        _authority.Dispose();
    }
}
