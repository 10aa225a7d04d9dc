using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.Playwright;
using Url2Video.Farm.Core.Packaging;

namespace Url2Video.Farm.EndToEnd.Tests.Players;

/// <summary>Plays a package with hls.js in headless Chromium, from start to end, through every quality level.</summary>
public static class HlsPlayer
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

    /// <param name="folder">A package as <see cref="PackageLayout"/> lays it out.</param>
    /// <param name="rate">Playback speed; sound is decoded at any.</param>
    /// <param name="limit">The report of an unfinished film comes after this.</param>
    public static async Task<PlayReport> PlayAsync(string folder, double rate = 4, TimeSpan? limit = null)
    {
        await using var server = await PackageServer.StartAsync(folder);
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = ChromiumPath,
            Args = s_arguments,
        });
        var page = await browser.NewPageAsync();
        var failures = new ConcurrentQueue<string>();
        page.Response += (_, response) =>
        {
            if (response.Status >= 400 && !response.Url.EndsWith("favicon.ico", StringComparison.Ordinal))
            {
                failures.Enqueue($"{response.Status} {response.Url}");
            }
        };

        await page.GotoAsync($"{server.Address}/player/player.html");
        var report = await page.EvaluateAsync<JsonElement>(
            "([url, rate, millis]) => playToEnd(url, rate, millis)",
            new object[] { $"/package/{PackageLayout.HlsMaster}", rate, (limit ?? TimeSpan.FromMinutes(2)).TotalMilliseconds });
        return report.Deserialize<PlayReport>(s_json)! with { Failures = [.. failures] };
    }
}

/// <summary>A test that needs a browser; skipped, visibly, where Chromium or the ffmpeg programs are absent.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ChromiumFactAttribute : FactAttribute
{
    public ChromiumFactAttribute() => Skip =
        !HlsPlayer.IsAvailable ? $"{HlsPlayer.ChromiumPath} is not installed"
        : !Url2Video.Farm.Tests.Packages.MediaPrograms.Exist ? "the ffmpeg and ffprobe programs are not installed"
        : null;
}
