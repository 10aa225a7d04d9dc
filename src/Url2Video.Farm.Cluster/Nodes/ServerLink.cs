using System.Net.WebSockets;
using System.Threading.Channels;
using Akka.Actor;
using Url2Video.Farm.Cluster.Link;
using Url2Video.Farm.Core;

namespace Url2Video.Farm.Cluster.Nodes;

/// <summary>What came over a link; the proxy gives the room back when it has dealt with it.</summary>
internal sealed record FromNode(object Message) : INoSerializationVerificationNeeded;

/// <summary>The connection is over.</summary>
internal sealed record LinkEnded(string Why) : INoSerializationVerificationNeeded;

/// <summary>
/// The server's end of one link: a bounded queue out, a bounded number of messages in. A node that does not read, and one that talks faster
/// than it is heard, costs its own link only.
/// </summary>
internal sealed class ServerLink : IDisposable
{
    /// <summary>With a poll before it this is within the 2 s of a revocation.</summary>
    private static readonly TimeSpan FarewellPatience = TimeSpan.FromSeconds(1);

    private readonly Channel<object> _queue = Channel.CreateBounded<object>(new BoundedChannelOptions(Limits.LinkQueueMax) { SingleReader = true });
    private readonly SemaphoreSlim _room = new(Limits.LinkInFlightMax, Limits.LinkInFlightMax);
    private readonly CancellationTokenSource _abort = new();
    private volatile string _why = "The node closed the link.";

    /// <summary>Never blocks. What does not fit ends the link: the node says everything again on its next one.</summary>
    public void Send(object message)
    {
        if (!_queue.Writer.TryWrite(message) && _queue.Writer.TryComplete())
        {
            _why = "The node does not read what it is sent.";
            _abort.Cancel();
        }
    }

    /// <summary>Sends what is queued and ends; at once if the node does not read.</summary>
    public void Close(string why)
    {
        _why = why;
        if (_queue.Writer.TryComplete())
        {
            _abort.CancelAfter(FarewellPatience);
        }
    }

    /// <summary>One message of the node is dealt with.</summary>
    public void Release() => _room.Release();

    /// <summary>Carries messages until either end has enough.</summary>
    /// <returns>Why it ended.</returns>
    public async Task<string> RunAsync(WebSocket webSocket, IActorRef proxy, CancellationToken cancellation)
    {
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancellation, _abort.Token);
        using var socket = new LinkSocket(webSocket, LinkFrames.ToServer, LinkFrames.ToNode);
        var reading = ReadAsync(socket, proxy, both.Token);
        var writing = WriteAsync(socket, both.Token);
        try
        {
            await (await Task.WhenAny(reading, writing).ConfigureAwait(false)).ConfigureAwait(false);
        }
        catch (LinkFault fault)
        {
            _why = fault.Message;
        }
        catch (Exception fault) when (fault is WebSocketException or OperationCanceledException or IOException)
        {
            _why = fault is OperationCanceledException ? _why : "The connection broke.";
        }

        _queue.Writer.TryComplete();
        await socket.CloseAsync().ConfigureAwait(false);
        await both.CancelAsync().ConfigureAwait(false);
        await Task.WhenAll(reading, writing).ContinueWith(static t => _ = t.Exception, TaskScheduler.Default).ConfigureAwait(false);
        return _why;
    }

    public void Dispose()
    {
        _abort.Dispose();
        _room.Dispose();
    }

    private async Task ReadAsync(LinkSocket socket, IActorRef proxy, CancellationToken cancellation)
    {
        while (await socket.ReadAsync(cancellation).ConfigureAwait(false) is { } message)
        {
            await _room.WaitAsync(cancellation).ConfigureAwait(false);
            proxy.Tell(new FromNode(message));
        }
    }

    private async Task WriteAsync(LinkSocket socket, CancellationToken cancellation)
    {
        await foreach (var message in _queue.Reader.ReadAllAsync(cancellation).ConfigureAwait(false))
        {
            await socket.WriteAsync(message, cancellation).ConfigureAwait(false);
        }
    }
}
