using System.Collections.Immutable;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Url2Video.Farm.Api.Keys;
using Url2Video.Farm.Api.Playback;
using Url2Video.Farm.Api.Videos;
using Url2Video.Farm.Cluster.Persistence;
using Url2Video.Farm.Core;
using Url2Video.Farm.Core.Errors;

namespace Url2Video.Farm.Api.Hosting;

/// <summary>The HTTP server of one farm server: bounded, denying by default, telling every failure in one form.</summary>
internal sealed class ApiHost : IAsyncDisposable
{
    private static readonly TimeSpan FlushPeriod = TimeSpan.FromSeconds(10);

    private readonly WebApplication _app;
    private readonly ApiParts _parts;
    private readonly ImmutableArray<IApiModule> _modules;
    private readonly CancellationTokenSource _stop = new();
    private readonly TaskCompletionSource _hurry = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Task _flushing;
    private Task? _stopped;

    private ApiHost(WebApplication app, ApiParts parts, ImmutableArray<IApiModule> modules)
    {
        (_app, _parts, _modules) = (app, parts, modules);
        Addresses = [.. app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Select(a => new Uri(a))];
        _flushing = FlushAsync();
    }

    /// <summary>Where it listens, with real port numbers.</summary>
    public ImmutableArray<Uri> Addresses { get; }

    public ApiKeys Keys => _parts.Keys;

    /// <summary>Every route, for tests that walk them.</summary>
    internal IReadOnlyList<Endpoint> Endpoints => _app.Services.GetRequiredService<Microsoft.AspNetCore.Routing.EndpointDataSource>().Endpoints;

    /// <param name="modules">The standard ones are <see cref="ApiModules.Standard"/>; a server adds those of nodes and operators.</param>
    /// <exception cref="FarmException"><c>ERR_INVALID_ARGUMENT</c> for an address that cannot be listened on, <c>ERR_STORE_UNREACHABLE</c>.</exception>
    public static async Task<ApiHost> StartAsync(ApiOptions options, ApiParts parts, IEnumerable<IApiModule> modules, CancellationToken cancellation = default)
    {
        var whole = parts with
        {
            Options = options,
            Keys = await ApiKeys.OpenAsync(parts.Database, parts.Clock, cancellation).ConfigureAwait(false),
            Films = new FilmReader(new FilmFeed(parts.Farm)),
            Uploads = new UploadIds(await ApiSecrets.LoadOrCreateAsync(parts.Database, ApiSecrets.UploadKey, parts.Clock, cancellation).ConfigureAwait(false)),
            Links = await SignedLinks.OpenAsync(parts.Database, parts.Clock, cancellation).ConfigureAwait(false),
        };
        ImmutableArray<IApiModule> all = [.. modules];
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton(parts.Logging);
        builder.Services.ConfigureHttpJsonOptions(json => ApiJson.Configure(json.SerializerOptions));
        builder.Services.Configure<Microsoft.Extensions.Hosting.HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(Limits.DrainSecondsMax));
        builder.Services.Configure<Microsoft.Extensions.Hosting.ConsoleLifetimeOptions>(console => console.SuppressStatusMessages = true);
        builder.WebHost.UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel => Bound(kestrel, options));
        OpenApi.OpenApiSetup.Add(builder.Services);
        var app = builder.Build();
        try
        {
            Compose(app, whole, all);
            await app.StartAsync(cancellation).ConfigureAwait(false);
            return new ApiHost(app, whole, all);
        }
        catch (IOException fault)
        {
            await app.DisposeAsync().ConfigureAwait(false);
            throw new FarmException(ErrorCodes.InvalidArgument, $"The server cannot listen on {string.Join(", ", options.ListenUrls)}: {fault.Message}", "Choose another address or port.", cause: fault);
        }
        catch
        {
            await app.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Says that it is not ready, waits as long as the options say, takes no more connections and lets what runs come to its end.</summary>
    public Task StopAsync() => _stopped ??= StopOnceAsync();

    /// <summary>Ends the notice that <see cref="StopAsync"/> gives to load balancers.</summary>
    public void StopNow() => _hurry.TrySetResult();

    public async ValueTask DisposeAsync()
    {
        await StopAsync().ConfigureAwait(false);
        _stop.Dispose();
    }

    private static void Compose(WebApplication app, ApiParts parts, ImmutableArray<IApiModule> modules)
    {
        var pipeline = new ApiPipeline(parts.Logging.CreateLogger("Url2Video.Farm.Api.Access"), parts.Clock);
        var gate = new AccessGate([new KeyJudge(parts.Keys, parts.Options, parts.Clock), .. modules.OfType<IAccessJudge>()]);
        app.Use(pipeline.InvokeAsync);
        app.Use(new BrowserOrigins(parts.Options.AllowedOrigins).InvokeAsync);
        app.UseRouting();
        app.Use(gate.InvokeAsync);
        app.UseWebSockets();
        foreach (var module in modules)
        {
            module.Map(app, parts);
        }
    }

    private static void Bound(KestrelServerOptions kestrel, ApiOptions options)
    {
        kestrel.AddServerHeader = false;
        kestrel.AllowSynchronousIO = false;
        var limits = kestrel.Limits;
        limits.MaxRequestBodySize = Limits.RequestBodyBytesMax;
        limits.MaxRequestHeadersTotalSize = Limits.RequestHeaderBytesMax;
        limits.MaxRequestHeaderCount = Limits.RequestHeadersMax;
        limits.MaxRequestLineSize = Limits.RequestLineBytesMax;
        limits.MaxConcurrentConnections = Limits.ConnectionsPerServerMax;
        limits.MaxConcurrentUpgradedConnections = Limits.ConnectionsPerServerMax;
        limits.RequestHeadersTimeout = TimeSpan.FromSeconds(Limits.RequestHeaderSecondsMax);
        limits.KeepAliveTimeout = TimeSpan.FromSeconds(Limits.KeepAliveSeconds);
        foreach (var url in options.ListenUrls)
        {
            Listen(kestrel, url, options);
        }
    }

    private static void Listen(KestrelServerOptions kestrel, string url, ApiOptions options)
    {
        var address = BindingAddress.Parse(url);
        void Configure(ListenOptions listen)
        {
            if (address.Scheme == Uri.UriSchemeHttps)
            {
                listen.UseHttps(options.Certificate ?? throw new FarmException(ErrorCodes.InvalidArgument, $"{url} needs a certificate.", "Give one, or listen on http behind a proxy."));
            }
        }

        if (address.Host is "*" or "+" or "0.0.0.0" or "[::]")
        {
            kestrel.ListenAnyIP(address.Port, Configure);
        }
        else if (IPAddress.TryParse(address.Host.Trim('[', ']'), out var ip))
        {
            kestrel.Listen(ip, address.Port, Configure);
        }
        else if (address.Host == "localhost")
        {
            kestrel.Listen(IPAddress.Loopback, address.Port, Configure);
        }
        else
        {
            throw new FarmException(ErrorCodes.InvalidArgument, $"{url} is not an address of this machine.", "Give http://IP:PORT, or * for every address.");
        }
    }

    private async Task FlushAsync()
    {
        using var timer = new PeriodicTimer(FlushPeriod, _parts.Clock);
        try
        {
            while (await timer.WaitForNextTickAsync(_stop.Token).ConfigureAwait(false))
            {
                await TryFlushAsync(_stop.Token).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException)
        {
            // Stopping.
        }
    }

    private async Task TryFlushAsync(CancellationToken cancellation)
    {
        try
        {
            await _parts.Keys.FlushUsedAsync(cancellation).ConfigureAwait(false);
        }
        catch (System.Data.Common.DbException)
        {
            // When a key was last used is told late, or for a lost server not at all; nothing depends on it.
        }
    }

    private async Task StopOnceAsync()
    {
        _parts.Readiness.BeginStop();
        await Task.WhenAny(_hurry.Task, Task.Delay(TimeSpan.FromMilliseconds(_parts.Options.DrainNoticeMillis), _parts.Clock)).ConfigureAwait(false);
        await _stop.CancelAsync().ConfigureAwait(false);
        await _app.StopAsync().ConfigureAwait(false);
        await _flushing.ConfigureAwait(false);
        await TryFlushAsync(CancellationToken.None).ConfigureAwait(false);
        foreach (var module in _modules.OfType<IAsyncDisposable>())
        {
            await module.DisposeAsync().ConfigureAwait(false);
        }

        await _app.DisposeAsync().ConfigureAwait(false);
    }
}
