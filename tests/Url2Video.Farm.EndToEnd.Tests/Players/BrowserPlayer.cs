using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.Playwright;

namespace Url2Video.Farm.EndToEnd.Tests.Players;

/// <summary>Headless Chromium with a page that holds a player.</summary>
public static class BrowserPlayer
{
    /// <summary>Debian's browser; it decodes H.264 and AAC.</summary>
    public const string ChromiumPath = "/usr/bin/chromium";

    private static readonly string[] s_arguments =
    [
        "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
        "--disable-component-update", "--disable-sync", "--autoplay-policy=no-user-gesture-required",
    ];

    private static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web);

    public static bool IsAvailable { get; } = File.Exists(ChromiumPath);

    /// <param name="page">The page that holds the player.</param>
    /// <param name="entry">Path of the playlist or manifest in the package.</param>
    /// <param name="folder">A package as <see cref="Core.Packaging.PackageLayout"/> lays it out.</param>
    /// <param name="rate">Playback speed; sound is decoded at any.</param>
    /// <param name="limit">The report of an unfinished film comes after this.</param>
    internal static async Task<PlayReport> PlayAsync(string page, string entry, string folder, double rate, TimeSpan limit)
    {
        await using var server = await PackageServer.StartAsync(folder);
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = ChromiumPath,
            Args = s_arguments,
        });
        var tab = await browser.NewPageAsync();
        var failures = new ConcurrentQueue<string>();
        tab.Response += (_, response) =>
        {
            if (response.Status >= 400 && !response.Url.EndsWith("favicon.ico", StringComparison.Ordinal))
            {
                failures.Enqueue($"{response.Status} {response.Url}");
            }
        };

        await tab.GotoAsync($"{server.Address}/player/{page}");
        var report = await tab.EvaluateAsync<JsonElement>(
            "([url, rate, millis]) => playToEnd(url, rate, millis)",
            new object[] { $"/package/{entry}", rate, limit.TotalMilliseconds });
        return report.Deserialize<PlayReport>(s_json)! with { Failures = [.. failures] };
    }
}
