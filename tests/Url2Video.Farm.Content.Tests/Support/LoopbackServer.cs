using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Url2Video.Farm.Content.Tests.Support;

/// <summary>A real HTTP server on a free loopback port that answers with exactly the bytes a test wants, good or bad.</summary>
internal sealed class LoopbackServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Func<string, Stream, CancellationToken, Task> _answer;
    private readonly ConcurrentQueue<string> _requests = new();
    private readonly Task _loop;

    /// <param name="answer">Path, socket stream: writes the whole response.</param>
    public LoopbackServer(Func<string, Stream, CancellationToken, Task> answer)
    {
        _answer = answer;
        _listener.Start();
        _loop = LoopAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public string Url => $"http://127.0.0.1:{Port}";

    public IReadOnlyCollection<string> Requests => _requests;

    public static LoopbackServer Of(Func<string, (string Head, byte[] Body)> answer) => new(async (path, stream, cancellation) =>
    {
        var (head, body) = answer(path);
        await WriteHeadAsync(stream, $"{head}\r\nContent-Length: {body.Length}", cancellation);
        await stream.WriteAsync(body, cancellation);
    });

    public static LoopbackServer Of(string head, string body) => Of(_ => (head, Encoding.UTF8.GetBytes(body)));

    public static ValueTask WriteHeadAsync(Stream stream, string head, CancellationToken cancellation) =>
        stream.WriteAsync(Encoding.Latin1.GetBytes($"HTTP/1.1 {head}\r\nConnection: close\r\n\r\n"), cancellation);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _loop;
        _stop.Dispose();
    }

    private async Task LoopAsync()
    {
        var open = new List<Task>();
        try
        {
            while (true)
            {
                open.Add(ServeAsync(await _listener.AcceptSocketAsync(_stop.Token)));
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            await Task.WhenAll(open);
        }
    }

    private async Task ServeAsync(Socket socket)
    {
        try
        {
            await using var stream = new NetworkStream(socket, ownsSocket: true);
            var request = new StringBuilder();
            var buffer = new byte[4096];
            while (!request.ToString().Contains("\r\n\r\n", StringComparison.Ordinal))
            {
                var read = await stream.ReadAsync(buffer, _stop.Token);
                if (read == 0)
                {
                    return;
                }

                request.Append(Encoding.Latin1.GetString(buffer, 0, read));
            }

            var path = request.ToString().Split(' ')[1];
            _requests.Enqueue(path);
            await _answer(path, stream, _stop.Token);
        }
        catch (Exception e) when (e is IOException or SocketException or OperationCanceledException)
        {
            // The client hung up, which is what many of these tests are about.
        }
    }
}
