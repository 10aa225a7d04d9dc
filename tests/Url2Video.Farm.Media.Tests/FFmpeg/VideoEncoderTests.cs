using System.Buffers.Binary;
using System.Security.Cryptography;
using Url2Video.Farm.Media.FFmpeg;
using Url2Video.Farm.Media.Pixels;

namespace Url2Video.Farm.Media.Tests.FFmpeg;

[Collection(FFmpegCollection.Name)]
public sealed class VideoEncoderTests
{
    private static readonly VideoEncoderOptions s_options = new()
    {
        Width = 192,
        Height = 108,
        FpsNum = 30,
        GopFrames = 16,
        Crf = 23,
        Preset = "veryfast",
    };

    [RequiresFFmpegFact]
    public void Encode_SameFramesTwice_GivesTheSameBytes()
    {
        var first = Encode(s_options, 40);
        var second = Encode(s_options, 40);

        Assert.Equal(Hash(first), Hash(second));
    }

    [RequiresFFmpegFact]
    public void Encode_EveryFrame_ComesOutOnceInDecodingOrderWithKeysOnTheGrid()
    {
        var packets = Encode(s_options, 40);

        Assert.Equal(Enumerable.Range(0, 40).Select(i => (long)i), packets.Select(p => p.Pts).Order());
        Assert.Equal(packets.Select(p => p.Dts).Order(), packets.Select(p => p.Dts));
        Assert.All(packets, p => Assert.True(p.Dts <= p.Pts));
        Assert.Equal([0, 16, 32], packets.Where(p => p.IsKey).Select(p => p.Pts));
    }

    [RequiresFFmpegFact]
    public void Encode_Units_AreLengthPrefixedPicturesOnlyAndClosedByIdr()
    {
        foreach (var packet in Encode(s_options, 40))
        {
            var types = UnitTypes(packet.Data);
            Assert.Equal(packet.IsKey ? [5] : [1], types.Distinct());
        }
    }

    [RequiresFFmpegTheory]
    [InlineData(1, 20, 0)]
    [InlineData(3, 28, 1)]
    [InlineData(64, 35, 7)]
    public void ParameterSets_AnyContentLengthAndQuality_AreEqual(int frames, int crf, int seed)
    {
        using var reference = VideoEncoder.Open(s_options);
        using var encoder = VideoEncoder.Open(s_options with { Crf = crf });
        EncodeWith(encoder, frames, seed);

        Assert.Equal(reference.ParameterSets.AvcC.ToArray(), encoder.ParameterSets.AvcC.ToArray());
        Assert.Matches("^avc1\\.6400[0-9a-f]{2}$", encoder.ParameterSets.CodecString);
    }

    [RequiresFFmpegTheory]
    [InlineData("ultrafast", 1)]
    [InlineData("slow", 64)]
    public void Encode_OtherPresetsAndGopLengths_GiveEveryFrameAndOnePairOfSets(string preset, int gop)
    {
        using var encoder = VideoEncoder.Open(s_options with { Preset = preset, GopFrames = gop });

        var packets = EncodeWith(encoder, 9);

        Assert.Equal(9, packets.Count);
        Assert.Equal(gop == 1 ? 9 : 1, packets.Count(p => p.IsKey));
        Assert.Equal(encoder.ParameterSets.Sps.Span[1..4].ToArray(), encoder.ParameterSets.AvcC.Span[1..4].ToArray());
    }

    [RequiresFFmpegFact]
    public void Encode_FrameChangedAfterwards_DoesNotChangeThePacket()
    {
        // Lookahead holds frames back; the planes are the caller's again when Encode returns.
        var packets = Encode(s_options, 12);
        using var encoder = VideoEncoder.Open(s_options);
        using var frame = new YuvImage(s_options.Width, s_options.Height);
        var others = new List<Packet>();
        for (var i = 0; i < 12; i++)
        {
            Pictures.Draw(frame, i);
            encoder.Encode(frame, i, p => others.Add(new Packet(p.Data.ToArray(), p.Pts, p.Dts, p.IsKey)));
            frame.Fill(0, 255, 255);
        }

        encoder.Flush(p => others.Add(new Packet(p.Data.ToArray(), p.Pts, p.Dts, p.IsKey)));

        Assert.Equal(Hash(packets), Hash(others));
    }

    [RequiresFFmpegFact]
    public void ForceKey_OffTheGrid_MakesAKeyFrame()
    {
        using var encoder = VideoEncoder.Open(s_options);

        var packets = EncodeWith(encoder, 24, forceKeyAt: 5);

        Assert.Contains(packets, p => p.IsKey && p.Pts == 5);
    }

    [RequiresProgramsFact("ffmpeg", "ffprobe")]
    public void Encode_DecodedFromOutside_IsWholeTaggedAndLikeTheSource()
    {
        using var scratch = new ScratchFolder();
        using var encoder = VideoEncoder.Open(s_options with { FpsNum = 30_000, FpsDen = 1_001, Crf = 12 });
        var file = scratch["chunks.h264"];
        var packets = EncodeWith(encoder, 40);
        File.WriteAllBytes(file, ToAnnexB(encoder.ParameterSets, packets));

        var facts = Programs.Probe(file, "v:0");
        Programs.Run("ffmpeg", "-v", "error", "-xerror", "-i", file, "-fps_mode", "passthrough", "-f", "rawvideo", scratch["out.yuv"]);

        Assert.Equal("40", facts["nb_read_frames"]);
        Assert.Equal("High", facts["profile"]);
        Assert.Equal(("tv", "bt709"), (facts["color_range"], facts["color_space"]));
        Assert.Equal(("bt709", "bt709"), (facts["color_transfer"], facts["color_primaries"]));
        Assert.Equal(("1:1", "left"), (facts["sample_aspect_ratio"], facts["chroma_location"]));
        // Of a bare stream, FFmpeg 7's probe counts the fields that H.264's clock ticks in.
        Assert.Contains(facts["r_frame_rate"], (string[])["30000/1001", "60000/1001"]);
        Assert.True(Psnr(File.ReadAllBytes(scratch["out.yuv"]), 40) > 40);
    }

    [RequiresProgramsFact("ffmpeg")]
    public void Encode_TwoChunksUnderOneParameterSet_DecodeAsOneFilm()
    {
        using var scratch = new ScratchFolder();
        using var first = VideoEncoder.Open(s_options);
        using var second = VideoEncoder.Open(s_options with { Crf = 30 });
        var packets = EncodeWith(first, 17).Concat(EncodeWith(second, 3, seed: 3)).ToList();
        File.WriteAllBytes(scratch["film.h264"], ToAnnexB(first.ParameterSets, packets));

        Assert.Equal(20, Programs.FrameHashes(scratch["film.h264"]).Length);
    }

    [RequiresFFmpegFact]
    public void Open_UnknownPreset_ThrowsAndNamesIt()
    {
        var failure = Assert.Throws<FFmpegException>(() => VideoEncoder.Open(s_options with { Preset = "warp" }));

        Assert.Contains("warp", failure.Message, StringComparison.Ordinal);
    }

    [RequiresFFmpegFact]
    public void Encode_WrongSize_IsRefused()
    {
        using var encoder = VideoEncoder.Open(s_options);
        using var frame = new YuvImage(64, 64);

        Assert.Throws<ArgumentOutOfRangeException>(() => encoder.Encode(frame, 0, static _ => { }));
    }

    [RequiresFFmpegFact]
    public void OpenEncodeDispose_ManyTimes_LeavesNoNativeObjectAndNoManagedGarbagePerFrame()
    {
        var before = AvHandle.Live;
        using (var encoder = VideoEncoder.Open(s_options))
        using (var frame = Pictures.Drawn(192, 108))
        {
            PacketSink sink = static _ => { };
            for (var i = 0; i < 40; i++)
            {
                encoder.Encode(frame, i, sink);
            }

            var bytes = GC.GetAllocatedBytesForCurrentThread();
            for (var i = 40; i < 80; i++)
            {
                encoder.Encode(frame, i, sink);
            }

            Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - bytes);
        }

        Assert.Throws<FFmpegException>(() => VideoEncoder.Open(s_options with { Tune = "no such tune" }));
        Assert.Equal(before, AvHandle.Live);
    }

    private static List<Packet> Encode(VideoEncoderOptions options, int frames)
    {
        using var encoder = VideoEncoder.Open(options);
        return EncodeWith(encoder, frames);
    }

    private static List<Packet> EncodeWith(VideoEncoder encoder, int frames, int seed = 0, int forceKeyAt = -1)
    {
        var packets = new List<Packet>();
        using var frame = new YuvImage(encoder.Options.Width, encoder.Options.Height);
        for (var i = 0; i < frames; i++)
        {
            Pictures.Draw(frame, i, seed);
            encoder.Encode(frame, i, Keep, forceKey: i == forceKeyAt);
        }

        encoder.Flush(Keep);
        return packets;

        void Keep(EncodedPacket p) => packets.Add(new Packet(p.Data.ToArray(), p.Pts, p.Dts, p.IsKey));
    }

    private static string Hash(List<Packet> packets) => Convert.ToHexString(SHA256.HashData(packets.SelectMany(p => p.Data).ToArray()));

    private static List<int> UnitTypes(byte[] data)
    {
        var types = new List<int>();
        for (var at = 0; at < data.Length;)
        {
            types.Add(data[at + 4] & 0x1F);
            at += 4 + BinaryPrimitives.ReadInt32BigEndian(data.AsSpan(at));
        }

        return types;
    }

    private static byte[] ToAnnexB(H264ParameterSets sets, List<Packet> packets)
    {
        using var stream = new MemoryStream();
        stream.Write([0, 0, 0, 1, .. sets.Sps.Span, 0, 0, 0, 1, .. sets.Pps.Span]);
        foreach (var data in packets.Select(p => p.Data))
        {
            for (var at = 0; at < data.Length;)
            {
                var length = BinaryPrimitives.ReadInt32BigEndian(data.AsSpan(at));
                stream.Write([0, 0, 0, 1]);
                stream.Write(data.AsSpan(at + 4, length));
                at += 4 + length;
            }
        }

        return stream.ToArray();
    }

    private static double Psnr(byte[] decoded, int frames)
    {
        var frameBytes = s_options.Width * s_options.Height * 3 / 2;
        Assert.Equal(frameBytes * frames, decoded.Length);
        double error = 0;
        for (var i = 0; i < frames; i++)
        {
            using var source = Pictures.Drawn(s_options.Width, s_options.Height, i);
            for (var y = 0; y < source.Height; y++)
            {
                var row = decoded.AsSpan(i * frameBytes + y * source.Width, source.Width);
                for (var x = 0; x < source.Width; x++)
                {
                    var difference = row[x] - source.RowY(y)[x];
                    error += difference * difference;
                }
            }
        }

        return 10 * Math.Log10(255.0 * 255 * frames * s_options.Width * s_options.Height / error);
    }

    private sealed record Packet(byte[] Data, long Pts, long Dts, bool IsKey);
}
