namespace Url2Video.Farm.Media.FFmpeg;

/// <summary>Finds the picture of a moment. Holds two: the one that is shown and the one after it, whose beginning is the end of the first.</summary>
internal sealed class ClipReader(ClipDecoder decoder) : IDisposable
{
    /// <summary>Decoding so few pictures on the way is cheaper than beginning anew at a key picture.</summary>
    private const int AheadMax = 16;

    private readonly AvFrame _current = AvFrame.Allocate();
    private readonly AvFrame _next = AvFrame.Allocate();
    private bool _hasCurrent, _hasNext;
    private long _nextTick;

    internal ClipDecoder Decoder => decoder;

    /// <summary>When the picture that was last given begins.</summary>
    internal long Tick { get; private set; }

    /// <summary>The last picture that begins at or before a tick. It stays this reader's.</summary>
    internal AvFrame FrameAt(long tick)
    {
        tick = Math.Max(tick, decoder.Index.Times.FirstTick);
        var key = decoder.Index.KeyAt(tick);
        if (!_hasCurrent || tick < Tick || key.Ordinal > decoder.Ordinal + AheadMax)
        {
            Begin(key, tick);
        }

        while (_hasNext && _nextTick <= tick)
        {
            Advance();
        }

        return _current;
    }

    public void Dispose()
    {
        _current.Dispose();
        _next.Dispose();
        decoder.Dispose();
    }

    private void Begin(ClipKey key, long tick)
    {
        decoder.Seek(key);
        if ((!TryPrime() || Tick > tick) && key.Ordinal > 0)
        {
            decoder.Restart(); // The container led past the place, or to where nothing can be decoded.
            TryPrime();
        }

        if (!_hasCurrent)
        {
            throw new FFmpegException(FFmpegErrorKind.InvalidData, "No picture could be decoded.");
        }
    }

    private bool TryPrime()
    {
        _hasNext = Read();
        Advance();
        return _hasCurrent;
    }

    private void Advance()
    {
        AvUtil.av_frame_unref(_current);
        _hasCurrent = _hasNext;
        if (_hasNext)
        {
            AvUtil.av_frame_move_ref(_current, _next);
            Tick = _nextTick;
            _hasNext = Read();
        }
    }

    private bool Read()
    {
        AvUtil.av_frame_unref(_next);
        return decoder.Next(_next, out _nextTick);
    }
}
