namespace Url2Video.Farm.Core.Packaging.Cmaf;

/// <summary>The time base of a video track: a frame is a whole number of ticks, so no time is ever rounded.</summary>
/// <param name="Timescale">Ticks a second: the frame rate's numerator, times 1000 for small ones as is customary (30 → 30000).</param>
/// <param name="FrameTicks">Ticks a frame.</param>
public readonly record struct VideoClock(uint Timescale, uint FrameTicks)
{
    public static VideoClock For(Rational fps)
    {
        var factor = fps.Numerator < 1_000 ? 1_000u : 1u;
        return new VideoClock(checked((uint)fps.Numerator * factor), checked((uint)fps.Denominator * factor));
    }

    public ulong Ticks(long frames) => checked((ulong)frames * FrameTicks);
}
