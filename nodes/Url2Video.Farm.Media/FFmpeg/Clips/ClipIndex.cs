using Url2Video.Farm.Media.Composition;

namespace Url2Video.Farm.Media.FFmpeg;

/// <summary>
/// What one pass over a clip's packets tells before anything is decoded: how long it really is, whether all of it is there, and where
/// decoding can begin. A header may promise anything.
/// </summary>
internal sealed class ClipIndex
{
    private const long NoTime = long.MinValue;

    /// <summary>Half a second: some writers count the last picture or packet of sound twice.</summary>
    private const long ShortMicrosMax = 500_000;

    private readonly List<ClipKey> _keys = [];
    private long _first = long.MaxValue, _end = long.MinValue, _last = NoTime;
    private Int128 _endMicros;

    private ClipIndex(AvRational timeBase) => TimeBase = timeBase;

    internal AvRational TimeBase { get; }

    internal int Packets { get; private set; }

    /// <summary>False for a container that does not say when all its pictures are shown, as AVI does not: they follow each other then.</summary>
    internal bool HasTimes { get; private set; } = true;

    /// <summary>Ticks from picture to picture, where they follow each other.</summary>
    internal long Step { get; private set; }

    internal ClipTimes Times => new(TimeBase.Num, TimeBase.Den, _first, _end);

    internal static ClipIndex Read(MediaInput input, MediaStream stream, ClipBounds bounds)
    {
        var index = new ClipIndex(stream.TimeBase);
        if (index.TimeBase is not { Num: > 0, Den: > 0 })
        {
            throw new FFmpegException(FFmpegErrorKind.InvalidData, "Its pictures have no times.");
        }

        using var packet = AvPacket.Allocate();
        while (input.Read(packet))
        {
            index.Reach(packet, input.StreamAt(packet.StreamIndex).TimeBase);
            if (packet.StreamIndex == stream.Index)
            {
                index.Add(packet, stream);
                index.Check(bounds);
            }

            AvCodec.av_packet_unref(packet);
        }

        return index._end > index._first
            ? index
            : throw new FFmpegException(FFmpegErrorKind.InvalidData, "There are no pictures in it.");
    }

    /// <summary>The last picture at or before a tick at which decoding can begin; the first of all when there is none.</summary>
    internal ClipKey KeyAt(long tick)
    {
        var (low, high) = (0, _keys.Count - 1);
        while (low < high)
        {
            var middle = (low + high + 1) / 2;
            (low, high) = _keys[middle].Tick <= tick ? (middle, high) : (low, middle - 1);
        }

        return _keys.Count == 0 || !HasTimes ? new ClipKey(_first, _first, 0) : _keys[low];
    }

    /// <summary>True when the last packet of any stream ends well before the header says: Matroska does not know where it is cut off.</summary>
    internal bool EndsBefore(long micros) => _endMicros + ShortMicrosMax < micros;

    private void Reach(AvPacket packet, AvRational tick)
    {
        if (packet.Pts != NoTime && tick.Den > 0)
        {
            _endMicros = Int128.Max(_endMicros, ((Int128)packet.Pts + Math.Max(0, packet.Duration)) * tick.Num * 1_000_000 / tick.Den);
        }
    }

    private void Add(AvPacket packet, MediaStream stream)
    {
        if (packet.IsCorrupt)
        {
            throw new FFmpegException(FFmpegErrorKind.InvalidData, $"It is cut off or damaged at picture {Packets + 1}.");
        }

        HasTimes &= packet.Pts != NoTime;
        var tick = packet.Pts != NoTime ? packet.Pts : packet.Dts != NoTime ? packet.Dts : _last == NoTime ? 0 : _last + 1;
        var duration = Math.Max(1, packet.Duration);
        Step = Step == 0 ? duration : Step;
        if (Int128.Abs(tick) > long.MaxValue / 4 || duration > long.MaxValue / 4)
        {
            throw new FFmpegException(FFmpegErrorKind.InvalidData, "Its pictures have impossible times.");
        }

        if (packet.IsKey && (_keys.Count == 0 || tick > _keys[^1].Tick) && IsStart(packet, stream))
        {
            _keys.Add(new ClipKey(tick, packet.Dts == NoTime ? tick : packet.Dts, Packets));
        }

        if (!packet.IsDiscarded)
        {
            (_first, _end) = (Math.Min(_first, tick), Math.Max(_end, tick + duration));
        }

        _last = tick;
        Packets++;
    }

    private static bool IsStart(AvPacket packet, MediaStream stream) =>
        !ClipFormats.IsH264(stream.CodecId) || H264Idr.IsIn(packet.Data, stream.ExtraData);

    private void Check(ClipBounds bounds)
    {
        if (Packets > bounds.PacketsMax)
        {
            throw new FFmpegException(FFmpegErrorKind.TooLarge, $"It has more than {bounds.PacketsMax} pictures.");
        }

        if (_end > _first && (Int128)(_end - _first) * TimeBase.Num > (Int128)bounds.SecondsMax * TimeBase.Den)
        {
            throw new FFmpegException(FFmpegErrorKind.TooLarge, $"It is longer than {bounds.SecondsMax} seconds.");
        }
    }
}

/// <summary>A picture at which decoding can begin.</summary>
/// <param name="Tick">When it is shown.</param>
/// <param name="Dts">When it is decoded: what a container seeks by.</param>
/// <param name="Ordinal">Packets of the stream before it.</param>
internal readonly record struct ClipKey(long Tick, long Dts, int Ordinal);
