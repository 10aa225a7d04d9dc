using System.Collections.Immutable;
using Akka.Actor;
using Akka.Actor.Setup;
using Microsoft.Extensions.Logging;
using Url2Video.Farm.Cluster.Artifacts;
using Url2Video.Farm.Cluster.Hosting;
using Url2Video.Farm.Cluster.Link;
using Url2Video.Farm.Core;
using Url2Video.Farm.Node.Embedded;
using Url2Video.Farm.Node.Logs;
using Url2Video.Farm.Node.Remote;
using Url2Video.Farm.Node.Running;

namespace Url2Video.Farm.Node.Joining;

/// <summary>Everything a node's process holds open, put together and taken apart in order.</summary>
internal sealed class HostParts : IAsyncDisposable
{
    private readonly DataDirectory _data;
    private readonly NodeIdentity _identity;
    private readonly NodeApiClient _client;
    private readonly FileLog _log;
    private readonly ILoggerFactory _logging;
    private readonly HttpClient _transfers;
    private RemoteArtifacts? _remote;
    private ReportSpool? _spool;
    private LinkMessage.Hello? _hello;

    private HostParts(NodeHostOptions options, Uri server, DataDirectory data, NodeIdentity identity, NodeApiClient client, ServerTrust trust)
    {
        _transfers = new HttpClient(trust.NewHandler()) { Timeout = Timeout.InfiniteTimeSpan }; // Transfers watch themselves.
        (Options, _data, _identity, _client) = (options, data, identity, client);
        _log = new FileLog(Path.Combine(data.Root, "node.log"), options.LogLevel, options.Clock);
        _logging = LoggerFactory.Create(builder => builder.SetMinimumLevel(options.LogLevel).AddProvider(_log).AddProvider(new AttemptLogProvider()));
        if (options.Logging is { } alsoTo)
        {
            _logging.AddProvider(new ForwardingLog(alsoTo));
        }

        var ring = new ServerRing(server, options.InsecureHttp, new Random(Environment.ProcessId));
        Link = new NodeLink(client, identity, ring, () => _hello! with { Spooled = _spool!.Former }, options.Clock, _logging.CreateLogger<NodeLink>());
        System = ActorSystem.Create("node", ActorSystemSetup.Create(
            BootstrapSetup.Create().WithConfig(NodeConfig.Of(FarmLogger.AkkaLevel(options.LogLevel))), new FarmLoggerSetup(_logging)));
    }

    public NodeHostOptions Options { get; }

    public NodeLink Link { get; }

    public ActorSystem System { get; }

    public static async Task<HostParts> OpenAsync(NodeHostOptions options, Uri server, CancellationToken cancellation)
    {
        var data = DataDirectory.Open(options.DataDir);
        NodeIdentity? identity = null;
        NodeApiClient? client = null;
        try
        {
            identity = NodeIdentity.Open(Path.Combine(data.Root, "node"));
            var trust = new ServerTrust(options.Clock);
            client = new NodeApiClient(trust, options.Clock);
            var (known, door) = (identity, client);
            await new JoinPatience(options.JoinOnce, options.Waiting, options.Clock)
                .RunAsync(() => Enrolment.EnsureAsync(known, door, trust, server, options.Token, options.Name, cancellation), cancellation)
                .ConfigureAwait(false);
            return new HostParts(options, server, data, identity, client, trust);
        }
        catch
        {
            client?.Dispose();
            identity?.Dispose();
            data.Dispose();
            throw;
        }
    }

    /// <param name="shared">See <see cref="NodeHost"/>.</param>
    public NodeHost Begin(IEnumerable<IWork> works, ArtifactStore? shared)
    {
        // Works block threads of their own, but what they await continues on the pool: leave it room beside them.
        ThreadPool.GetMinThreads(out var poolThreads, out var ports);
        ThreadPool.SetMinThreads(Math.Max(poolThreads, Environment.ProcessorCount + Options.Workers + 4), ports);

        var self = new NodeIncarnation(new NodeId(_identity.Membership!.Name), NodeEpoch.Next(Path.Combine(_data.Root, "node.epoch")));
        var (spool, kept) = ReportSpool.Open(Path.Combine(_data.Root, "reports"), self.Epoch);
        ImmutableArray<string> capabilities = [.. Options.Capabilities.Order(StringComparer.Ordinal).Distinct(StringComparer.Ordinal)];
        _spool = spool;
        _hello = new LinkMessage.Hello(self, Options.Workers, Options.Version, capabilities, Options.Facts, 0);
        return NodeHost.Begin(this, self, capabilities, RunnerOf(works, shared), spool, kept);
    }

    private WorkRunner RunnerOf(IEnumerable<IWork> works, ArtifactStore? shared)
    {
        if (shared is not null)
        {
            return new WorkRunner(works, shared, new ResultIndex(_data.Results, shared), _data.Scratch);
        }

        _remote = new RemoteArtifacts(_data.Artifacts, Link, _transfers, Options.Clock, Options.CacheBytesMax);
        var own = new ResultIndex(_data.Results, _remote.Here);
        own.SweepTemporaries();
        var logs = new AttemptLogs(new RemoteJobLogs(Link, _transfers), Options.Clock);
        return new WorkRunner(works, _remote, new RemoteResults(Link, _transfers, _remote, own), _data.Scratch, logs);
    }

    public async ValueTask DisposeAsync()
    {
        await System.Terminate().WaitAsync(TimeSpan.FromSeconds(5)).ContinueWith(static t => _ = t.Exception, TaskScheduler.Default).ConfigureAwait(false);
        if (_remote is not null)
        {
            await _remote.DisposeAsync().ConfigureAwait(false);
        }

        _transfers.Dispose();
        Link.Dispose();
        _client.Dispose();
        _identity.Dispose();
        _logging.Dispose();
        _log.Dispose();
        _data.Dispose();
    }
}
