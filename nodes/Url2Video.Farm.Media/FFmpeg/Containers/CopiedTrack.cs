namespace Url2Video.Farm.Media.FFmpeg;

/// <summary>One track on its way from an input to an output, one packet ahead.</summary>
internal sealed class CopiedTrack : IDisposable
{
    private readonly MediaInput _input;
    private readonly MediaStream _source;
    private readonly MediaStream _target;
    private readonly BitstreamFilter? _filter;
    private readonly AvPacket _packet = AvPacket.Allocate();
    private long _later;

    private CopiedTrack(MediaInput input, MediaStream source, MediaStream target, BitstreamFilter? filter) =>
        (_input, _source, _target, _filter) = (input, source, target, filter);

    internal long Packets { get; private set; }

    internal bool IsAtEnd { get; private set; }

    internal static CopiedTrack Open(Stream stream, string demuxers, MediaType type, MediaOutput output, ContainerFormat format)
    {
        const string Codecs = "h264,hevc,av1,libdav1d,libaom-av1,vp9,libvpx-vp9,prores,png,aac,opus,libopus,pcm_s16le,pcm_s24le";
        var input = MediaInput.Open(stream, demuxers, Codecs);
        CopiedTrack? track = null;
        BitstreamFilter? filter = null;
        try
        {
            var source = input.Best(type)
                ?? throw new FFmpegException(FFmpegErrorKind.InvalidData, $"The input has no {type} track.");
            // AVI knows H.264 only as a byte stream with its parameter sets inside.
            filter = format == ContainerFormat.Avi && type == MediaType.Video ? BitstreamFilter.Open("h264_mp4toannexb", source) : null;
            var keepsTag = type == MediaType.Video && format is (ContainerFormat.Mp4 or ContainerFormat.Mov);
            track = new CopiedTrack(input, source, output.AddCopy(source, filter?.Parameters ?? source.Parameters, keepsTag), filter);
            track.Advance();
            if (format == ContainerFormat.Avi && type == MediaType.Video && !track.IsAtEnd)
            {
                track.CountFrames();
            }

            if (format == ContainerFormat.WebM && type == MediaType.Audio && !track.IsAtEnd)
            {
                // The times of WebM count the priming, which CodecDelay takes off again; the muxer leaves that to its caller.
                track._later = Math.Max(0, -track._packet.Pts);
            }

            return track;
        }
        catch
        {
            filter?.Dispose();
            track?._packet.Dispose();
            input.Dispose();
            throw;
        }
    }

    /// <summary>Compares decoding times exactly, whatever the time bases.</summary>
    internal bool IsBefore(CopiedTrack other)
    {
        var (a, b) = (_source.TimeBase, other._source.TimeBase);
        return (Int128)_packet.Dts * a.Num * b.Den < (Int128)other._packet.Dts * b.Num * a.Den;
    }

    internal void WriteTo(MediaOutput output)
    {
        _filter?.Apply(_packet);
        _packet.Pts += _later;
        _packet.Dts += _later;
        AvCodec.av_packet_rescale_ts(_packet, _source.TimeBase, _target.TimeBase);
        _packet.StreamIndex = _target.Index;
        _packet.Position = -1;
        output.Write(_packet);
        Packets++;
        Advance();
    }

    public void Dispose()
    {
        _packet.Dispose();
        _filter?.Dispose();
        _input.Dispose();
    }

    // AVI has no times: a tick is a frame, and whatever lies between two frames is filled with empty ones.
    private void CountFrames()
    {
        var frame = new Frames(_packet.Duration * _source.TimeBase.Num, _source.TimeBase.Den);
        _target.TimeBase = frame.Reduced();
    }

    private readonly record struct Frames(long Num, long Den)
    {
        internal AvRational Reduced()
        {
            var (a, b) = (Num, Den);
            while (b != 0)
            {
                (a, b) = (b, a % b);
            }

            return a > 0
                ? new AvRational(checked((int)(Num / a)), checked((int)(Den / a)))
                : throw new FFmpegException(FFmpegErrorKind.InvalidData, "The input does not tell how long a frame is.");
        }
    }

    private void Advance()
    {
        do
        {
            AvCodec.av_packet_unref(_packet);
            IsAtEnd = !_input.Read(_packet);
        }
        while (!IsAtEnd && _packet.StreamIndex != _source.Index);
    }
}
