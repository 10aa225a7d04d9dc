using static Url2Video.Farm.Media.FFmpeg.AvCodec;
using static Url2Video.Farm.Media.FFmpeg.AvFormat;

namespace Url2Video.Farm.Media.FFmpeg;

/// <summary>
/// Compares the offsets of <see cref="AvLayout"/> with what the loaded libraries really do: known values go in through
/// options and must come out of the structures. A distribution may patch or misname its libraries; a wrong offset would
/// be silent corruption.
/// </summary>
internal static unsafe class AvSelfCheck
{
    private const int Width = 34;
    private const int Height = 18;
    private const long NoPts = long.MinValue;

    /// <summary>The first thing that is not as known, or null.</summary>
    internal static string? Fault(AvLayout layout) => CodecFault(layout) ?? FormatFault(layout);

    /// <summary>Of what frames and codecs are made of.</summary>
    internal static string? CodecFault(AvLayout layout) => FrameFault() ?? ParametersFault(layout);

    private static string? FrameFault()
    {
        using var frame = AvFrame.AllocatePicture(Width, Height, AvUtil.av_get_pix_fmt("yuv420p"));
        var isGood = frame.Pts == NoPts && frame.Samples == 0 && frame.Planes[0] != null && frame.Planes[2] != null
            && frame.Strides[0] >= Width && frame.Strides[1] >= Width / 2 && frame.Strides[0] < Width * 16;
        return isGood ? null : "the head of AVFrame";
    }

    private static string? ParametersFault(AvLayout layout)
    {
        using var context = CodecContext.Unchecked("rawvideo");
        context.Set("video_size", $"{Width}x{Height}").Set("pixel_format", "nv12");
        using var parameters = CodecParameters.Of(context);
        var at = (byte*)parameters.DangerousGetHandle();
        var isGood = *(int*)(at + AvLayout.ParametersType) == 0
            && *(int*)(at + layout.ParametersFormat) == AvUtil.av_get_pix_fmt("nv12")
            && *(int*)(at + layout.ParametersWidth) == Width
            && *(int*)(at + layout.ParametersHeight) == Height;
        return isGood ? null : "AVCodecParameters";
    }

    /// <summary>Of what containers are made of.</summary>
    internal static string? FormatFault(AvLayout layout)
    {
        const int UnknownType = -1;
        var context = AvResult.CheckPointer(avformat_alloc_context());
        try
        {
            AvResult.CheckPointer(avformat_new_stream(context, 0));
            var second = AvResult.CheckPointer(avformat_new_stream(context, 0));
            var streams = *(nint**)(context + AvLayout.FormatStreams);
            if (*(int*)(context + AvLayout.FormatStreamCount) != 2 || streams[1] != second
                || *(int*)(second + layout.StreamIndex) != 1)
            {
                return "the streams of AVFormatContext";
            }

            var parameters = *(nint*)(second + layout.StreamParameters);
            var isPointer = parameters != 0 && parameters % 16 == 0;
            return isPointer && *(int*)(parameters + AvLayout.ParametersType) == UnknownType ? null : "AVStream.codecpar";
        }
        finally
        {
            avformat_free_context(context);
        }
    }
}
