using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Url2Video.Farm.EndToEnd.Tests.Webhooks;

internal sealed record Heard(string Id, string Timestamp, string Signature, string Body);

/// <summary>Somebody's server on a real port, who answers calls as told.</summary>
internal sealed class Receiver : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly Channel<Heard> _calls = Channel.CreateUnbounded<Heard>();
    private int _heard;

    private Receiver(WebApplication app, Func<int, int> answer)
    {
        _app = app;
        _app.Run(async http =>
        {
            using var reader = new StreamReader(http.Request.Body);
            string Header(string name) => http.Request.Headers[name].ToString();
            var call = new Heard(Header("webhook-id"), Header("webhook-timestamp"), Header("webhook-signature"), await reader.ReadToEndAsync());
            http.Response.StatusCode = answer(Interlocked.Increment(ref _heard));
            http.Response.Headers.Location = "/elsewhere";
            await http.Response.CompleteAsync();
            await _calls.Writer.WriteAsync(call);
        });
    }

    public int Calls => _heard;

    public string Url => _app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First() + "/hook";

    /// <param name="answer">The number of the call, from 1, to the status.</param>
    public static async Task<Receiver> StartAsync(Func<int, int> answer)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        var receiver = new Receiver(builder.Build(), answer);
        await receiver._app.StartAsync();
        return receiver;
    }

    public async Task<Heard> NextAsync()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        return await _calls.Reader.ReadAsync(patience.Token);
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
