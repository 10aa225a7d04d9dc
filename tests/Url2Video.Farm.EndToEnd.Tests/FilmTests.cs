using System.Globalization;
using Url2Video.Farm.Core.Packaging.Rules;
using Url2Video.Farm.EndToEnd.Tests.Players;
using Url2Video.Farm.EndToEnd.Tests.Support;
using Url2Video.Farm.Tests.Packages;

namespace Url2Video.Farm.EndToEnd.Tests;

/// <summary>A page becomes a film, judged by programs that are not ours.</summary>
public sealed class FilmTests(RenderedSample sample) : IClassFixture<RenderedSample>
{
    private const double LoudnessTarget = -14.0;

    [NeedsFact("ffmpeg")]
    public void Render_OfAPage_MakesEveryFile()
    {
        Assert.True(sample.Result.Exit == 0, sample.Result.Error);
        Assert.All(
            [
                "video.mp4", "captions.vtt", "captions.srt", "thumbnail.jpg", "storyboard.json", "hls/master.m3u8", "dash/manifest.mpd",
                "hls/iframes.m3u8", "media/iframes.mp4", "hls/thumbnails.m3u8", "media/thumbnails/00001.jpg", "media/thumbnails.vtt",
            ],
            name => Assert.True(new FileInfo(Path.Combine(sample.Out, name)) is { Exists: true, Length: > 0 }, name));
    }

    [NeedsFact("ffprobe")]
    public void Mp4_HasThePlannedFramesAtAConstantRate()
    {
        var pts = Probe.VideoPts(Path.Combine(sample.Out, "video.mp4"));

        Assert.Equal(sample.FramesPlanned, pts.Length);
        Assert.Single(pts.Zip(pts.Skip(1), (a, b) => b - a).Distinct());
    }

    [NeedsFact("ffprobe")]
    public void Mp4_SoundIsStereoAt48kAndAsLongAsThePicture()
    {
        var streams = Probe.Streams(Path.Combine(sample.Out, "video.mp4")).GetProperty("streams").EnumerateArray().ToArray();
        var video = streams.Single(s => s.GetProperty("codec_type").GetString() == "video");
        var audio = streams.Single(s => s.GetProperty("codec_type").GetString() == "audio");

        Assert.Equal("48000", audio.GetProperty("sample_rate").GetString());
        Assert.Equal(2, audio.GetProperty("channels").GetInt32());
        Assert.Equal("High", video.GetProperty("profile").GetString());
        var difference = Seconds(video) - Seconds(audio);
        Assert.InRange(Math.Abs(difference), 0, 1.0 / 30);
    }

    [NeedsFact("ffmpeg")]
    public void Mp4_LoudnessIsTheTarget()
    {
        var (lufs, peak) = Probe.Loudness(Path.Combine(sample.Out, "video.mp4"));

        Assert.InRange(lufs, LoudnessTarget - 0.5, LoudnessTarget + 0.5);
        Assert.InRange(peak, -30, -0.9);
    }

    [NeedsFact("ffmpeg")]
    public void Rungs_DecodeCleanly_AndTheTallestIsTheMp4()
    {
        var mp4 = Probe.FrameHashes(Path.Combine(sample.Out, "video.mp4"));
        Assert.Equal(2, sample.Rungs.Count);

        Assert.Equal(mp4, Probe.FrameHashes(sample.Joined(sample.Rungs[0])));
        Assert.Equal(mp4.Length, Probe.FrameHashes(sample.Joined(sample.Rungs[1])).Length);
    }

    [NeedsFact("ffprobe")]
    public void Segments_EachStartWithAKeyFrameAndDecodeAlone()
    {
        foreach (var rung in sample.Rungs)
        {
            var init = File.ReadAllBytes(Path.Combine(sample.Out, "media", rung, "init.mp4"));
            foreach (var segment in sample.Segments(rung))
            {
                var alone = segment + ".alone.mp4";
                File.WriteAllBytes(alone, [.. init, .. File.ReadAllBytes(segment)]);
                var first = Probe.Run("ffprobe", "-v", "error", "-select_streams", "v:0", "-show_entries", "frame=pict_type,key_frame", "-read_intervals", "%+#1", "-of", "csv=p=0", alone).Out;
                File.Delete(alone);
                Assert.StartsWith("1,I", first, StringComparison.Ordinal);
            }
        }
    }

    [NeedsFact("ffmpeg")]
    public void Package_BreaksNoRule() => Assert.Empty(PackageRules.Check(PackageDirectory.Open(sample.Out)));

    [ChromiumFact]
    public async Task Hls_InABrowser_PlaysToTheEndThroughEveryLevel()
    {
        var report = await HlsPlayer.PlayAsync(sample.Out);

        Assert.Equal("", string.Join('\n', report.Errors.Concat(report.Failures)));
        Assert.True(report.IsEnded, $"{report}");
        Assert.Equal(0, report.Gaps);
        Assert.Equal([0, 1], report.LevelsPlayed.Distinct().Order());
        Assert.InRange(report.Seconds, (sample.FramesPlanned - 1) / 30.0, (sample.FramesPlanned + 1) / 30.0);
    }

    [NeedsFact("ffmpeg")]
    public async Task Render_Again_GivesTheSameBytes()
    {
        using var temp = new TempFolder();
        var again = await Url2VideoProgram.RunAsync(
            "render", Path.Combine(RenderedSample.SamplesFolder, "product"), "--out", temp["out"], "--data", temp["data"], "--size", "640x360", "--seconds", "15", "--ladder", "360,240", "--json");

        Assert.True(again.Exit == 0, again.Error);
        Assert.Equal(TempFolder.HashesOf(sample.Out), TempFolder.HashesOf(temp["out"]));
    }

    private static double Seconds(System.Text.Json.JsonElement stream) =>
        double.Parse(stream.GetProperty("duration").GetString()!, CultureInfo.InvariantCulture);
}
