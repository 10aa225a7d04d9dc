using System.Net;
using System.Net.Sockets;

namespace Url2Video.Farm.Cluster.Tests.Fakes;

/// <summary>A wire to one port that a test may cut: afterwards nothing passes and nobody is told, as when a cable is pulled.</summary>
internal sealed class CuttableProxy : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new();
    private volatile bool _isCut;

    private CuttableProxy(int to)
    {
        _listener.Start();
        _ = AcceptAsync(to);
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public static CuttableProxy To(int port) => new(port);

    public void Cut() => _isCut = true;

    public void Dispose()
    {
        _end.Cancel();
        _listener.Dispose();
    }

    private async Task AcceptAsync(int to)
    {
        try
        {
            while (true)
            {
                _ = CarryAsync(await _listener.AcceptTcpClientAsync(_end.Token), to);
            }
        }
        catch (Exception fault) when (fault is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // Disposed.
        }
    }

    private async Task CarryAsync(TcpClient from, int to)
    {
        using var near = from;
        using var far = new TcpClient();
        try
        {
            if (!_isCut)
            {
                await far.ConnectAsync(IPAddress.Loopback, to, _end.Token);
                await Task.WhenAny(CopyAsync(near.GetStream(), far.GetStream()), CopyAsync(far.GetStream(), near.GetStream()));
            }

            if (_isCut)
            {
                await Task.Delay(Timeout.Infinite, _end.Token);
            }
        }
        catch (Exception fault) when (fault is OperationCanceledException or SocketException or IOException or ObjectDisposedException)
        {
            // One side has ended; the other notices when the sockets close.
        }
    }

    private async Task CopyAsync(Stream from, Stream to)
    {
        var buffer = new byte[64 * 1024];
        while (await from.ReadAsync(buffer, _end.Token) is > 0 and var count)
        {
            if (_isCut)
            {
                await Task.Delay(Timeout.Infinite, _end.Token);
            }

            await to.WriteAsync(buffer.AsMemory(0, count), _end.Token);
        }
    }
}
