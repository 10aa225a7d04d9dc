using System.Reflection;
using Url2Video.Farm.Media.FFmpeg;

namespace Url2Video.Farm.Media.Tests.FFmpeg;

/// <summary>Derives every offset again from the headers that are installed here.</summary>
[Collection(FFmpegCollection.Name)]
public sealed class AvLayoutTests
{
    private static readonly (string Name, string Structure, string Field)[] s_rows =
    [
        (nameof(AvLayout.FrameData), "AVFrame", "data"),
        (nameof(AvLayout.FrameLineSize), "AVFrame", "linesize"),
        (nameof(AvLayout.FrameWidth), "AVFrame", "width"),
        (nameof(AvLayout.FrameHeight), "AVFrame", "height"),
        (nameof(AvLayout.FrameSamples), "AVFrame", "nb_samples"),
        (nameof(AvLayout.FrameFormat), "AVFrame", "format"),
        (nameof(AvLayout.FramePts), "AVFrame", "pts"),
        (nameof(AvLayout.FramePictureType), "AVFrame", "pict_type"),
        (nameof(AvLayout.PacketPts), "AVPacket", "pts"),
        (nameof(AvLayout.PacketDts), "AVPacket", "dts"),
        (nameof(AvLayout.PacketData), "AVPacket", "data"),
        (nameof(AvLayout.PacketSize), "AVPacket", "size"),
        (nameof(AvLayout.PacketStreamIndex), "AVPacket", "stream_index"),
        (nameof(AvLayout.PacketFlags), "AVPacket", "flags"),
        (nameof(AvLayout.PacketDuration), "AVPacket", "duration"),
        (nameof(AvLayout.PacketPosition), "AVPacket", "pos"),
        (nameof(AvLayout.ParametersType), "AVCodecParameters", "codec_type"),
        (nameof(AvLayout.ParametersCodecId), "AVCodecParameters", "codec_id"),
        (nameof(AvLayout.ParametersTag), "AVCodecParameters", "codec_tag"),
        (nameof(AvLayout.ParametersExtraData), "AVCodecParameters", "extradata"),
        (nameof(AvLayout.ParametersExtraDataSize), "AVCodecParameters", "extradata_size"),
        (nameof(AvLayout.ParametersFormat), "AVCodecParameters", "format"),
        (nameof(AvLayout.ParametersWidth), "AVCodecParameters", "width"),
        (nameof(AvLayout.ParametersHeight), "AVCodecParameters", "height"),
        (nameof(AvLayout.StreamIndex), "AVStream", "index"),
        (nameof(AvLayout.StreamParameters), "AVStream", "codecpar"),
        (nameof(AvLayout.StreamTimeBase), "AVStream", "time_base"),
        (nameof(AvLayout.FormatIo), "AVFormatContext", "pb"),
        (nameof(AvLayout.FormatStreamCount), "AVFormatContext", "nb_streams"),
        (nameof(AvLayout.FormatStreams), "AVFormatContext", "streams"),
        (nameof(AvLayout.FormatDuration), "AVFormatContext", "duration"),
        (nameof(AvLayout.IoBuffer), "AVIOContext", "buffer"),
        (nameof(AvLayout.FilterParametersIn), "AVBSFContext", "par_in"),
        (nameof(AvLayout.FilterParametersOut), "AVBSFContext", "par_out"),
        (nameof(AvLayout.FilterTimeBaseIn), "AVBSFContext", "time_base_in"),
    ];

    [RequiresHeadersFact]
    public void Offsets_CompiledFromTheHeaders_AreThoseOfTheTable()
    {
        using var scratch = new ScratchFolder();
        var lines = s_rows.Select(r => $"    printf(\"{r.Name} %zu\\n\", offsetof({r.Structure}, {r.Field}));");
        File.WriteAllText(scratch["offsets.c"], $$"""
            #include <stddef.h>
            #include <stdio.h>
            #include <libavformat/avformat.h>
            #include <libavcodec/bsf.h>
            int main(void) {
                printf("majors %d %d %d\n", LIBAVUTIL_VERSION_MAJOR, LIBAVCODEC_VERSION_MAJOR, LIBAVFORMAT_VERSION_MAJOR);
            {{string.Join('\n', lines)}}
                return 0;
            }
            """);
        Programs.Run("gcc", "-w", "-o", scratch["offsets"], scratch["offsets.c"]);

        var output = Programs.Run(scratch["offsets"]).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => l.Split(' ')).ToList();

        var majors = output[0][1..].Select(int.Parse).ToArray();
        var layout = AvLayout.For(majors[0], majors[1], majors[2]);
        Assert.NotNull(layout);
        Assert.All(output[1..], line => Assert.Equal((line[0], int.Parse(line[1])), (line[0], ValueOf(layout, line[0]))));
    }

    [Fact]
    public void Rows_CoverEveryOffsetThatIsUsed()
    {
        const BindingFlags All = BindingFlags.Static | BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.Public;
        var constants = typeof(AvLayout).GetFields(All).Where(f => f.IsLiteral).Select(f => f.Name);
        var properties = typeof(AvLayout).GetProperties(All).Where(p => p.PropertyType == typeof(int)).Select(p => p.Name);

        Assert.Equal(constants.Concat(properties).Order(), s_rows.Select(r => r.Name).Order());
    }

    [Fact]
    public void For_UnknownOrMixedMajors_IsNull()
    {
        Assert.Null(AvLayout.For(62, 64, 64));
        Assert.Null(AvLayout.For(57, 60, 59));
        Assert.Null(AvLayout.For(56, 58, 58));
    }

    [RequiresFFmpegFact]
    public void SelfCheck_WrongTable_IsNoticed()
    {
        var right = FFmpegLibrary.Layout;

        Assert.Null(AvSelfCheck.Fault(right));
        Assert.Equal("AVCodecParameters", AvSelfCheck.Fault(right with { ParametersFormat = right.ParametersFormat + 16 }));
        Assert.Equal("AVCodecParameters", AvSelfCheck.Fault(right with { ParametersWidth = right.ParametersHeight }));
        Assert.Equal("the streams of AVFormatContext", AvSelfCheck.Fault(right with { StreamIndex = right.StreamIndex + 8 }));
    }

    private static int ValueOf(AvLayout layout, string name)
    {
        const BindingFlags All = BindingFlags.Static | BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.Public;
        return (int)(typeof(AvLayout).GetField(name, All)?.GetValue(null) ?? typeof(AvLayout).GetProperty(name, All)!.GetValue(layout)!);
    }
}

/// <summary>Skipped, visibly, without a C compiler and FFmpeg's development headers.</summary>
public sealed class RequiresHeadersFactAttribute : FactAttribute
{
    public RequiresHeadersFactAttribute()
    {
        string[] folders =
            ["/usr/include", "/usr/include/x86_64-linux-gnu", "/usr/include/aarch64-linux-gnu", "/usr/local/include"];
        Skip = !Programs.Exists("gcc") ? "gcc is not installed"
            : folders.Any(f => File.Exists(Path.Combine(f, "libavformat/avformat.h"))) ? null
            : "the development headers of FFmpeg are not installed";
    }
}
