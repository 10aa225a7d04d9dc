using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.StaticFiles;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Logging;

namespace Url2Video.Farm.EndToEnd.Tests.Players;

/// <summary>Serves a package folder and the player page on a free loopback port, as any web server would.</summary>
internal sealed class PackageServer : IAsyncDisposable
{
    private readonly WebApplication _app;

    private PackageServer(WebApplication app) => _app = app;

    public string Address => _app.Urls.Single();

    public static async Task<PackageServer> StartAsync(string folder)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        var app = builder.Build();
        Serve(app, "/player", Path.Combine(AppContext.BaseDirectory, "Players"));
        Serve(app, "/player", Path.Combine(AppContext.BaseDirectory, "Players", "vendor"));
        Serve(app, "/package", folder);
        await app.StartAsync();
        return new PackageServer(app);
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private static void Serve(WebApplication app, string path, string folder)
    {
        var types = new FileExtensionContentTypeProvider();
        types.Mappings[".m3u8"] = "application/vnd.apple.mpegurl";
        types.Mappings[".mpd"] = "application/dash+xml";
        types.Mappings[".m4s"] = "video/iso.segment";
        types.Mappings[".mp4"] = "video/mp4";
        types.Mappings[".vtt"] = "text/vtt";
        app.UseStaticFiles(new StaticFileOptions
        {
            RequestPath = path,
            FileProvider = new PhysicalFileProvider(Path.GetFullPath(folder)),
            ContentTypeProvider = types,
        });
    }
}
