namespace Url2Video.Farm.Core.Quality;

/// <summary>Finds the frame rate in the times of a file's frames, and whether they keep it.</summary>
public sealed class FrameClock
{
    private static readonly Rational[] s_customary =
        [new(24_000, 1_001), new(24, 1), new(25, 1), new(30_000, 1_001), new(30, 1), new(48, 1), new(50, 1), new(60_000, 1_001), new(60, 1), new(120, 1)];

    private readonly List<long> _ticks = [];

    /// <summary>Seconds of one tick.</summary>
    public Rational TimeBase { get; set; } = new(1, 1);

    public long Count => _ticks.Count;

    /// <param name="ticks">When a frame is seen, in the order of showing.</param>
    public void Add(long ticks) => _ticks.Add(ticks);

    /// <summary>The rate; constant when no frame is further from its place than the times of the file can say.</summary>
    public (Rational Fps, bool IsConstant) Rate()
    {
        var span = _ticks.Count < 2 ? 0 : _ticks[^1] - _ticks[0];
        if (span <= 0)
        {
            return (new Rational(30, 1), _ticks.Count < 2);
        }

        // What a container of milliseconds can say of 30000/1001 is near to it, not equal.
        var measured = new Rational((_ticks.Count - 1) * TimeBase.Denominator, span * TimeBase.Numerator);
        var fps = s_customary.FirstOrDefault(r => IsNear(measured, r), measured);
        var ticksPerFrame = new Rational(fps.Denominator * TimeBase.Denominator, fps.Numerator * TimeBase.Numerator);
        var isConstant = _ticks.Index().All(t => Math.Abs(t.Item - _ticks[0] - ticksPerFrame.FloorTimes(t.Index)) <= 1);
        return (fps, isConstant);
    }

    private static bool IsNear(Rational a, Rational b)
    {
        var (left, right) = ((Int128)a.Numerator * b.Denominator, (Int128)b.Numerator * a.Denominator);
        return Int128.Abs(left - right) * 2_500 < right;
    }
}
