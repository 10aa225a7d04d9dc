using System.Globalization;
using Url2Video.Farm.Core;
using Url2Video.Farm.Core.Packaging;
using Url2Video.Farm.Core.Packaging.TrickPlay;
using Url2Video.Farm.Tests.Packages;

namespace Url2Video.Farm.EndToEnd.Tests.Players;

/// <summary>I-frames and sheets as players and FFmpeg see them.</summary>
public sealed class TrickPlayTests(WoundFilm film) : IClassFixture<WoundFilm>
{
    /// <summary>hls.js's I-frame player fetches one fragment for each moment and shows its picture.</summary>
    [ChromiumFact]
    public async Task HlsPlayer_WoundToAnyMoment_ShowsTheIFrameOfIt()
    {
        var times = Moments(8);
        var report = await BrowserPlayer.LookAsync("wind", PackageLayout.HlsMaster, film.Package, times);

        AssertClean(report, times.Length);
        Assert.InRange(report.Requests, 1, times.Length);
        var frames = Enumerable.Range(0, IFrameGrid.Count(film.Film.Plan.Frames, film.Fps)).Select(i => IFrameGrid.FrameOf(i, film.Fps)).ToList();
        Assert.All(report.Looks, look =>
        {
            Assert.Equal(Math.Floor(look.Time), look.MediaTime, 0.001);
            Assert.Equal((long)look.Time * 30, film.Nearest(look, frames));
        });
    }

    [ChromiumFact]
    public async Task DashPlayer_AskedForAnyMoment_GivesTheRightTile()
    {
        var times = Moments(20);
        var report = await BrowserPlayer.LookAsync("tiles", PackageLayout.DashManifest, film.Package, times);

        AssertClean(report, times.Length);
        AssertRightTiles(report);
    }

    [ChromiumTheory]
    [InlineData(PackageLayout.HlsMaster)]
    [InlineData(PackageLayout.DashManifest)]
    public async Task ShakaPlayer_AskedForAnyMoment_GivesTheRightTile(string entry)
    {
        var times = Moments(20);
        var report = await BrowserPlayer.LookAsync("parts", entry, film.Package, times);

        AssertClean(report, times.Length);
        AssertRightTiles(report);
        Assert.All(report.Looks, look => Assert.Equal(2 * Math.Floor(look.Time / 2), look.MediaTime, 0.001));
    }

    [ChromiumFact]
    public async Task SeekBar_WithThePointerAnywhere_ShowsTheRightTile()
    {
        var times = Moments(20);
        var report = await BrowserPlayer.LookAsync("hover", PackageLayout.ThumbnailCues, film.Package, times);

        AssertClean(report, times.Length);
        Assert.Equal(27, report.Requests);
        AssertRightTiles(report);
    }

    /// <summary>A client has the init segment and one range, nothing else.</summary>
    [ChromiumFact]
    public void IFrame_Alone_IsDecodedByFFmpeg()
    {
        using var scratch = new ScratchFolder();
        var track = film.Files.IFrames!;
        var file = film.Film.Read(track.File);
        foreach (var index in new[] { 0, 1, 29, 53 })
        {
            var at = track.InitBytes + track.Bytes.Take(index).Sum();
            var path = Path.Combine(scratch.Path, $"{index}.mp4");
            File.WriteAllBytes(path, [.. file.AsSpan(0, track.InitBytes), .. file.AsSpan(at, track.Bytes[index])]);

            Assert.Equal(index, double.Parse(Probe(path, "packet=pts_time"), CultureInfo.InvariantCulture), 0.001);
            MediaPrograms.Run("ffmpeg", "-v", "error", "-xerror", "-i", path, "-f", "null", "-");
        }
    }

    [ChromiumFact]
    public void IFrames_AsAFile_AreKeyPicturesASecondApart()
    {
        using var scratch = new ScratchFolder();
        var path = Path.Combine(scratch.Path, "iframes.mp4");
        File.WriteAllBytes(path, film.Film.Read(film.Files.IFrames!.File));

        var packets = Probe(path, "packet=pts_time,duration_time,flags").Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

        Assert.Equal(54, packets.Length);
        Assert.All(packets.Select((line, index) => (line, index)), p => Assert.StartsWith($"{p.index}.000000,1.000000,K", p.line, StringComparison.Ordinal));
    }

    [ChromiumFact]
    public async Task Make_Twice_GivesTheSameBytes() => Assert.Equal(film.Files.All(), (await film.MakeAsync("second")).All());

    [ChromiumFact]
    public void Package_WithEverythingToWindAndSeekBy_BreaksNoRule() => Assert.Equal([], Core.Packaging.Rules.PackageRules.Check(PackageDirectory.Open(film.Package)).Select(v => v.ToString()));

    /// <summary>Rates that no second divides, and tails of one, two and three frames behind the last whole second.</summary>
    [ChromiumTheory]
    [InlineData(24_000, 1_001, 97)]
    [InlineData(25, 1, 102)]
    [InlineData(60_000, 1_001, 183)]
    public void Package_OfAnOddRateWithATail_BreaksNoRule_AndItsIFramesAreWhereTheyBelong(int numerator, int denominator, int frames)
    {
        using var odd = new WoundFilm(new Rational(numerator, denominator), frames);
        using var scratch = new ScratchFolder();
        var path = Path.Combine(scratch.Path, "iframes.mp4");
        File.WriteAllBytes(path, odd.Film.Read(odd.Files.IFrames!.File));

        var times = Probe(path, "packet=pts_time").Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

        Assert.Equal([], Core.Packaging.Rules.PackageRules.Check(PackageDirectory.Open(odd.Package)).Select(v => v.ToString()));
        Assert.Equal(IFrameGrid.Count(frames, odd.Fps), times.Length);
        Assert.All(times.Select((time, index) => (time, index)), t => Assert.Equal(
            (double)IFrameGrid.FrameOf(t.index, odd.Fps) * denominator / numerator, double.Parse(t.time, CultureInfo.InvariantCulture), 0.001));
    }

    private void AssertRightTiles(TrickReport report)
    {
        var frames = film.Thumbnails.ToList();
        Assert.All(report.Looks, look => Assert.Equal(frames[(int)(look.Time / ThumbnailGrid.Seconds)], film.Nearest(look, frames)));
    }

    private static void AssertClean(TrickReport report, int looks)
    {
        Assert.Equal("", string.Join('\n', report.Errors.Concat(report.Failures)));
        Assert.Equal(looks, report.Looks.Length);
    }

    // Anywhere, but not within a tenth of a second of a boundary, where a pointer's pixel decides.
    private static double[] Moments(int count)
    {
        var random = new Random(20);
        return [.. Enumerable.Range(0, count).Select(_ => random.Next(54) + 0.1 + (0.8 * random.NextDouble()))];
    }

    private static string Probe(string path, string entries) =>
        MediaPrograms.Run("ffprobe", "-v", "error", "-select_streams", "v", "-show_entries", entries, "-of", "csv=p=0", path).Trim().TrimEnd(',');
}
