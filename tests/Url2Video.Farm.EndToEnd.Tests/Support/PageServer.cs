using System.Net;
using System.Net.Sockets;

namespace Url2Video.Farm.EndToEnd.Tests.Support;

/// <summary>A web server of one test on a free loopback port.</summary>
internal sealed class PageServer : IDisposable
{
    private readonly HttpListener _listener = new();
    private readonly Task _loop;

    public PageServer(Func<HttpListenerContext, Task> answer)
    {
        var port = FreePort();
        Url = $"http://127.0.0.1:{port}/";
        _listener.Prefixes.Add(Url);
        _listener.Start();
        _loop = Task.Run(() => ServeAsync(answer));
    }

    public string Url { get; }

    /// <summary>A page without end: bytes until the client has enough.</summary>
    public static async Task Endless(HttpListenerContext context)
    {
        context.Response.ContentType = "text/html";
        context.Response.ContentLength64 = 10L * 1024 * 1024 * 1024;
        var block = new byte[64 * 1024];
        Array.Fill(block, (byte)'a');
        while (true)
        {
            await context.Response.OutputStream.WriteAsync(block);
        }
    }

    public static Func<HttpListenerContext, Task> Status(int status) => context =>
    {
        context.Response.StatusCode = status;
        return Task.CompletedTask;
    };

    public static Func<HttpListenerContext, Task> Html(string html) => async context =>
    {
        context.Response.ContentType = "text/html; charset=utf-8";
        await context.Response.OutputStream.WriteAsync(System.Text.Encoding.UTF8.GetBytes(html));
    };

    public void Dispose()
    {
        _listener.Close();
        _loop.GetAwaiter().GetResult();
    }

    private static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }

    private async Task ServeAsync(Func<HttpListenerContext, Task> answer)
    {
        while (_listener.IsListening)
        {
            HttpListenerContext context;
            try
            {
                context = await _listener.GetContextAsync();
            }
            catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
            {
                return; // Closed by Dispose.
            }

            try
            {
                await answer(context);
                context.Response.Close();
            }
            catch (Exception e) when (e is HttpListenerException or IOException or ObjectDisposedException)
            {
                context.Response.Abort(); // The client had enough, which is what some tests are about.
            }
        }
    }
}
