using System.Security.Cryptography.X509Certificates;
using Akka;
using Akka.Actor;
using Akka.Cluster;
using Microsoft.Extensions.Logging;
using Url2Video.Farm.Cluster.Membership;
using Url2Video.Farm.Cluster.Security;
using Url2Video.Farm.Cluster.Store;
using Url2Video.Farm.Core;
using Url2Video.Farm.Core.Errors;
using AkkaCluster = Akka.Cluster.Cluster;

namespace Url2Video.Farm.Cluster.Hosting;

/// <summary>
/// One server of a farm: finds the others by the store alone, joins them or begins, stays in the register while it lives, and ends when
/// it is no member any more. It never comes back by itself: whoever runs it looks at <see cref="Ended"/> and starts another.
/// </summary>
internal sealed class FarmServer : IAsyncDisposable
{
    private static readonly TimeSpan SettleBeforeLeaving = TimeSpan.FromMilliseconds(400);
    private static readonly TimeSpan LeaveWithin = TimeSpan.FromSeconds(10);

    private readonly ServerSetup _setup;
    private readonly ServerRegistry _registry;
    private readonly ServerPresence _presence;
    private readonly AkkaCluster _cluster;
    private readonly X509Certificate2 _certificate;
    private readonly ITimer _renewal;
    private readonly ILogger _log;
    private readonly CancellationTokenSource _ending = new();
    private readonly TaskCompletionSource<ServerEnd> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock _gate = new();
    private ServerEnd? _reason;
    private Task? _stopped;

    private FarmServer(ServerSetup setup, FarmAuthority authority, X509Certificate2 certificate, FarmSystem farm)
    {
        (_setup, Authority, _certificate, Farm) = (setup, authority, certificate, farm);
        _log = setup.Logging.CreateLogger<FarmServer>();
        _cluster = AkkaCluster.Get(farm.System);
        _registry = new(setup.Database);
        Self = new(_cluster.SelfAddress.ToString(), _cluster.SelfUniqueAddress.Uid, setup.PublicUrl.ToString(), VersionText, 0, 0);
        _presence = new(_registry, Self.Id, setup.Clock, _log, () => Leave(ServerEnd.Removed, "The other servers have removed this one."));
        var parts = new MembersParts(_presence.Forget, why => Leave(ServerEnd.Removed, why));
        farm.System.ActorOf(MembersActor.Props(parts), "members");
        CoordinatedShutdown.Get(farm.System).AddTask(CoordinatedShutdown.PhaseClusterShardingShutdownRegion, "settle", SettleAsync);
        _renewal = setup.Clock.CreateTimer(
            _ => Leave(ServerEnd.RenewalDue, "The certificate of this server is to be renewed."), null, RenewAfter(Self.Uid), Timeout.InfiniteTimeSpan);
        _ = farm.System.WhenTerminated.ContinueWith(_ => OnTerminatedAsync(), CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
    }

    /// <summary>Version of this program as the register shows it.</summary>
    public static string VersionText { get; } = typeof(FarmServer).Assembly.GetName().Version!.ToString(3);

    public FarmSystem Farm { get; }

    /// <summary>Its own line in the register.</summary>
    public ServerRow Self { get; }

    /// <summary>Signs certificates of nodes. Lives as long as the server.</summary>
    public FarmAuthority Authority { get; }

    /// <summary>Whether it is a member and may be sent work; what a readiness probe asks.</summary>
    public bool IsReady => !_ending.IsCancellationRequested && !Farm.IsEnding && _cluster.SelfMember.Status == MemberStatus.Up;

    /// <summary>Completes when it is a server no more, whatever the reason; never fails.</summary>
    public Task<ServerEnd> Ended => _ended.Task;

    /// <summary>All servers that are in the register.</summary>
    public Task<ServerRows> ServersAsync(CancellationToken cancellation) => _registry.ReadAsync(cancellation);

    /// <summary>Starts and returns when it is a member.</summary>
    /// <exception cref="FarmException"><c>ERR_STORE_UNREACHABLE</c>, <c>ERR_INVALID_ARGUMENT</c>, <c>ERR_SERVER_UNREACHABLE</c>.</exception>
    public static async Task<FarmServer> StartAsync(ServerSetup setup, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(setup);
        CheckHost(setup.ClusterHost);
        CheckHost(setup.BindHost ?? setup.ClusterHost);
        var authority = await AuthorityAsync(setup, cancellation).ConfigureAwait(false);
        var certificate = authority.IssueServer([setup.ClusterHost]);
        var server = new FarmServer(setup, authority, certificate, FarmSystem.StartServer(setup, ServerTls.Setup(certificate, authority)));
        try
        {
            using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, server._ending.Token);
            await new ServerJoin(server._registry, server.Self, server._cluster, setup.Clock, server._log)
                .RunAsync(server._presence.Begin, either.Token)
                .ConfigureAwait(false);
            return server;
        }
        catch (Exception fault)
        {
            var isOwnEnd = fault is OperationCanceledException && !cancellation.IsCancellationRequested;
            await server.DisposeAsync().ConfigureAwait(false);
            if (isOwnEnd)
            {
                throw new FarmException(ErrorCodes.ServerUnreachable, "The server ended while it joined the others.", "Start it again.", retryable: true, fault);
            }

            throw;
        }
    }

    /// <summary>Hands its projects to the others and leaves. Safe to call again, and after the end.</summary>
    public Task StopAsync() => EndAsync(ServerEnd.Stopped);

    public async ValueTask DisposeAsync()
    {
        await StopAsync().ConfigureAwait(false);
        await Ended.ConfigureAwait(false);
        await _renewal.DisposeAsync().ConfigureAwait(false);
        _certificate.Dispose();
        Authority.Dispose();
    }

    private static async Task<FarmAuthority> AuthorityAsync(ServerSetup setup, CancellationToken cancellation)
    {
        try
        {
            return await FarmAuthority.LoadOrCreateAsync(setup.Database, setup.Clock, cancellation).ConfigureAwait(false);
        }
        catch (Exception fault) when (StoreFaults.IsOne(fault))
        {
            throw StoreFaults.Unreachable(setup.Database.Store, fault);
        }
    }

    // Between 4 and 5 tenths of the certificate's life (a timer takes at most 49 days), and not all servers on one day.
    private static TimeSpan RenewAfter(int uid) => TimeSpan.FromDays(Limits.ServerCertificateDaysMax) * (0.4 + (0.1 * ((uint)uid % 1_000) / 1_000));

    private void Leave(ServerEnd reason, string why)
    {
        _log.LogWarning("{Address} ends: {Why}", Self.Address, why);
        _ = EndAsync(reason);
    }

    private Task EndAsync(ServerEnd reason)
    {
        lock (_gate)
        {
            _reason ??= reason;
            return _stopped ??= Task.Run(EndOnceAsync);
        }
    }

    private async Task EndOnceAsync()
    {
        await _ending.CancelAsync().ConfigureAwait(false);
        await _presence.DisposeAsync().ConfigureAwait(false); // First, so that nobody who starts now asks a leaving server to let it in.
        if (_reason == ServerEnd.Removed)
        {
            // Nobody is left to hand anything to, and others may work on these projects already: no farewell.
            _cluster.Down(_cluster.SelfAddress);
        }

        try
        {
            await CoordinatedShutdown.Get(Farm.System).Run(CoordinatedShutdown.ClrExitReason.Instance).WaitAsync(LeaveWithin).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            _log.LogWarning("{Address} did not leave in time; the others will find it gone.", Self.Address);
        }

        await Farm.System.Terminate().ConfigureAwait(false);
    }

    // The others write down where the shards are now, and the replicas they write to include this one until it has left: gone too
    // soon, it costs them a time-out.
    private async Task<Done> SettleAsync()
    {
        if (_cluster.State.Members.Count > 1 && _reason != ServerEnd.Removed)
        {
            await Farm.Projects.WatchAsync().ConfigureAwait(false);
            await Task.Delay(SettleBeforeLeaving, _setup.Clock, CancellationToken.None).ConfigureAwait(false);
        }

        return Done.Instance;
    }

    private async Task OnTerminatedAsync()
    {
        ServerEnd reason;
        lock (_gate)
        {
            reason = _reason ??= ServerEnd.Downed;
            _stopped ??= Task.CompletedTask;
        }

        await _ending.CancelAsync().ConfigureAwait(false);
        await _presence.DisposeAsync().ConfigureAwait(false);
        _ended.TrySetResult(reason);
    }

    // It goes into a configuration text.
    private static void CheckHost(string host)
    {
        if (Uri.CheckHostName(host) == UriHostNameType.Unknown)
        {
            throw new FarmException(ErrorCodes.InvalidArgument, $"'{host}' is no host name or address.");
        }
    }
}
