using System.Globalization;

namespace Url2Video.Farm.Media.FFmpeg;

/// <summary>
/// How each encoder beside x264 is set up: one thread and nothing that the machine decides, so that the bytes depend on options and frames alone and chunks
/// encoded anywhere join.
/// </summary>
/// <param name="PixelFormat">What it is given.</param>
/// <param name="Settings">Option and value, in the order in which they are set.</param>
internal sealed record EncoderProfile(string PixelFormat, IReadOnlyList<(string Name, string Value)> Settings)
{
    /// <summary>Encoders that <see cref="For"/> knows.</summary>
    public static readonly IReadOnlyList<string> Encoders =
        ["libx265", "libsvtav1", "libvpx-vp9", "prores_ks", "png", "h264_nvenc", "hevc_nvenc", "av1_nvenc"];

    /// <exception cref="FFmpegException">NotFound: no profile was ever measured for this encoder.</exception>
    public static EncoderProfile For(string encoder, VideoEncoderOptions options)
    {
        var crf = Text(options.Crf);
        var gop = Text(options.GopFrames);
        return encoder switch
        {
            "libx265" => new("yuv420p",
            [
                ("preset", options.Preset), ("crf", crf), ("forced-idr", "1"),
                // Without a pool there is no wavefront either: with it the bits would differ from a machine that has no second core.
                ("x265-params", $"pools=none:wpp=0:frame-threads=1:keyint={gop}:min-keyint={gop}:scenecut=0:open-gop=0:info=0:repeat-headers=0:log-level=none"),
            ]),
            "libsvtav1" => new("yuv420p",
            [
                ("preset", options.Preset), ("crf", crf),
                // Scene changes would put key frames where no segment begins.
                ("svtav1-params", "lp=1:scd=0:irefresh-type=2"),
            ]),
            "libvpx-vp9" => new("yuv420p", Vp9(options, crf)),
            "prores_ks" => new(options.Preset == "4444" ? "yuv444p10le" : "yuv422p10le", [("profile", options.Preset), ("vendor", "apl0")]),
            "png" => new("rgb24", [("compression_level", options.Preset), ("pred", "mixed")]),
            "h264_nvenc" or "hevc_nvenc" or "av1_nvenc" => new("yuv420p", Nvenc(encoder, crf)),
            _ => throw new FFmpegException(FFmpegErrorKind.NotFound, $"There is no profile for the encoder {encoder}."),
        };
    }

    private static (string, string)[] Vp9(VideoEncoderOptions options, string crf)
    {
        const int RealTime = 8;
        var speed = int.Parse(options.Preset, CultureInfo.InvariantCulture);
        return
        [
            ("b", "0"), ("crf", crf), ("row-mt", "0"), ("tile-columns", "0"), ("frame-parallel", "0"),
            ("deadline", speed >= RealTime ? "realtime" : "good"), ("cpu-used", options.Preset),
            ("lag-in-frames", speed >= RealTime ? "0" : "16"), ("auto-alt-ref", speed >= RealTime ? "0" : "1"),
        ];
    }

    // A constant quantiser, because rate control looks at what the chip does in time; no B-frames, because their depth differs between generations of chips.
    private static (string, string)[] Nvenc(string encoder, string crf) =>
    [
        ("preset", "p5"), ("tune", "hq"), ("rc", "constqp"), ("qp", crf), ("bf", "0"), ("forced-idr", "1"), ("no-scenecut", "1"), ("strict_gop", "1"),
        .. encoder == "h264_nvenc" ? [("profile", "high")] : Array.Empty<(string, string)>(),
    ];

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
