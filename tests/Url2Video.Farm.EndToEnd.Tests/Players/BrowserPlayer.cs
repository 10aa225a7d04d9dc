using System.Collections.Concurrent;
using System.Collections.Immutable;
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

    // Longer than any page waits by itself: a call that never ends fails its test.
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(3);

    public static bool IsAvailable { get; } = File.Exists(ChromiumPath);

    /// <param name="page">The page that holds the player.</param>
    /// <param name="entry">Path of the playlist or manifest in the package.</param>
    /// <param name="folder">A package as <see cref="Core.Packaging.PackageLayout"/> lays it out.</param>
    /// <param name="rate">Playback speed; sound is decoded at any.</param>
    /// <param name="limit">The report of an unfinished film comes after this.</param>
    internal static async Task<PlayReport> PlayAsync(string page, string entry, string folder, double rate, TimeSpan limit)
    {
        var (report, failures) = await CallAsync<PlayReport>(
            page, folder, "([url, rate, millis]) => playToEnd(url, rate, millis)", [$"/package/{entry}", rate, limit.TotalMilliseconds]);
        return report with { Failures = failures };
    }

    /// <summary>Asks a player for the pictures of some moments.</summary>
    /// <param name="function">Of <c>trick.html</c>: wind, tiles, parts or hover.</param>
    internal static async Task<TrickReport> LookAsync(string function, string entry, string folder, IEnumerable<double> times)
    {
        var (report, failures) = await CallAsync<TrickReport>("trick.html", folder, $"([url, times]) => {function}(url, times)", [$"/package/{entry}", times.ToArray()]);
        return report with { Failures = failures };
    }

    private static async Task<(T Report, ImmutableArray<string> Failures)> CallAsync<T>(string page, string folder, string call, object[] arguments)
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
        var report = await tab.EvaluateAsync<JsonElement>(call, arguments).WaitAsync(s_patience);
        return (report.Deserialize<T>(s_json)!, [.. failures]);
    }
}
