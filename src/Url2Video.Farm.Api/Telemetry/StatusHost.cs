using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Url2Video.Farm.Api.Telemetry;

/// <summary>
/// The small window of a node: alive, figures, drain. On loopback only: whoever is on the machine may look, and may ask it to finish;
/// nothing else can be asked.
/// </summary>
internal sealed class StatusHost : IAsyncDisposable
{
    private readonly WebApplication _app;

    private StatusHost(WebApplication app) => _app = app;

    public Uri Address => new(_app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());

    /// <param name="port">0: any.</param>
    /// <param name="isAlive">False when the process should be started anew.</param>
    /// <param name="drain">Begins the drain and completes when nothing is held any more.</param>
    public static async Task<StatusHost> StartAsync(int port, Func<bool> isAlive, Func<CancellationToken, Task> drain)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(IPAddress.Loopback, port);
            kestrel.Limits.MaxRequestBodySize = 0;
            kestrel.Limits.MaxConcurrentConnections = 32;
            kestrel.AddServerHeader = false;
        });
        builder.Services.AddRoutingCore();
        var app = builder.Build();
        app.MapGet("/livez", (HttpContext http) =>
        {
            http.Response.StatusCode = isAlive() ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable;
            return http.Response.WriteAsync(isAlive() ? "ok\n" : "not alive\n");
        });
        app.MapGet("/metrics", (HttpContext http) =>
        {
            http.Response.ContentType = PrometheusPage.ContentType;
            return PrometheusPage.WriteAsync(http.Response.Body, http.RequestAborted);
        });
        app.MapPost("/drain", async (HttpContext http) =>
        {
            await drain(http.RequestAborted).ConfigureAwait(false);
            await http.Response.WriteAsync("drained\n").ConfigureAwait(false);
        });
        await app.StartAsync().ConfigureAwait(false);
        return new StatusHost(app);
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync().ConfigureAwait(false);
        await _app.DisposeAsync().ConfigureAwait(false);
    }
}
