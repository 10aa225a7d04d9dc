namespace Url2Video.Farm.Media.FFmpeg;

/// <summary>One track on its way from an input to an output, one packet ahead.</summary>
internal sealed class CopiedTrack : IDisposable
{
    private readonly MediaInput _input;
    private readonly MediaStream _source;
    private readonly MediaStream _target;
    private readonly AvPacket _packet = AvPacket.Allocate();

    private CopiedTrack(MediaInput input, MediaStream source, MediaStream target) =>
        (_input, _source, _target) = (input, source, target);

    internal long Packets { get; private set; }

    internal bool IsAtEnd { get; private set; }

    internal static CopiedTrack Open(Stream stream, MediaType type, MediaOutput output)
    {
        var input = MediaInput.Open(stream, "mov", "h264,aac");
        CopiedTrack? track = null;
        try
        {
            var source = input.Best(type)
                ?? throw new FFmpegException(FFmpegErrorKind.InvalidData, $"The input has no {type} track.");
            track = new CopiedTrack(input, source, output.AddCopy(source));
            track.Advance();
            return track;
        }
        catch
        {
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
        _input.Dispose();
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
