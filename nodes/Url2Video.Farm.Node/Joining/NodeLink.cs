using System.Net.WebSockets;
using System.Threading.Channels;
using Akka.Actor;
using Microsoft.Extensions.Logging;
using Url2Video.Farm.Cluster.Artifacts.Transfer;
using Url2Video.Farm.Cluster.Link;
using Url2Video.Farm.Core;
using Url2Video.Farm.Core.Errors;

namespace Url2Video.Farm.Node.Joining;

/// <summary>
/// The node's one connection to the farm. Keeps one WebSocket to one server, and finds another server within a second when that one dies. What
/// is sent while there is none is dropped: the node says everything again when the link is back.
/// </summary>
internal sealed class NodeLink : IServerAddress, IDisposable
{
    private static readonly TimeSpan WelcomePatience = TimeSpan.FromSeconds(Limits.LinkHelloSeconds);

    private static readonly TimeSpan FlushPatience = TimeSpan.FromMilliseconds(500);

    /// <summary>Often in a certificate's life, rarely for a server.</summary>
    private static readonly TimeSpan RenewPeriod = TimeSpan.FromHours(1);

    private readonly NodeApiClient _client;
    private readonly NodeIdentity _identity;
    private readonly SessionKeeper _sessions;
    private readonly ServerRing _ring;
    private readonly Func<LinkMessage.Hello> _hello;
    private readonly TimeProvider _clock;
    private readonly ILogger _log;
    private volatile Channel<object>? _out;
    private volatile Uri _current;
    private volatile bool _isDraining;

    /// <param name="hello">Asked anew for each link.</param>
    public NodeLink(NodeApiClient client, NodeIdentity identity, ServerRing ring, Func<LinkMessage.Hello> hello, TimeProvider clock, ILogger log)
    {
        (_client, _identity, _ring, _hello, _clock, _log) = (client, identity, ring, hello, clock, log);
        _sessions = new SessionKeeper(client, identity, clock);
        _current = ring.Next();
        _ring.Learn((identity.Membership?.Servers ?? []).AsEnumerable());
    }

    public Uri Current => _current;

    public bool IsUp => _out is not null;

    /// <summary>Written by the link's actor before it tells the node, so whoever sees it set sees no later grant accepted.</summary>
    public bool IsDraining
    {
        get => _isDraining;
        set => _isDraining = value;
    }

    public async ValueTask<string> TokenAsync(CancellationToken cancellation)
    {
        while (true)
        {
            try
            {
                return await _sessions.TokenAsync(_current, cancellation).ConfigureAwait(false);
            }
            catch (FarmException fault) when (fault.Error.Retryable)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(Limits.LinkBackoffMillis * 5), _clock, cancellation).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Never blocks; without a link the message is gone.</summary>
    public void Send(object message)
    {
        if (_out is { } queue && !queue.Writer.TryWrite(message))
        {
            queue.Writer.TryComplete(); // The server does not read: another will.
        }
    }

    /// <summary>The farm's servers are others than before.</summary>
    public void Learn(LinkMessage.Welcome welcome)
    {
        _ring.Learn(welcome.Servers);
        _identity.Learn(welcome.Servers);
    }

    /// <summary>Runs until it is cancelled, or until the farm refuses this node for good.</summary>
    /// <param name="owner">Is told <see cref="LinkOpened"/> and <see cref="FromServer"/>.</param>
    /// <exception cref="FarmException"><c>ERR_NODE_REVOKED</c>, <c>ERR_JOIN_REFUSED</c>: coming back is no use.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public async Task RunAsync(IActorRef owner, CancellationToken cancellation)
    {
        while (true)
        {
            var why = await TryLinkAsync(owner, cancellation).ConfigureAwait(false);
            cancellation.ThrowIfCancellationRequested();
            var pause = _ring.Failed();
            _log.LogInformation("No link to {Server}: {Why} Next try in {Pause} ms.", _current.Authority, why, (int)pause.TotalMilliseconds);
            await Task.Delay(pause, _clock, cancellation).ConfigureAwait(false);
            _current = _ring.Next();
        }
    }

    public void Dispose() => _sessions.Dispose();

    private async Task<string> TryLinkAsync(IActorRef owner, CancellationToken cancellation)
    {
        try
        {
            var session = await _sessions.TokenAsync(_current, cancellation).ConfigureAwait(false);
            await RenewIfDueAsync(session, cancellation).ConfigureAwait(false);
            using var socket = await ConnectAsync(session, cancellation).ConfigureAwait(false);
            return await CarryAsync(socket, owner, cancellation).ConfigureAwait(false);
        }
        catch (FarmException fault) when (IsForGood(fault.Error))
        {
            throw;
        }
        catch (FarmException fault)
        {
            return fault.Error.Message;
        }
        catch (Exception fault) when (fault is WebSocketException or IOException or LinkFault || (fault is OperationCanceledException && !cancellation.IsCancellationRequested))
        {
            _sessions.Drop(); // It may be the session that was refused.
            return fault is OperationCanceledException ? "It does not answer." : fault.Message;
        }
    }

    private async Task<LinkSocket> ConnectAsync(string session, CancellationToken cancellation)
    {
        var socket = new ClientWebSocket();
        try
        {
            socket.Options.KeepAliveInterval = TimeSpan.FromSeconds(Limits.LinkPingSeconds);
            socket.Options.KeepAliveTimeout = TimeSpan.FromSeconds(Limits.LinkPingSeconds);
            socket.Options.SetRequestHeader("Authorization", "Bearer " + session);
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
            patience.CancelAfter(TimeSpan.FromSeconds(Limits.LinkConnectSecondsMax));
            var address = new UriBuilder(new Uri(_current, NodeRoutes.Link)) { Scheme = _current.Scheme == Uri.UriSchemeHttps ? "wss" : "ws" };
            await socket.ConnectAsync(address.Uri, _client.Http, patience.Token).ConfigureAwait(false);
            return new LinkSocket(socket, LinkFrames.ToNode, LinkFrames.ToServer);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private async Task<string> CarryAsync(LinkSocket socket, IActorRef owner, CancellationToken cancellation)
    {
        using (var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation))
        {
            patience.CancelAfter(WelcomePatience);
            await socket.WriteAsync(_hello(), patience.Token).ConfigureAwait(false);
            var first = await socket.ReadAsync(patience.Token).ConfigureAwait(false);
            Welcome(first);
        }

        using var ending = new CancellationTokenSource(); // Not the caller's: what is queued still goes out, a goodbye last of all.
        var queue = Channel.CreateBounded<object>(new BoundedChannelOptions(Limits.LinkQueueMax) { SingleReader = true });
        var writing = WriteAsync(socket, queue.Reader, ending.Token);
        _out = queue;
        _ring.Succeeded();
        _log.LogInformation("Linked to {Server}.", _current.Authority);
        owner.Tell(LinkOpened.Instance);
        try
        {
            var reading = ReadAsync(socket, owner, ending.Token);
            await (await Task.WhenAny(reading, writing, KeepCertificateAsync(cancellation)).ConfigureAwait(false)).ConfigureAwait(false);
            return "The server closed the link.";
        }
        finally
        {
            _out = null;
            queue.Writer.TryComplete();
            await Task.WhenAny(writing, Task.Delay(FlushPatience, _clock, CancellationToken.None)).ConfigureAwait(false);
            await socket.CloseAsync().ConfigureAwait(false);
            await ending.CancelAsync().ConfigureAwait(false);
        }
    }

    private void Welcome(object? first)
    {
        switch (first)
        {
            case LinkMessage.Welcome welcome:
                Learn(welcome);
                break;
            case LinkMessage.Refused refused:
                throw new FarmException(refused.Error);
            default:
                throw new LinkFault(first is null ? "The server closed the link." : "The server says no welcome.");
        }
    }

    private static async Task ReadAsync(LinkSocket socket, IActorRef owner, CancellationToken cancellation)
    {
        while (await socket.ReadAsync(cancellation).ConfigureAwait(false) is { } message)
        {
            if (message is LinkMessage.Refused refused)
            {
                throw new FarmException(refused.Error);
            }

            owner.Tell(new FromServer(message));
        }
    }

    private static async Task WriteAsync(LinkSocket socket, ChannelReader<object> queue, CancellationToken cancellation)
    {
        await foreach (var message in queue.ReadAllAsync(cancellation).ConfigureAwait(false))
        {
            await socket.WriteAsync(message, cancellation).ConfigureAwait(false);
        }
    }

    // A link may last longer than a certificate. Ends by cancellation, or because the node is not wanted any more.
    private async Task KeepCertificateAsync(CancellationToken cancellation)
    {
        while (true)
        {
            await Task.Delay(RenewPeriod, _clock, cancellation).ConfigureAwait(false);
            try
            {
                await RenewIfDueAsync(await _sessions.TokenAsync(_current, cancellation).ConfigureAwait(false), cancellation).ConfigureAwait(false);
            }
            catch (FarmException fault) when (!IsForGood(fault.Error))
            {
                _log.LogWarning("The node's certificate could not be renewed: {Reason}", fault.Error.Message);
            }
        }
    }

    private async Task RenewIfDueAsync(string session, CancellationToken cancellation)
    {
        using var certificate = System.Security.Cryptography.X509Certificates.X509CertificateLoader.LoadCertificate(Convert.FromBase64String(_identity.Membership!.Certificate));
        var life = certificate.NotAfter - certificate.NotBefore;
        if (_clock.GetUtcNow() > certificate.NotBefore.ToUniversalTime() + (life * Limits.NodeCertificateRenewPercent / 100))
        {
            await Enrolment.RenewAsync(_identity, _client, _current, session, cancellation).ConfigureAwait(false);
            _sessions.Drop(); // The next one is of the new certificate.
            _log.LogInformation("The node's certificate is renewed.");
        }
    }

    private static bool IsForGood(FarmError error) => error is { Retryable: false, Code: ErrorCodes.NodeRevoked or ErrorCodes.JoinRefused };
}
