using System.Buffers;
using System.Net.WebSockets;

namespace Url2Video.Farm.Cluster.Link;

/// <summary>Whole messages over a WebSocket, bounded. One reader and one writer at a time.</summary>
internal sealed class LinkSocket(WebSocket socket, LinkFrames incoming, LinkFrames outgoing) : IDisposable
{
    private const int ReadBytes = 16 * 1024;
    private const int KeptBytesMax = 256 * 1024;
    private static readonly TimeSpan FarewellPatience = TimeSpan.FromSeconds(1);

    private ArrayBufferWriter<byte> _message = new(ReadBytes);

    /// <returns>Null when the other end has closed the link in order.</returns>
    /// <exception cref="LinkFault">The other end does not keep to the protocol.</exception>
    /// <exception cref="WebSocketException">The connection is gone.</exception>
    public async Task<object?> ReadAsync(CancellationToken cancellation)
    {
        _message.ResetWrittenCount();
        while (true)
        {
            var got = await socket.ReceiveAsync(_message.GetMemory(ReadBytes), cancellation).ConfigureAwait(false);
            if (got.MessageType == WebSocketMessageType.Close)
            {
                return null;
            }

            _message.Advance(got.Count);
            if (_message.WrittenCount > incoming.BytesMax || got.MessageType != WebSocketMessageType.Text)
            {
                throw new LinkFault("A message that is too long, or no text.");
            }

            if (got.EndOfMessage)
            {
                var read = incoming.Read(_message.WrittenSpan);
                _message = _message.Capacity > KeptBytesMax ? new(ReadBytes) : _message; // One long report must not stay for the life of the link.
                return read;
            }
        }
    }

    /// <exception cref="WebSocketException">The connection is gone.</exception>
    public async Task WriteAsync(object message, CancellationToken cancellation) =>
        await socket.SendAsync(outgoing.Write(message), WebSocketMessageType.Text, endOfMessage: true, cancellation).ConfigureAwait(false);

    /// <summary>Says goodbye if the other end still listens; never throws for a connection that is gone.</summary>
    public async Task CloseAsync()
    {
        using var patience = new CancellationTokenSource(FarewellPatience);
        try
        {
            if (socket.State is WebSocketState.Open or WebSocketState.CloseReceived)
            {
                await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, patience.Token).ConfigureAwait(false);
            }
        }
        catch (Exception fault) when (fault is WebSocketException or OperationCanceledException or IOException or ObjectDisposedException or InvalidOperationException)
        {
            socket.Abort();
        }
    }

    public void Abort() => socket.Abort();

    public void Dispose() => socket.Dispose();
}
