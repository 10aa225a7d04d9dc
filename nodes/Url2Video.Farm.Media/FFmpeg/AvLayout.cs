namespace Url2Video.Farm.Media.FFmpeg;

/// <summary>
/// Every structure offset that this binding relies on, in bytes, for 64-bit builds. All else goes through options and
/// accessors, because most fields move from one major version to the next. The fixed ones are the same in FFmpeg 5.1 to 9;
/// the others depend on the major versions and are checked at start-up by <see cref="FFmpegLibrary"/>.
/// </summary>
internal sealed record AvLayout(
    int StreamIndex,
    int StreamParameters,
    int StreamTimeBase,
    int ParametersFormat,
    int ParametersWidth,
    int ParametersHeight,
    int FramePictureType,
    int FormatDuration)
{
    internal const int FrameData = 0;
    internal const int FrameLineSize = 64;
    internal const int FrameWidth = 104;
    internal const int FrameHeight = 108;
    internal const int FrameSamples = 112;
    internal const int FrameFormat = 116;
    internal const int FramePts = 136;

    internal const int PacketPts = 8;
    internal const int PacketDts = 16;
    internal const int PacketData = 24;
    internal const int PacketSize = 32;
    internal const int PacketStreamIndex = 36;
    internal const int PacketFlags = 40;
    internal const int PacketDuration = 64;
    internal const int PacketPosition = 72;

    internal const int ParametersType = 0;
    internal const int ParametersCodecId = 4;
    internal const int ParametersTag = 8;
    internal const int ParametersExtraData = 16;
    internal const int ParametersExtraDataSize = 24;

    internal const int FormatIo = 32;
    internal const int FormatStreamCount = 44;
    internal const int FormatStreams = 48;
    internal const int IoBuffer = 8;

    internal const int FilterParametersIn = 24;
    internal const int FilterParametersOut = 32;
    internal const int FilterTimeBaseIn = 40;

    /// <summary>The layout of these majors, or null when they are not known.</summary>
    internal static AvLayout? For(int util, int codec, int format) => (util, codec, format) switch
    {
        (57, 59, 59) => new(0, 208, 16, 28, 56, 60, 124, 72),
        (58, 60, 60) => new(8, 16, 32, 28, 56, 60, 124, 72),
        (59, 61, 61) => new(8, 16, 32, 44, 72, 76, 124, 104),
        (60, 62, 62) or (61, 63, 63) => new(8, 16, 32, 44, 72, 76, 120, 104),
        _ => null,
    };
}
