using System.Collections.Immutable;
using System.Security.Cryptography;
using Microsoft.Extensions.Logging;
using Url2Video.Farm.Api.Hosting;
using Url2Video.Farm.Cluster.Artifacts;
using Url2Video.Farm.Cluster.Artifacts.Peers;
using Url2Video.Farm.Cluster.JobLogs;
using Url2Video.Farm.Cluster.Security;
using Url2Video.Farm.Cluster.Store;

namespace Url2Video.Farm.Api.Artifacts;

/// <param name="Folder">Of the artifacts.</param>
/// <param name="PublicUrl">This server's own row in farm_server; the others must reach it there, so not a load balancer's.</param>
/// <param name="IsShared">All servers have the same folder (one machine, NFS): nothing is copied or fetched.</param>
/// <param name="Http">Trusts the other servers; without a timeout of its own.</param>
internal sealed record ServerArtifactsSetup(
    FarmDatabase Database, string Folder, Uri PublicUrl, bool IsShared, HttpMessageInvoker Http, TimeProvider Clock, ILoggerFactory Logging)
{
    /// <summary>Servers that must have an artifact before it is acknowledged; null: 2 where several servers may be and share no folder, else 1.</summary>
    public int? Copies { get; init; }
}

/// <summary>Everything a server has of artifacts: the store, what is behind it, and the routes.</summary>
internal sealed class ServerArtifacts : IAsyncDisposable
{
    private readonly PeerArtifacts? _peers;

    private ServerArtifacts(ServerArtifactsSetup setup, PeerArtifacts? peers, byte[] secret)
    {
        _peers = peers;
        Store = peers?.Store ?? new ArtifactStore(setup.Folder);
        Results = new DatabaseResultIndex(setup.Database, a => Store.Exists(a) || (peers?.TryBring(a) ?? false), setup.Clock);
        Logs = new DatabaseJobLogs(setup.Database, Store);
        Modules = [new ArtifactModule(Results, Logs, peers), new PeerModule(secret, setup.Clock)];
    }

    /// <summary>For the whole server: what is missing comes from the others, what is new goes to another.</summary>
    public ArtifactStore Store { get; }

    public IResultIndex Results { get; }

    public IJobLogs Logs { get; }

    /// <summary>To be given to <see cref="ApiHost.StartAsync"/>, with the gateway of the nodes, who judges their sessions.</summary>
    public ImmutableArray<IApiModule> Modules { get; }

    public static async Task<ServerArtifacts> OpenAsync(ServerArtifactsSetup setup, CancellationToken cancellation = default)
    {
        var secret = await FarmSecrets.LoadOrCreateAsync(
            setup.Database, PeerToken.SecretName, () => RandomNumberGenerator.GetBytes(PeerToken.SecretBytes), setup.Clock, cancellation).ConfigureAwait(false);
        if (setup.IsShared || setup.Database.Store.Kind == StoreKind.Sqlite)
        {
            return new ServerArtifacts(setup, null, secret);
        }

        var peers = new PeerArtifacts(new PeerSetup(
            new ArtifactStore(setup.Folder),
            new RegisteredPeers(setup.Database, setup.PublicUrl, setup.Clock),
            setup.Http,
            secret,
            setup.Copies ?? 2,
            setup.Clock,
            setup.Logging.CreateLogger<PeerArtifacts>()));
        return new ServerArtifacts(setup, peers, secret);
    }

    public async ValueTask DisposeAsync()
    {
        if (_peers is not null)
        {
            await _peers.DisposeAsync().ConfigureAwait(false);
        }
    }
}
