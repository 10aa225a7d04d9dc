using Url2Video.Farm.Core;
using Url2Video.Farm.Core.Packaging;
using Url2Video.Farm.Tests.Packages;

namespace Url2Video.Farm.EndToEnd.Tests.Players;

public sealed class PlayerTests
{
    private const string Captions = "WEBVTT\nX-TIMESTAMP-MAP=LOCAL:00:00:00.000,MPEGTS:0\n\n00:00.500 --> 00:02.000\nHello.\n\n00:03.000 --> 00:05.000\nWorld.\n";

    [ChromiumFact]
    public Task HlsPlayer_OfChunksEncodedApart_ReachesTheEndThroughEveryLevelWithoutAGap() => AssertPlays(folder => HlsPlayer.PlayAsync(folder));

    [ChromiumFact]
    public Task DashPlayer_OfChunksEncodedApart_ReachesTheEndThroughEveryLevelWithoutAGap() => AssertPlays(folder => DashPlayer.PlayAsync(folder, limit: TimeSpan.FromSeconds(60)));

    [ChromiumTheory]
    [InlineData(PackageLayout.HlsMaster)]
    [InlineData(PackageLayout.DashManifest)]
    public Task ShakaPlayer_OfChunksEncodedApart_ReachesTheEndThroughEveryLevelWithoutAGap(string entry) =>
        AssertPlays(folder => ShakaPlayer.PlayAsync(folder, entry));

    /// <summary>Shows that the player bites: a package that lacks a file must not pass.</summary>
    [ChromiumFact]
    public async Task HlsPlayer_OfAPackageWithoutOneSegment_ReportsIt()
    {
        using var scratch = new ScratchFolder();
        var film = EncodedFilm.Make(new Rational(30, 1), 64 * 2, [144], scratch.Sub("encode"));
        var folder = scratch.Sub("package");
        PackageDirectory.Write(folder, film);
        File.Delete(Path.Combine(folder, PackageLayout.Segment("144p", 1)));

        var report = await HlsPlayer.PlayAsync(folder, limit: TimeSpan.FromSeconds(10));

        Assert.False(report.IsEnded);
        Assert.NotEmpty(report.Failures);
        Assert.NotEmpty(report.Errors);
    }

    private static async Task AssertPlays(Func<string, Task<PlayReport>> play)
    {
        using var scratch = new ScratchFolder();

        // Long enough that a player which has the next fragment on its way when it is told to switch still switches several times.
        const int Segments = 8;
        const double Seconds = Segments * 64 / 30.0;
        var film = EncodedFilm.Make(new Rational(30, 1), 64 * Segments, [180, 144], scratch.Sub("encode"));
        var folder = scratch.Sub("package");
        PackageDirectory.Write(folder, film, Captions);

        var report = await play(folder);

        Assert.Equal("", string.Join('\n', report.Errors));
        Assert.Equal("", string.Join('\n', report.Failures));
        Assert.True(report.IsEnded, $"{report}");
        Assert.Equal(0, report.Gaps);
        Assert.Equal([0, 1], report.LevelsPlayed.Distinct().Order());
        Assert.True(report.Switches >= 1);
        Assert.True(report.FramesShown >= film.Plan.Frames);
        Assert.InRange(report.Seconds, Seconds - (1 / 30.0), Seconds + (1 / 30.0));
        Assert.True(report.AudioBytes > 0);
        Assert.Equal(2, report.Cues);
    }
}
