using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Logging;
using Url2Video.Farm.Api.Hosting;
using Url2Video.Farm.Api.Keys;
using Url2Video.Farm.Api.Nodes;
using Url2Video.Farm.Api.Telemetry;
using Url2Video.Farm.Cluster.Artifacts;
using Url2Video.Farm.Cluster.Artifacts.Sweeping;
using Url2Video.Farm.Cluster.Hosting;
using Url2Video.Farm.Cluster.Persistence;
using Url2Video.Farm.Cluster.Security;
using Url2Video.Farm.Cluster.Store;
using Url2Video.Farm.Cluster.Telemetry;
using Url2Video.Farm.Core.Errors;

namespace Url2Video.Farm.Cli.Farm;

/// <summary>One life of a server: coordinator and API in one process, over the store.</summary>
internal sealed class ServerHost : IAsyncDisposable
{
    private const int JoinTokenUses = 1_000;
    private static readonly TimeSpan WarmUpWithin = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan JoinTokenLifetime = TimeSpan.FromDays(30);

    private readonly FarmDatabase _database;
    private readonly ServerPeers _peers;
    private readonly FarmServer _server;
    private readonly ApiHost _api;
    private readonly StorageMeters _storage;
    private readonly WebhookSender _webhooks;

    private ServerHost(FarmDatabase database, ServerPeers peers, FarmServer server, ApiHost api, StorageMeters storage, WebhookSender webhooks) =>
        (_database, _peers, _server, _api, _storage, _webhooks) = (database, peers, server, api, storage, webhooks);

    public Task<ServerEnd> Ended => _server.Ended;

    public IReadOnlyList<Uri> Addresses => _api.Addresses;

    public string ClusterAddress => _server.Self.Address;

    /// <summary>Returns when it is a member of the cluster and answers requests.</summary>
    /// <exception cref="FarmException"><c>ERR_STORE_UNREACHABLE</c>, <c>ERR_STORE_NEWER</c>, <c>ERR_INVALID_ARGUMENT</c>, <c>ERR_NOT_WRITABLE</c>.</exception>
    public static async Task<ServerHost> StartAsync(ServerStart options, ILoggerFactory logging, TimeProvider clock, CancellationToken cancellation)
    {
        var undo = new Stack<IAsyncDisposable>();
        var warm = JournalWarmUp.Begin(); // Its first film does not wait for the compiler of the queries.
        try
        {
            var database = await FarmDatabase.OpenAsync(options.Store, cancellation).ConfigureAwait(false);
            undo.Push(database);
            Directory.CreateDirectory(options.ArtifactDir);
            var authority = await FarmAuthority.LoadOrCreateAsync(database, clock, cancellation).ConfigureAwait(false);
            var peers = await PeersOf(options, database, authority, logging, clock, cancellation).ConfigureAwait(false);
            undo.Push(peers);
            var artifacts = peers.Artifacts;
            var webhooks = new WebhookSender(clock, options.AllowPrivateAddresses);
            undo.Push(webhooks);
            var server = await FarmServer.StartAsync(SetupOf(options, database, artifacts, webhooks, logging, clock), cancellation).ConfigureAwait(false);
            undo.Push(server);
            var gateway = await GatewayModule.StartAsync(server.Farm, database, server.Authority, clock, cancellation).ConfigureAwait(false);
            var parts = new ApiParts(server.Farm, new FarmClient(server.Farm), database, artifacts, clock, logging);
            await warm.WaitAsync(WarmUpWithin, clock, cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            var keeper = new ArtifactKeeper(database, artifacts, NameOf(server.Authority), clock);
            var api = await ApiHost.StartAsync(ApiOptionsOf(options, server.Authority), parts, ServerModules.All(gateway, parts.Client, keeper, peers, database, clock), cancellation).ConfigureAwait(false);
            undo.Push(api);
            await api.Keys.EnsureAdminKeyAsync(options.AdminKeyOut ?? Path.Combine(options.DataDir, "admin.key"), clock, cancellation).ConfigureAwait(false);
            if (options.JoinTokenOut is { } path)
            {
                var token = await gateway.Tokens.CreateAsync("written at start", JoinTokenUses, JoinTokenLifetime, cancellation).ConfigureAwait(false);
                SecretFile.Write(path, token.Text);
            }

            return new ServerHost(database, peers, server, api, new StorageMeters(options.ArtifactDir, clock, logging.CreateLogger<StorageMeters>()), webhooks);
        }
        catch
        {
            while (undo.TryPop(out var started))
            {
                await started.DisposeAsync().ConfigureAwait(false);
            }

            throw;
        }
    }

    /// <summary>Says that it is not ready, answers what runs, hands its projects over and leaves.</summary>
    public async ValueTask DisposeAsync()
    {
        await _storage.DisposeAsync().ConfigureAwait(false);
        await _api.DisposeAsync().ConfigureAwait(false);
        await _server.DisposeAsync().ConfigureAwait(false);
        await _webhooks.DisposeAsync().ConfigureAwait(false);
        await _peers.DisposeAsync().ConfigureAwait(false);
        await _database.DisposeAsync().ConfigureAwait(false);
    }

    // The same for every server of the farm, and another for every other farm.
    private static string NameOf(FarmAuthority authority) => Convert.ToHexStringLower(SHA256.HashData(authority.Certificate.AsSpan()))[..32];

    private static ServerSetup SetupOf(
        ServerStart options, FarmDatabase database, ArtifactStore artifacts, WebhookSender webhooks, ILoggerFactory logging, TimeProvider clock) =>
        new(database, artifacts, options.PublicUrl, clock, logging, options.LogLevel)
        {
            ClusterHost = options.ClusterHost,
            ClusterPort = options.ClusterPort,
            Webhooks = webhooks,
            Retention = options.Retention,
        };

    private static Task<ServerPeers> PeersOf(
        ServerStart options, FarmDatabase database, FarmAuthority authority, ILoggerFactory logging, TimeProvider clock, CancellationToken cancellation) =>
        ServerPeers.StartAsync(new ArtifactStore(options.ArtifactDir), database, options.PublicUrl, options.Copies, authority, logging, clock, cancellation);

    private static ApiOptions ApiOptionsOf(ServerStart options, FarmAuthority authority) => new()
    {
        ListenUrls = options.Listen,
        PublicUrl = options.PublicUrl,
        AllowPrivateAddresses = options.AllowPrivateAddresses,
        KeyRequestsPerHour = options.KeyRequestsPerHour,
        KeyRequestsBurst = Math.Max(1, options.KeyRequestsPerHour / 10),
        Certificate = options.Listen.Any(l => l.StartsWith("https:", StringComparison.Ordinal)) ? CertificateOf(options, authority) : null,
    };

    private static X509Certificate2 CertificateOf(ServerStart options, FarmAuthority authority)
    {
        if (options.Tls is not { } files)
        {
            return authority.IssueServer([.. new[] { options.PublicUrl.Host, options.ClusterHost, "localhost", "127.0.0.1" }.Distinct(StringComparer.OrdinalIgnoreCase)]);
        }

        try
        {
            // Through PKCS#12 and back: Kestrel wants the key where the platform's TLS finds it.
            using var pem = X509Certificate2.CreateFromPemFile(files.Certificate, files.Key);
            return X509CertificateLoader.LoadPkcs12(pem.Export(X509ContentType.Pkcs12), null);
        }
        catch (Exception fault) when (fault is System.Security.Cryptography.CryptographicException or IOException or UnauthorizedAccessException)
        {
            throw new FarmException(ErrorCodes.InvalidArgument, $"The https certificate cannot be used: {fault.Message}", "Give --tls-cert and --tls-key as PEM files that belong together.", cause: fault);
        }
    }
}
