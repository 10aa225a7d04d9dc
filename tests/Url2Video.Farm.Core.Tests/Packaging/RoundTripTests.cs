using System.Globalization;
using Url2Video.Farm.Core.Packaging;
using Url2Video.Farm.Core.Packaging.Cmaf;
using Url2Video.Farm.Core.Packaging.Rules;
using Url2Video.Farm.Tests.Packages;

namespace Url2Video.Farm.Core.Tests.Packaging;

/// <summary>What we write, judged by the ffmpeg and ffprobe programs: chunks encoded apart must join without a seam.</summary>
public sealed class RoundTripTests
{
    // Tails: none, one short enough to be merged, one that is a segment of its own, and a film shorter than a segment.
    [FfmpegTheory]
    [InlineData("30", 64 * 3)]
    [InlineData("30", 64 * 4 + 3)]
    [InlineData("24", 64 * 2 + 20)]
    [InlineData("25", 48 * 3 + 1)]
    [InlineData("29.97", 60 * 4 + 2)]
    [InlineData("23.976", 48 * 3 + 30)]
    [InlineData("60", 128 * 3)]
    [InlineData("50", 96 * 2)]
    [InlineData("30", 1)]
    [InlineData("30", 2)]
    public void Rung_OfChunksEncodedApart_HasEveryFrameOnceAndConstantTimes(string rate, int frames)
    {
        using var scratch = new ScratchFolder();
        Assert.True(Rational.TryParse(rate, out var fps));
        var film = EncodedFilm.Make(fps, frames, [144], scratch.Sub("encode"));
        var folder = scratch.Sub("package");
        PackageDirectory.Write(folder, film);

        var video = Joined(folder, "144p", film.Plan.Segments);
        Assert.Equal("", MediaPrograms.DecodeComplaints(video));
        var times = Times(video, "frame=pts");
        Assert.Equal(frames, times.Count);
        Assert.Equal(0, times[0]);
        var ticks = VideoClock.For(fps).FrameTicks;
        Assert.All(times.Zip(times.Skip(1)), pair => Assert.Equal(ticks, pair.Second - pair.First));

        var sound = Joined(folder, PackageLayout.Audio, film.Plan.Segments);
        Assert.Equal("", MediaPrograms.DecodeComplaints(sound));
        var packets = Times(sound, "packet=pts");
        Assert.Equal(-1024, packets[0]);
        Assert.All(packets.Zip(packets.Skip(1)), pair => Assert.Equal(1024, pair.Second - pair.First));
    }

    [FfmpegFact]
    public void Package_OfTwoRungs_KeepsTheRulesAndIsOpenedByFfmpeg()
    {
        using var scratch = new ScratchFolder();
        var film = EncodedFilm.Make(new Rational(30, 1), 64 * 3, [180, 144], scratch.Sub("encode"));
        var folder = scratch.Sub("package");
        PackageDirectory.Write(folder, film, "WEBVTT\nX-TIMESTAMP-MAP=LOCAL:00:00:00.000,MPEGTS:0\n\n00:00.000 --> 00:02.000\nHello.\n");

        Assert.Empty(PackageRules.Check(PackageDirectory.Open(folder)));

        var master = Path.Combine(folder, PackageLayout.HlsMaster);
        Assert.Equal("", MediaPrograms.DecodeComplaints(master, "error"));
        var seconds = MediaPrograms.Run("ffprobe", "-v", "error", "-show_entries", "format=duration", "-of", "csv=p=0", master);
        Assert.Equal(6.4m, decimal.Parse(seconds, CultureInfo.InvariantCulture));

        // FFmpeg opens no manifest that names a .vtt file.
        var plain = scratch.Sub("plain");
        PackageDirectory.Write(plain, film);
        Assert.Equal("", MediaPrograms.DecodeComplaints(Path.Combine(plain, PackageLayout.DashManifest), "error"));
    }

    private static string Joined(string folder, string rendition, int segments)
    {
        var file = Path.Combine(folder, rendition + ".joined.mp4");
        using var output = File.Create(file);
        foreach (var part in Enumerable.Range(0, segments).Select(i => PackageLayout.Segment(rendition, i)).Prepend(PackageLayout.Init(rendition)))
        {
            output.Write(File.ReadAllBytes(Path.Combine(folder, part)));
        }

        return file;
    }

    private static List<long> Times(string file, string entry) =>
        [.. MediaPrograms.Run("ffprobe", "-v", "error", "-show_entries", entry, "-of", "csv=p=0", file)
            .Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => long.Parse(line.Split(',')[0], CultureInfo.InvariantCulture))];
}
