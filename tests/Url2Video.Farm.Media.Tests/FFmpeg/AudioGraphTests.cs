using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Url2Video.Farm.Media.FFmpeg;

namespace Url2Video.Farm.Media.Tests.FFmpeg;

[Collection(FFmpegCollection.Name)]
public sealed class AudioGraphTests
{
    [RequiresFFmpegFact]
    public void Run_Volume_ScalesEverySample()
    {
        var clip = Signal.Sine(440, 0.5, 1.03);

        var result = AudioGraph.Run("volume=0.5:precision=float", clip);

        Assert.Equal(clip.Samples.Length, result.Length);
        for (var i = 0; i < result.Length; i++)
        {
            Assert.Equal(clip.Samples.Span[i] * 0.5f, result[i]);
        }
    }

    [RequiresFFmpegFact]
    public void Run_TwoInputsOfUnequalLength_MixesBothToTheLonger()
    {
        var one = Signal.Sine(440, 0.25, 2);
        var two = Signal.Sine(1000, 0.25, 0.7);

        var result = AudioGraph.Run("[in0][in1]amix=inputs=2:duration=longest:normalize=0[out]", one, two);

        Assert.Equal(one.Samples.Length, result.Length);
        Assert.Equal(one.Samples.Span[1234] + two.Samples.Span[1234], result[1234], 1e-6);
        Assert.Equal(one.Samples.Span[150_000], result[150_000], 1e-6);
    }

    [RequiresFFmpegFact]
    public void Run_MonoAt16Kilohertz_ComesOutAsStereoAt48()
    {
        var clip = Signal.Sine(440, 0.5, 1, channels: 1, sampleRate: 16_000);

        var result = AudioGraph.Run("pan=stereo|c0=c0|c1=c0", new AudioFormat(2), clip);

        Assert.InRange(result.Length, 95_800, 96_200);
        Assert.InRange(Signal.Rms(result), 0.34, 0.36);
    }

    [RequiresFFmpegFact]
    public void Run_SidechainCompress_DucksMusicUnderSpeech()
    {
        var music = Signal.Sine(220, 0.3, 3);
        var speech = new float[music.Samples.Length];
        Signal.Sine(1000, 0.5, 1).Samples.Span.CopyTo(speech.AsSpan(96_000));

        var result = AudioGraph.Run(
            "[in0][in1]sidechaincompress=threshold=0.03:ratio=8:attack=5:release=100[out]", music, new AudioClip(speech, 2));

        var before = Signal.Rms(result.AsSpan(20_000, 40_000));
        var during = Signal.Rms(result.AsSpan(130_000, 40_000));
        Assert.True(during < before * 0.6, $"{during} is not well below {before}");
    }

    [RequiresFFmpegFact]
    public void Run_NoSamples_GivesNone() => Assert.Empty(AudioGraph.Run("volume=0.5", Signal.Silence(0)));

    [RequiresFFmpegFact]
    public void PushAndPull_PieceByPiece_KeepsLittleInside()
    {
        using var graph = AudioGraph.Open("volume=1", new AudioFormat(2), new AudioFormat(2));
        var piece = Signal.Sine(440, 0.5, 0.5).Samples;
        var (given, taken) = (0L, 0L);
        for (var i = 0; i < 40; i++)
        {
            graph.Push(0, piece.Span);
            given += piece.Length;
            graph.Pull(samples => taken += samples.Length);
            Assert.InRange(given - taken, 0, 2 * 4_096);
        }

        graph.End(0);
        graph.Pull(samples => taken += samples.Length);
        Assert.Equal(given, taken);
    }

    [RequiresFFmpegFact]
    public void Run_Twice_GivesTheSameBits()
    {
        var clip = Signal.Sine(440, 0.9, 3);

        var first = Hash(AudioGraph.Run("alimiter=limit=0.5,afftdn=nr=6", clip));
        var second = Hash(AudioGraph.Run("alimiter=limit=0.5,afftdn=nr=6", clip));

        Assert.Equal(first, second);
    }

    [RequiresFFmpegFact]
    public void Open_UnknownFilter_ThrowsNotFoundOrOtherWithTheLibrariesWords()
    {
        var failure = Assert.Throws<FFmpegException>(() => AudioGraph.Run("nosuchfilter=1", Signal.Silence(0.1)));

        Assert.Contains("avfilter_graph_parse2", failure.Message, StringComparison.Ordinal);
        Assert.Contains("nosuchfilter", failure.Message, StringComparison.Ordinal);
    }

    [RequiresFFmpegFact]
    public void Run_ManyTimesAndFailing_LeavesNoNativeObject()
    {
        var before = AvHandle.Live;

        for (var i = 0; i < 5; i++)
        {
            AudioGraph.Run("volume=0.5", Signal.Silence(0.2));
            Assert.Throws<FFmpegException>(() => AudioGraph.Run("volume=", Signal.Silence(0.1), Signal.Silence(0.1)));
        }

        Assert.Equal(before, AvHandle.Live);
    }

    private static string Hash(float[] samples) => Convert.ToHexString(SHA256.HashData(MemoryMarshal.AsBytes<float>(samples)));
}
