using System.Security.Cryptography;
using Url2Video.Farm.Media.FFmpeg;
using Url2Video.Farm.Media.Pixels;

namespace Url2Video.Farm.Media.Tests.FFmpeg;

[Collection(FFmpegCollection.Name)]
public sealed class ProfiledEncoderTests
{
    private static readonly VideoEncoderOptions s_options = new() { Width = 192, Height = 112, FpsNum = 30, GopFrames = 16, Crf = 30 };

    public static TheoryData<string, string> Encoders => new()
    {
        { "libx265", "veryfast" },
        { "libx265", "ultrafast" },
        { "libsvtav1", "8" },
        { "libsvtav1", "12" },
        { "libvpx-vp9", "4" },
        { "libvpx-vp9", "8" },
        { "prores_ks", "hq" },
        { "prores_ks", "4444" },
        { "png", "6" },
    };

    [RequiresFFmpegTheory]
    [MemberData(nameof(Encoders))]
    public void Encode_SameFramesTwice_GivesTheSameBytesAndEveryFrameOnce(string encoder, string preset)
    {
        var (header, packets) = Encode(encoder, preset, 40, seed: 0);
        var (again, others) = Encode(encoder, preset, 40, seed: 0);

        Assert.Equal(header, again);
        Assert.Equal(Hash(packets), Hash(others));
        Assert.Equal(Enumerable.Range(0, 40).Select(i => (long)i), packets.Select(p => p.Pts).Order());
    }

    [RequiresFFmpegTheory]
    [MemberData(nameof(Encoders))]
    public void Header_AnyContentLengthAndQuality_IsEqual(string encoder, string preset)
    {
        var (one, _) = Encode(encoder, preset, 40, seed: 0);
        var (other, _) = Encode(encoder, preset, 17, seed: 9);

        Assert.Equal(one, other);
    }

    [RequiresFFmpegTheory]
    [MemberData(nameof(Encoders))]
    public void Encode_FrameWhereASegmentBegins_IsAKeyFrame(string encoder, string preset)
    {
        var keys = Encode(encoder, preset, 40, seed: 0).Packets.Where(p => p.IsKey).Select(p => p.Pts).ToHashSet();

        Assert.Superset(new HashSet<long> { 0, 16, 32 }, keys);
    }

    [RequiresFFmpegFact]
    public void Open_WhatThisMachineCannotDo_SaysWhich()
    {
        Assert.Equal(FFmpegErrorKind.NotFound, Assert.Throws<FFmpegException>(() => ProfiledEncoder.Open("mpeg1video", s_options)).Kind);
        Assert.Contains("warp", Assert.Throws<FFmpegException>(() => ProfiledEncoder.Open("libx265", s_options with { Preset = "warp" })).Message, StringComparison.Ordinal);
    }

    [RequiresFFmpegFact]
    public void Open_AndFail_LeavesNoNativeObject()
    {
        var live = AvHandle.Live;

        Assert.Throws<FFmpegException>(() => ProfiledEncoder.Open("libx265", s_options with { Preset = "warp" }));
        _ = Encode("libx265", "ultrafast", 3, seed: 1);

        Assert.Equal(live, AvHandle.Live);
    }

    /// <summary>The contract of a node: what it declares has opened and given every frame, and the same word means the same bytes.</summary>
    [RequiresFFmpegFact]
    public void Fingerprint_OfEveryListedEncoder_IsStableOrSaysWhyThereIsNone()
    {
        Assert.Subset(EncoderTrial.Candidates.ToHashSet(), EncoderTrial.Listed().ToHashSet());
        foreach (var encoder in EncoderTrial.Candidates)
        {
            if (Record.Exception(() => EncoderTrial.Fingerprint(encoder)) is { } refusal)
            {
                Assert.IsType<FFmpegException>(refusal);
                Assert.NotEmpty(refusal.Message);
                continue;
            }

            Assert.Matches("^[0-9a-f]{12}$", EncoderTrial.Fingerprint(encoder));
            Assert.Equal(EncoderTrial.Fingerprint(encoder), EncoderTrial.Fingerprint(encoder));
        }
    }

    private static (byte[] Header, List<(byte[] Data, long Pts, bool IsKey)> Packets) Encode(string name, string preset, int frames, int seed)
    {
        using var encoder = ProfiledEncoder.Open(name, s_options with { Preset = preset, Crf = 30 + seed });
        using var frame = new YuvImage(s_options.Width, s_options.Height);
        var packets = new List<(byte[], long, bool)>();
        void Take(EncodedPacket p) => packets.Add((p.Data.ToArray(), p.Pts, p.IsKey));
        for (var i = 0; i < frames; i++)
        {
            Pictures.Draw(frame, i + seed);
            encoder.Encode(frame, i, Take, forceKey: i % s_options.GopFrames == 0);
        }

        encoder.Flush(Take);
        return (encoder.Header.ToArray(), packets);
    }

    private static string Hash(List<(byte[] Data, long Pts, bool IsKey)> packets) =>
        Convert.ToHexString(SHA256.HashData([.. packets.SelectMany(p => (byte[])[.. p.Data, .. BitConverter.GetBytes(p.Pts)])]));
}
