using Url2Video.Farm.Media.Pixels;

namespace Url2Video.Farm.Media.Composition;

/// <summary>
/// A front that runs across the frame as a long wave with a shorter one on it, both wandering sideways, not always the same way.
/// Lengths and heights in 1/16 pixel, angles 2³² to the turn.
/// </summary>
/// <param name="Level">Height the front swings about, from the top.</param>
/// <param name="StepLong">Angle from node to node of the long wave.</param>
/// <param name="DriftLong">1 or −1: the way the long wave goes.</param>
/// <param name="Strength">Share of its colour at the front, 0..32767.</param>
internal readonly record struct WaveLayer(
    int Level, int ReachLong, int ReachShort, uint StepLong, uint StepShort, int PeriodSecondsLong, int PeriodSecondsShort,
        int DriftLong, uint PhaseLong, uint PhaseShort, Yuv Colour, int Strength)
{
    private const int NodePixels = 1 << NodeGrid.LumaShift;

    /// <param name="level">Pixels.</param>
    public static WaveLayer Create(ref SplitMix64 random, int width, int height, int level, Yuv colour, int strength)
    {
        // A tall frame shows fewer of the same waves, not steeper ones.
        var side = Math.Min(width, height);
        var length = (width * 3 / 4) + (side / 2);
        return new WaveLayer(
            level * 16,
            side * 16 * random.Between(40, 80) / 1000,
            side * 16 * random.Between(14, 26) / 1000,
            Step(length * random.Between(70, 125) / 100),
            Step(length * random.Between(34, 52) / 100),
            random.Between(26, 44),
            random.Between(18, 30),
            random.Between(0, 1) == 0 ? 1 : -1,
            (uint)random.Next(),
            (uint)random.Next(),
            colour,
            strength);
    }

    /// <summary>The height of the front at every node.</summary>
    /// <returns>The highest and the lowest place of it.</returns>
    public (int Top, int Bottom) FrontAt(long frame, FrameRate rate, Span<int> front)
    {
        var turnLong = PhaseLong + ((uint)DriftLong * Swing.Turn(frame, rate, PeriodSecondsLong, 0));
        var turnShort = PhaseShort - ((uint)DriftLong * Swing.Turn(frame, rate, PeriodSecondsShort, 0));
        var (top, bottom) = (int.MaxValue, int.MinValue);
        for (var x = 0; x < front.Length; x++)
        {
            var y = Level + Swing.At(ReachLong, turnLong) + Swing.At(ReachShort, turnShort);
            (top, bottom) = (Math.Min(top, y), Math.Max(bottom, y));
            front[x] = y;
            turnLong += StepLong;
            turnShort += StepShort;
        }

        return (top, bottom);
    }

    private static uint Step(int pixels) => (uint)(((long)NodePixels << 32) / pixels);
}
