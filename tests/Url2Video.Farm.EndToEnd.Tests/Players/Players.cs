using Url2Video.Farm.Core.Packaging;

namespace Url2Video.Farm.EndToEnd.Tests.Players;

/// <summary>Plays the HLS side of a package with hls.js, from start to end, through every quality level.</summary>
public static class HlsPlayer
{
    /// <inheritdoc cref="BrowserPlayer.PlayAsync"/>
    public static Task<PlayReport> PlayAsync(string folder, double rate = 4, TimeSpan? limit = null) =>
        BrowserPlayer.PlayAsync("hls.html", PackageLayout.HlsMaster, folder, rate, limit ?? TimeSpan.FromMinutes(2));
}

/// <summary>Plays the DASH side of a package with dash.js, from start to end, through every quality level.</summary>
public static class DashPlayer
{
    /// <inheritdoc cref="BrowserPlayer.PlayAsync"/>
    public static Task<PlayReport> PlayAsync(string folder, double rate = 4, TimeSpan? limit = null) =>
        BrowserPlayer.PlayAsync("dash.html", PackageLayout.DashManifest, folder, rate, limit ?? TimeSpan.FromMinutes(2));
}

/// <summary>Plays either side of a package with Shaka Player, from start to end, through every quality level.</summary>
public static class ShakaPlayer
{
    /// <inheritdoc cref="BrowserPlayer.PlayAsync"/>
    public static Task<PlayReport> PlayAsync(string folder, string entry, double rate = 4, TimeSpan? limit = null) =>
        BrowserPlayer.PlayAsync("shaka.html", entry, folder, rate, limit ?? TimeSpan.FromMinutes(2));
}
