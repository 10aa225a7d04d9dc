using System.Globalization;
using System.IO.Compression;
using System.Text.Json;
using Url2Video.Farm.Core.Outputs;
using Url2Video.Farm.Core.Packaging;
using Url2Video.Farm.Core.Packaging.Rules;
using Url2Video.Farm.EndToEnd.Tests.Players;
using Url2Video.Farm.EndToEnd.Tests.Support;

namespace Url2Video.Farm.EndToEnd.Tests.Formats;

/// <summary>Every format as the program writes it, judged by ffprobe and ffmpeg.</summary>
public sealed class FormatTests(AllFormatsFilm film) : IClassFixture<AllFormatsFilm>
{
    /// <summary>One AAC packet: the most by which sound and picture may end apart.</summary>
    private const double PacketSeconds = 1_024 / 48_000.0;

    public static TheoryData<string, string, string, string, string> Films => new()
    {
        // word, codec, profile, sample entry, pixels
        { "mp4", "h264", "Constrained Baseline|High|Main", "avc1", "yuv420p" },
        { "mp4-hevc", "hevc", "Main", "hvc1", "yuv420p" },
        { "mp4-av1", "av1", "Main", "av01", "yuv420p" },
        { "mov", "h264", "Constrained Baseline|High|Main", "avc1", "yuv420p" },
        { "prores", "prores", "Standard", "apcn", "yuv422p10le" },
        { "prores4444", "prores", "4444", "ap4h", "yuv444p10le|yuv444p12le" },
        { "webm", "vp9", "Profile 0", "", "yuv420p" },
        { "webm-av1", "av1", "Main", "", "yuv420p" },
        { "avi", "h264", "Constrained Baseline|High|Main", "H264", "yuv420p" },
    };

    public static TheoryData<string, string, int> Sounds => new()
    {
        // word, codec, samples by which the sound may be moved
        { "mp4", "aac", 1 },
        { "mp4-hevc", "aac", 1 },
        { "mp4-av1", "aac", 1 },
        { "mov", "aac", 1 },
        { "m4a", "aac", 1 },
        { "prores", "pcm_s24le", 0 },
        { "prores4444", "pcm_s24le", 0 },
        { "avi", "pcm_s16le", 0 },
        { "wav", "pcm_s16le", 0 },
        { "wav24", "pcm_s24le", 0 },
        { "webm", "opus", 48 }, // WebM counts milliseconds.
        { "webm-av1", "opus", 48 },
        { "mp3", "mp3", 1 },
    };

    [NeedsFact("ffmpeg", "ffprobe")]
    public void Render_InEveryFormat_MakesEveryFile()
    {
        Assert.True(film.Result.Exit == 0, film.Result.Error + film.Result.Out);
        var missing = FormatCatalog.All.Where(f => f.FileName is not null && !(new FileInfo(Path.Combine(film.Out, f.FileName)) is { Exists: true, Length: > 0 }));
        Assert.Empty(missing.Select(f => f.Word));
        Assert.True(film.Frames is > 140 and < 200, $"{film.Frames} frames");
    }

    [NeedsTheory("ffmpeg", "ffprobe")]
    [MemberData(nameof(Films))]
    public void Film_HasItsCodecAtTheConstantRateOfThePlan_InBt709(string word, string codec, string profiles, string entry, string pixels)
    {
        var video = Stream(film.PathOf(word), "video");

        Assert.Equal(codec, Text(video, "codec_name"));
        Assert.Contains(Text(video, "profile"), profiles.Split('|'));
        Assert.Contains(Text(video, "pix_fmt"), pixels.Split('|'));
        Assert.True(entry.Length == 0 || Text(video, "codec_tag_string") == entry, Text(video, "codec_tag_string"));
        Assert.Equal((AllFormatsFilm.Width, AllFormatsFilm.Height), (video.GetProperty("width").GetInt32(), video.GetProperty("height").GetInt32()));
        Assert.Equal("30/1", Text(video, "r_frame_rate"));
        Assert.Equal(("tv", "bt709"), (Text(video, "color_range"), Text(video, "color_space")));
        Assert.Equal(("bt709", "bt709"), (Text(video, "color_transfer"), Text(video, "color_primaries")));
        Assert.Equal(film.Frames, Probe.FrameHashes(film.PathOf(word)).Length);
    }

    [NeedsTheory("ffmpeg", "ffprobe")]
    [MemberData(nameof(Sounds))]
    public void Sound_IsThatOfTheFilm_WhereItBelongs_AndEndsWithThePicture(string word, string codec, int samplesApart)
    {
        var file = film.PathOf(word);
        var audio = Stream(file, "audio");
        var samples = Samples(file);
        var truth = Samples(film.PathOf("flac"));

        Assert.Equal(codec, Text(audio, "codec_name"));
        Assert.Equal(("48000", 2), (Text(audio, "sample_rate"), audio.GetProperty("channels").GetInt32()));
        Assert.InRange(Lag.Of(truth, samples) + Late(file), -samplesApart, samplesApart);
        // A player plays the padding of a last coded block too: one of MP3 (1152) or Opus (960) with what the decoder holds back.
        var allowed = codec is "opus" or "mp3" ? 1_152 / 48_000.0 : PacketSeconds;
        Assert.InRange(samples.Length / 48_000.0, film.Seconds - 1 / 48_000.0, film.Seconds + allowed);
    }

    [NeedsFact("ffmpeg", "ffprobe")]
    public void LosslessSound_IsTheSameToTheBit_AndTheDitherIsOneStep()
    {
        var flac = Raw(film.PathOf("flac"), "s32le");

        Assert.Equal(flac, Raw(film.PathOf("wav24"), "s32le"));
        Assert.Equal(flac, Raw(film.PathOf("prores"), "s32le"));
        Assert.Equal(Raw(film.PathOf("wav"), "s16le"), Raw(film.PathOf("avi"), "s16le"));
        var (exact, dithered) = (Samples(film.PathOf("flac")), Samples(film.PathOf("wav")));
        Assert.InRange(exact.Zip(dithered, (a, b) => Math.Abs(a - b)).Max(), 1e-9, 1.6 / 32_768);
    }

    [NeedsFact("ffmpeg", "ffprobe")]
    public void Gif_ShowsTheWholeFilm_InSteadyHundredths()
    {
        var pts = Probe.VideoPts(film.PathOf("gif"));

        var steps = pts.Zip(pts.Skip(1), (a, b) => b - a).Distinct().ToArray();
        Assert.Equal([9L], steps);
        Assert.InRange(pts.Length * 0.09, film.Seconds - 0.1, film.Seconds + 0.1);
        Assert.True(Psnr("-i", film.PathOf("prores4444"), "-i", film.PathOf("gif"), "-lavfi", "[0]fps=100/9,format=rgb24[a];[1]format=rgb24[b];[a][b]psnr") > 25);
    }

    [NeedsFact("ffmpeg", "ffprobe")]
    public void Pictures_AreOneFileAFrame_AndLikeTheFilm()
    {
        using var archive = ZipFile.OpenRead(film.PathOf("png"));
        var folder = film.NewFolder("frames");
        archive.ExtractToDirectory(folder, overwriteFiles: true);

        Assert.Equal(film.Frames, archive.Entries.Count);
        Assert.Equal("frame-000001.png", archive.Entries[0].FullName);
        Assert.True(Psnr("-i", film.PathOf("prores4444"), "-framerate", "30", "-i", Path.Combine(folder, "frame-%06d.png"), "-lavfi", "[0]format=gbrp[a];[1]format=gbrp[b];[a][b]psnr") > 38);
    }

    [NeedsFact("ffmpeg", "ffprobe")]
    public void Package_OfThreeCodecs_KeepsAllRules_AndNamesEachFromItsBytes()
    {
        var paths = Directory.EnumerateFiles(film.Out, "*", SearchOption.AllDirectories).Select(f => Path.GetRelativePath(film.Out, f)).ToHashSet(StringComparer.Ordinal);
        var master = File.ReadAllText(Path.Combine(film.Out, PackageLayout.HlsMaster));
        var manifest = File.ReadAllText(Path.Combine(film.Out, PackageLayout.DashManifest));

        Assert.Empty(PackageRules.Check(new PackageFiles(paths, p => File.ReadAllBytes(Path.Combine(film.Out, p)))).Select(v => v.ToString()));
        Assert.Matches("CODECS=\"avc1\\.[0-9a-f]{6},mp4a\\.40\\.2\"", master);
        Assert.Matches("CODECS=\"hvc1\\.1\\.6\\.L[0-9]+(\\.[0-9A-F]+)*,mp4a\\.40\\.2\"", master);
        Assert.Matches("CODECS=\"av01\\.0\\.[0-9]{2}M\\.08,mp4a\\.40\\.2\"", master);
        Assert.Equal(3, manifest.Split("contentType=\"video\"").Length - 1);
        foreach (var rung in new[] { "144p", "144p-hevc", "144p-av1" })
        {
            Assert.Equal(film.Frames, Probe.FrameHashes(Path.Combine(film.Out, PackageLayout.HlsMedia(rung))).Length);
        }

        Assert.DoesNotContain(paths, p => p.StartsWith("media/144p-vp9", StringComparison.Ordinal));
    }

    [NeedsFact("ffmpeg", "ffprobe")]
    public async Task Render_ByAnotherNumberOfWorkers_GivesTheSameBytes()
    {
        var again = film.NewFolder("again");

        var result = await film.RenderAsync(again, "data-2", workers: 1);

        Assert.True(result.Exit == 0, result.Error);
        var (first, second) = (TempFolder.HashesOf(film.Out), TempFolder.HashesOf(again));
        Assert.Equal(first.Where(f => !f.Key.StartsWith('.')), second.Where(f => !f.Key.StartsWith('.')));
    }

    [ChromiumTheory]
    [InlineData("mp4")]
    [InlineData("webm")]
    [InlineData("webm-av1")]
    [InlineData("mp4-av1")]
    public async Task Browser_PlaysTheFileToItsEnd(string word)
    {
        var report = await BrowserPlayer.PlayAsync("file.html", FormatCatalog.Find(word)!.FileName!, film.Out, rate: 1, TimeSpan.FromSeconds(90));

        Assert.Empty(report.Errors);
        Assert.True(report.IsEnded, $"{report}");
        Assert.InRange(report.Duration, film.Seconds - 0.025, film.Seconds + 0.05);
        Assert.True(report.FramesShown > film.Frames / 2 && report.AudioBytes > 0, $"{report}");
    }

    private static JsonElement Stream(string file, string kind) =>
        Probe.Streams(file).GetProperty("streams").EnumerateArray().Single(s => Text(s, "codec_type") == kind);

    private static string Text(JsonElement stream, string name) => stream.TryGetProperty(name, out var value) ? value.ToString() : "";

    /// <summary>The left channel as a player would hear it.</summary>
    private static float[] Samples(string file)
    {
        var bytes = Raw(file, "f32le");
        var values = new float[bytes.Length / 8];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = BitConverter.ToSingle(bytes, i * 8);
        }

        return values;
    }

    private static byte[] Raw(string file, string format)
    {
        var path = file + "." + format;
        var (exit, _, error) = Probe.Run("ffmpeg", "-y", "-v", "error", "-i", file, "-map", "0:a:0", "-f", format, path);
        Assert.True(exit == 0, error);
        var bytes = File.ReadAllBytes(path);
        File.Delete(path);
        return bytes;
    }

    /// <summary>Samples by which the container shows its first sound later than its first picture.</summary>
    private static int Late(string file)
    {
        var (audio, video) = (First("a:0"), First("v:0"));
        return audio is null || video is null ? 0 : (int)Math.Round((audio.Value - video.Value) * 48_000);

        double? First(string select)
        {
            var line = Probe.Run("ffprobe", "-v", "error", "-select_streams", select, "-show_entries", "frame=pts_time", "-read_intervals", "%+#1", "-of", "csv=p=0", file)
                .Out.Split('\n')[0].Trim(',', ' ', '\r');
            return double.TryParse(line, NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds) ? seconds : null;
        }
    }

    private static double Psnr(params string[] inputs)
    {
        var text = Probe.Run("ffmpeg", ["-hide_banner", .. inputs, "-f", "null", "-"]).Error;
        var at = text.LastIndexOf("average:", StringComparison.Ordinal);
        Assert.True(at > 0, text);
        var number = text[(at + 8)..].Split(' ')[0];
        return number == "inf" ? 999 : double.Parse(number, CultureInfo.InvariantCulture);
    }
}
