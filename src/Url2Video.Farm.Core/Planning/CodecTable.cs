using Url2Video.Farm.Core.Nodes;

namespace Url2Video.Farm.Core.Planning;

/// <summary>What is settled for each codec: who makes it, and how good and how fast.</summary>
public static class CodecTable
{
    /// <summary>FFmpeg's name of the encoder.</summary>
    /// <param name="isNvenc">By the fixed encoder of an NVIDIA GPU.</param>
    public static string EncoderOf(VideoCodec codec, bool isNvenc = false) => (codec, isNvenc) switch
    {
        (VideoCodec.H264, true) => "h264_nvenc",
        (VideoCodec.Hevc, true) => "hevc_nvenc",
        (VideoCodec.Av1, true) => "av1_nvenc",
        (VideoCodec.H264 or VideoCodec.H264InOrder, _) => "libx264",
        (VideoCodec.Hevc, _) => "libx265",
        (VideoCodec.Av1, _) => "libsvtav1",
        (VideoCodec.Vp9, _) => "libvpx-vp9",
        (VideoCodec.ProRes422 or VideoCodec.ProRes4444, _) => "prores_ks",
        (VideoCodec.Png, _) => "png",
        _ => throw new ArgumentOutOfRangeException(nameof(codec), codec, null),
    };

    /// <summary>The capability that a node must have to encode the rung; null where every node has it.</summary>
    public static string? NeedOf(Rung rung) => EncoderOf(rung.Codec, rung.IsNvenc) is var encoder && encoder == "libx264" ? null : EncoderWords.Of(encoder);

    /// <summary>Behind the short side in the name of a rung, so that no two rungs of a film have one name.</summary>
    public static string SuffixOf(VideoCodec codec) => codec switch
    {
        VideoCodec.H264 => "",
        VideoCodec.H264InOrder => "-inorder",
        VideoCodec.ProRes422 => "-prores422",
        VideoCodec.ProRes4444 => "-prores4444",
        _ => "-" + codec.ToString().ToLowerInvariant(),
    };

    /// <summary>The largest and worst number on the codec's own scale of quality.</summary>
    public static int CrfMax(VideoCodec codec) => codec is VideoCodec.Av1 or VideoCodec.Vp9 ? 63 : 51;

    /// <summary>
    /// Rate factor and preset in the words of the encoder. Rate factors are on each codec's own scale and chosen for about equal looks:
    /// x265 needs three more than x264, SVT-AV1 and VP9 count to 63.
    /// </summary>
    /// <param name="side">The rung's short side: small pictures are enlarged by the viewer's screen, which shows their faults.</param>
    public static (int Crf, string Preset) Quality(VideoCodec codec, int side, EncodingProfile profile)
    {
        var h264 = side switch
        {
            > 1080 => 22,
            > 720 => 21,
            > 480 => 22,
            _ => 23,
        };
        var isFast = profile == EncodingProfile.Fast;
        return codec switch
        {
            VideoCodec.H264 or VideoCodec.H264InOrder => (h264, isFast ? "ultrafast" : "veryfast"),
            VideoCodec.Hevc => (h264 + 3, isFast ? "ultrafast" : "veryfast"),
            VideoCodec.Av1 => (h264 + 12, isFast ? "12" : "8"),
            VideoCodec.Vp9 => (h264 + 10, isFast ? "8" : "4"),
            VideoCodec.ProRes422 => (0, isFast ? "standard" : "hq"),
            VideoCodec.ProRes4444 => (0, "4444"),
            VideoCodec.Png => (0, isFast ? "1" : "6"),
            _ => throw new ArgumentOutOfRangeException(nameof(codec), codec, null),
        };
    }
}
