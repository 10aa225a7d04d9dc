using System.Data.Common;
using System.Globalization;
using System.Security.Cryptography.X509Certificates;
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
    private static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan JoinWithin = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LeaveWithin = TimeSpan.FromSeconds(10);

    private readonly ServerSetup _setup;
    private readonly ServerRegistry _registry;
    private readonly ServerRow _self;
    private readonly FarmAuthority _authority;
    private readonly X509Certificate2 _certificate;
    private readonly ILogger _log;
    private readonly CancellationTokenSource _ending = new();
    private readonly TaskCompletionSource<ServerEnd> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private ServerEnd? _reason;
    private Task _keeping = Task.CompletedTask;

    private FarmServer(ServerSetup setup, FarmAuthority authority, X509Certificate2 certificate, FarmSystem farm)
    {
        (_setup, _authority, _certificate, Farm) = (setup, authority, certificate, farm);
        _registry = new(setup.Database);
        _log = setup.Logging.CreateLogger<FarmServer>();
        var self = AkkaCluster.Get(farm.System).SelfUniqueAddress;
        _self = new(self.Address.ToString(), self.Uid, setup.PublicUrl.ToString(), VersionText, 0, 0);
    }

    /// <summary>Version of this program as the register shows it.</summary>
    public static string VersionText { get; } = typeof(FarmServer).Assembly.GetName().Version!.ToString(3);

    public FarmSystem Farm { get; }

    /// <summary>Its own line in the register.</summary>
    public ServerRow Self => _self;

    /// <summary>Signs certificates of nodes. Lives as long as the server.</summary>
    public FarmAuthority Authority => _authority;

    /// <summary>Whether it is a member and may be sent work; what a readiness probe asks.</summary>
    public bool IsReady => !_ending.IsCancellationRequested && !Farm.IsEnding && AkkaCluster.Get(Farm.System).SelfMember.Status == MemberStatus.Up;

    /// <summary>Completes when it is a server no more, whatever the reason; never fails.</summary>
    public Task<ServerEnd> Ended => _ended.Task;

    /// <summary>Starts and returns when it is a member.</summary>
    /// <exception cref="FarmException"><c>ERR_STORE_UNREACHABLE</c>, <c>ERR_INVALID_ARGUMENT</c>.</exception>
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
            await server.JoinAsync(cancellation).ConfigureAwait(false);
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

    private static async Task<FarmAuthority> AuthorityAsync(ServerSetup setup, CancellationToken cancellation)
    {
        try
        {
            return await FarmAuthority.LoadOrCreateAsync(setup.Database, setup.Clock, cancellation).ConfigureAwait(false);
        }
        catch (Exception fault) when (IsStoreFault(fault))
        {
            throw StoreFaults.Unreachable(setup.Database.Store, fault);
        }
    }

    /// <summary>Hands its projects to the others and leaves. Safe to call again, and after the end.</summary>
    public Task StopAsync() => EndAsync(ServerEnd.Stopped);

    public async ValueTask DisposeAsync()
    {
        await StopAsync().ConfigureAwait(false);
        await Ended.ConfigureAwait(false);
        _ending.Dispose();
        _certificate.Dispose();
        _authority.Dispose();
    }

    private async Task JoinAsync(CancellationToken cancellation)
    {
        _ = Farm.System.WhenTerminated.ContinueWith(_ => OnTerminated(), CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        var parts = new MembersParts(Forget, why => Leave(ServerEnd.Removed, why));
        Farm.System.ActorOf(MembersActor.Props(parts), "members");
        var cluster = AkkaCluster.Get(Farm.System);
        var up = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        cluster.RegisterOnMemberUp(up.SetResult);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, _ending.Token);
        var joining = Joining.Start;
        while (!up.Task.IsCompleted)
        {
            try
            {
                (var decision, joining) = await _registry.DecideAsync(joining, _self, either.Token).ConfigureAwait(false);
                await CarryAsync(decision, cluster, up.Task, either.Token).ConfigureAwait(false);
            }
            catch (Exception fault) when (IsStoreFault(fault))
            {
                _log.LogWarning("The store does not answer: {Reason}", fault.Message);
                await Task.Delay(LookAgain, _setup.Clock, either.Token).ConfigureAwait(false);
            }
        }

        await _registry.PutAsync(_self, either.Token).ConfigureAwait(false); // The founder's is there already.
        _keeping = KeepAsync();
    }

    private async Task CarryAsync(JoinDecision decision, AkkaCluster cluster, Task up, CancellationToken cancellation)
    {
        switch (decision)
        {
            case JoinDecision.Found:
                _log.LogInformation("{Address} is the first server of this farm.", _self.Address);
                cluster.Join(cluster.SelfAddress);
                await up.WaitAsync(cancellation).ConfigureAwait(false);
                break;
            case JoinDecision.Join join:
                _log.LogInformation("{Address} joins {Seeds}.", _self.Address, string.Join(", ", join.Seeds));
                cluster.JoinSeedNodes(join.Seeds.Select(Address.Parse));
                await WaitAsync(up, JoinWithin, cancellation).ConfigureAwait(false);
                break;
            default:
                await Task.Delay(LookAgain, _setup.Clock, cancellation).ConfigureAwait(false);
                break;
        }
    }

    private async Task KeepAsync()
    {
        var started = _setup.Clock.GetTimestamp();
        var renewAfter = RenewAfter(_self.Uid);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(Limits.ServerSeenPeriodMillis), _setup.Clock);
        try
        {
            while (await timer.WaitForNextTickAsync(_ending.Token).ConfigureAwait(false))
            {
                try
                {
                    if (!await _registry.SeenAsync(_self.Id, _ending.Token).ConfigureAwait(false))
                    {
                        Leave(ServerEnd.Removed, "The other servers have removed this one.");
                    }
                }
                catch (Exception fault) when (IsStoreFault(fault))
                {
                    _log.LogWarning("The store does not answer: {Reason}", fault.Message);
                }

                if (_setup.Clock.GetElapsedTime(started) > renewAfter)
                {
                    Leave(ServerEnd.RenewalDue, "The certificate of this server is to be renewed.");
                }
            }
        }
        catch (OperationCanceledException) when (_ending.IsCancellationRequested)
        {
            // Ended.
        }
    }

    // Between 6 and 8 tenths of the certificate's life, not all servers on one day.
    private static TimeSpan RenewAfter(int uid) => TimeSpan.FromDays(Limits.ServerCertificateDaysMax) * (0.6 + (0.2 * ((uint)uid % 1_000) / 1_000));

    private void Forget(string id) => _ = ForgetAsync(id);

    // Every server that is left tries; one success is enough.
    private async Task ForgetAsync(string id)
    {
        try
        {
            await _registry.RemoveAsync(id, _ending.Token).ConfigureAwait(false);
        }
        catch (Exception fault) when (IsStoreFault(fault) || fault is OperationCanceledException)
        {
            _log.LogWarning("The row of {Server} could not be removed: {Reason}", id, fault.Message);
        }
    }

    private void Leave(ServerEnd reason, string why)
    {
        _log.LogWarning("{Address} ends: {Why}", _self.Address, why);
        _ = EndAsync(reason);
    }

    private async Task EndAsync(ServerEnd reason)
    {
        lock (_ended)
        {
            _reason ??= reason;
        }

        await _ending.CancelAsync().ConfigureAwait(false);
        await ForgetSelfAsync().ConfigureAwait(false);
        try
        {
            if (reason == ServerEnd.Removed)
            {
                // Nobody is left to hand anything to, and others may work on these projects already: no farewell.
                var cluster = AkkaCluster.Get(Farm.System);
                cluster.Down(cluster.SelfAddress);
            }

            await CoordinatedShutdown.Get(Farm.System).Run(CoordinatedShutdown.ClrExitReason.Instance).WaitAsync(LeaveWithin).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            _log.LogWarning("{Address} did not leave in time; the others will find it gone.", _self.Address);
            await Farm.System.Terminate().ConfigureAwait(false);
        }
    }

    // First of all, so that nobody who starts now asks a leaving server to let it in.
    private async Task ForgetSelfAsync()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(1), _setup.Clock);
        try
        {
            await _registry.RemoveAsync(_self.Id, patience.Token).ConfigureAwait(false);
        }
        catch (Exception fault) when (IsStoreFault(fault) || fault is OperationCanceledException or ObjectDisposedException)
        {
            _log.LogWarning("The row of this server could not be removed: {Reason}", fault.Message);
        }
    }

    private void OnTerminated()
    {
        ServerEnd reason;
        lock (_ended)
        {
            reason = _reason ??= ServerEnd.Downed;
        }

        _ending.Cancel();
        _ended.TrySetResult(reason);
    }

    private static async Task WaitAsync(Task task, TimeSpan patience, CancellationToken cancellation)
    {
        try
        {
            await task.WaitAsync(patience, cancellation).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            // Whoever was asked may be dead: look again.
        }
    }

    private static bool IsStoreFault(Exception fault) => fault is DbException or TimeoutException or IOException or System.Net.Sockets.SocketException;

    // It goes into a configuration text.
    private static void CheckHost(string host)
    {
        if (Uri.CheckHostName(host) == UriHostNameType.Unknown)
        {
            throw new FarmException(ErrorCodes.InvalidArgument, string.Create(CultureInfo.InvariantCulture, $"'{host}' is no host name or address."));
        }
    }
}
