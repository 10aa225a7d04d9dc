using static Url2Video.Farm.Media.FFmpeg.AvCodec;
using static Url2Video.Farm.Media.FFmpeg.AvLayout;

namespace Url2Video.Farm.Media.FFmpeg;

/// <summary>Rewrites coded packets without decoding them, one in, one out.</summary>
internal sealed unsafe class BitstreamFilter : AvHandle
{
    private BitstreamFilter(nint owned) : base(owned) { }

    /// <summary>AVCodecParameters of what comes out.</summary>
    internal nint Parameters => *(nint*)(handle + FilterParametersOut);

    /// <exception cref="FFmpegException">NotFound when this build of FFmpeg lacks the filter.</exception>
    internal static BitstreamFilter Open(string name, MediaStream source)
    {
        var filter = av_bsf_get_by_name(name);
        if (filter == 0)
        {
            throw new FFmpegException(FFmpegErrorKind.NotFound, $"This build of FFmpeg has no bitstream filter {name}.");
        }

        AvResult.Check(av_bsf_alloc(filter, out var context));
        var opened = new BitstreamFilter(context);
        try
        {
            AvResult.Check(avcodec_parameters_copy(*(nint*)(context + FilterParametersIn), source.Parameters));
            *(AvRational*)(context + FilterTimeBaseIn) = source.TimeBase;
            AvResult.Check(av_bsf_init(opened));
            return opened;
        }
        catch
        {
            opened.Dispose();
            throw;
        }
    }

    /// <summary>Replaces the packet by what the filter makes of it.</summary>
    internal void Apply(AvPacket packet)
    {
        AvResult.Check(av_bsf_send_packet(this, packet));
        AvResult.Check(av_bsf_receive_packet(this, packet));
    }

    protected override void Free(nint owned) => av_bsf_free(ref owned);
}
