namespace Url2Video.Farm.Media.Composition;

/// <summary>
/// Which moment of a clip a frame of the film shows. Whole numbers only: everything is counted in a unit of which a frame of the film, a
/// millisecond and a tick of the clip are all multiples, so that nothing is rounded before the end and any frame may be asked for.
/// </summary>
/// <remarks>
/// A moment counts as reached half a tick before it is, but no more than half a millisecond: containers round the times of pictures to
/// their own ticks (Matroska to milliseconds), and a picture that was rounded up would be missed by a frame that begins with it. So a clip
/// of the film's own rate is shown picture by picture, whatever the container.
/// </remarks>
public sealed class ClipClock
{
    private const int UnitsPerMilli = 2;
    private readonly Int128 _step, _start, _length, _tick, _early;
    private readonly long _firstTick;
    private readonly bool _isLooped;

    /// <param name="rate">Of the film.</param>
    /// <exception cref="ArgumentOutOfRangeException">The part begins where the clip is over, see <see cref="IsWithin"/>.</exception>
    public ClipClock(ClipPart part, FrameRate rate, ClipTimes times)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(part.SpeedThousandths, nameof(part));
        // A second has 2000 · rate's numerator · the tick's denominator units.
        var milli = (Int128)UnitsPerMilli * rate.Numerator * times.TickDen;
        _step = (Int128)UnitsPerMilli * rate.Denominator * part.SpeedThousandths * times.TickDen;
        _tick = (Int128)1_000 * UnitsPerMilli * rate.Numerator * times.TickNum;
        _early = Int128.Min(_tick, milli) / 2;
        _start = part.StartMillis * milli;
        var end = (times.EndTick - times.FirstTick) * _tick;
        _length = (part.EndMillis is { } cut ? Int128.Min(end, cut * milli) : end) - _start;
        if (_length <= 0)
        {
            throw new ArgumentOutOfRangeException(nameof(part), part, "The clip is over before its part begins.");
        }

        (_firstTick, _isLooped) = (times.FirstTick, part.IsLooped);
    }

    /// <summary>False when a part begins where the clip is over.</summary>
    public static bool IsWithin(ClipPart part, ClipTimes times) =>
        (Int128)part.StartMillis * times.TickDen < (Int128)(times.EndTick - times.FirstTick) * times.TickNum * 1_000;

    /// <summary>The moment that a frame shows: the last picture that begins at or before this tick.</summary>
    /// <param name="frame">Counted from the first frame in which the clip is seen.</param>
    public long TickAt(long frame)
    {
        var at = frame * _step;
        at = _isLooped ? at % _length : Int128.Min(at, _length);
        return _firstTick + (long)((_start + Int128.Min(at + _early, _length - 1)) / _tick);
    }
}
