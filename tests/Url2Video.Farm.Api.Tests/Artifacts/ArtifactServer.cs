using System.Collections.Immutable;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging.Abstractions;
using Url2Video.Farm.Api.Artifacts;
using Url2Video.Farm.Api.Hosting;
using Url2Video.Farm.Cluster.Artifacts;
using Url2Video.Farm.Cluster.Artifacts.Peers;
using Url2Video.Farm.Cluster.Artifacts.Transfer;
using Url2Video.Farm.Cluster.JobLogs;
using Url2Video.Farm.Cluster.Security;
using Url2Video.Farm.Cluster.Store;
using Url2Video.Farm.Core;
using Url2Video.Farm.Core.Errors;

namespace Url2Video.Farm.Api.Tests.Artifacts;

/// <summary>The artifact routes on a real port, with everything that stands before them in a server but the nodes' own sessions.</summary>
internal sealed class ArtifactServer : IAsyncDisposable
{
    public static readonly byte[] Secret = [.. Enumerable.Range(1, PeerToken.SecretBytes).Select(i => (byte)i)];

    private readonly FarmDatabase _database;
    private readonly PeerArtifacts? _peers;
    private readonly ApiHost _host;

    private ArtifactServer(FarmDatabase database, PeerArtifacts? peers, ArtifactStore store, IResultIndex results, IJobLogs logs, ApiHost host) =>
        (_database, _peers, Store, Results, Logs, _host) = (database, peers, store, results, logs, host);

    public ArtifactStore Store { get; }

    public IResultIndex Results { get; }

    public IJobLogs Logs { get; }

    public Uri Url => _host.Addresses[0];

    public IReadOnlyList<Endpoint> Endpoints => _host.Endpoints;

    public PeerArtifacts Peers => _peers!;

    public static async Task<ArtifactServer> StartAsync(string folder, Func<ImmutableArray<Uri>>? others = null, int copies = 1)
    {
        Directory.CreateDirectory(folder);
        var database = await FarmDatabase.OpenAsync(StoreUrl.Parse("sqlite:" + Path.Combine(folder, "farm.db")));
        var plain = new ArtifactStore(Path.Combine(folder, "artifacts"));
        var peers = others is null
            ? null
            : new PeerArtifacts(new PeerSetup(plain, new FixedPeers(others), new HttpClient(), Secret, copies, TimeProvider.System, NullLogger.Instance));
        var store = peers?.Store ?? plain;
        var (results, logs) = (new ResultIndex(Path.Combine(folder, "results"), store), new DatabaseJobLogs(database, store));
        var parts = new ApiParts(null!, null!, database, store, TimeProvider.System, NullLoggerFactory.Instance);
        var host = await ApiHost.StartAsync(
            new ApiOptions { ListenUrls = ["http://127.0.0.1:0"] },
            parts,
            [new ArtifactModule(results, logs, new AllGranted(), peers), new PeerModule(Secret, TimeProvider.System), new NodeJudge()]);
        return new ArtifactServer(database, peers, store, results, logs, host);
    }

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        if (_peers is not null)
        {
            await _peers.DisposeAsync();
        }

        await _database.DisposeAsync();
    }

    private sealed class AllGranted : Url2Video.Farm.Api.Nodes.INodeGrants
    {
        public ValueTask<bool> IsOfAsync(NodeId node, JobId job, long attempt, CancellationToken cancellation) => ValueTask.FromResult(true);
    }

    public static byte[] Bytes(int count, int seed)
    {
        var bytes = new byte[count];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }

    public static ArtifactRef RefOf(byte[] bytes) => new(new ArtifactId(Convert.ToHexStringLower(SHA256.HashData(bytes))), bytes.Length);

    public HttpRequestMessage Request(HttpMethod method, string path, string? token = "node-a")
    {
        var request = new HttpRequestMessage(method, new Uri(Url, path));
        request.Headers.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
        return request;
    }

    private sealed class FixedPeers(Func<ImmutableArray<Uri>> others) : IPeers
    {
        public ValueTask<ImmutableArray<Uri>> OthersAsync(CancellationToken cancellation) => ValueTask.FromResult(others());
    }

    /// <summary>Stands for the gateway: every token that begins with <c>node-</c> is a live session of that node.</summary>
    private sealed class NodeJudge : IApiModule, IAccessJudge
    {
        public AccessKind Kind => AccessKind.Node;

        public void Map(IEndpointRouteBuilder routes, ApiParts parts)
        {
        }

        public ValueTask<FarmError?> JudgeAsync(HttpContext context, Access access)
        {
            var header = context.Request.Headers.Authorization.ToString();
            if (!header.StartsWith("Bearer node-", StringComparison.Ordinal))
            {
                return ValueTask.FromResult<FarmError?>(new FarmError(ErrorCodes.NodeRevoked, "No session."));
            }

            context.Features.Set(new NodeSession(new NodeId(header["Bearer ".Length..]), "serial", DateTimeOffset.MaxValue));
            return ValueTask.FromResult<FarmError?>(null);
        }
    }
}

/// <summary>The way of a node to one server.</summary>
internal sealed class FixedAddress(Uri url, string token = "node-a") : IServerAddress
{
    public Uri Current { get; set; } = url;

    public ValueTask<string> TokenAsync(CancellationToken cancellation) => ValueTask.FromResult(token);
}
