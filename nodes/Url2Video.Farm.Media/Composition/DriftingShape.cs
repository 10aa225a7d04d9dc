using Url2Video.Farm.Media.Pixels;

namespace Url2Video.Farm.Media.Composition;

/// <summary>A soft round light that wanders slowly on a closed path. Lengths in 1/16 pixel.</summary>
/// <param name="Strength">Share of its colour at the centre, 0..32767.</param>
internal readonly record struct DriftingShape(
    int CentreX, int CentreY, int ReachX, int ReachY, int Radius, int PeriodSecondsX, int PeriodSecondsY, uint PhaseX, uint PhaseY,
        Yuv Colour, int Strength)
{
    public static DriftingShape Create(ref SplitMix64 random, int width, int height, Yuv colour, int strength)
    {
        var side = Math.Max(width, height) * 16;
        return new DriftingShape(
            random.Between(0, width * 16),
            random.Between(0, height * 16),
            side * random.Between(12, 26) / 100,
            side * random.Between(10, 20) / 100,
            side * random.Between(34, 58) / 100,
            random.Between(17, 29),
            random.Between(19, 31),
            (uint)random.Next(),
            (uint)random.Next(),
            colour,
            strength);
    }

    public (int X, int Y) At(long frame, FrameRate rate) =>
        (CentreX + Swing.At(ReachX, Swing.Turn(frame, rate, PeriodSecondsX, PhaseX)),
            CentreY + Swing.At(ReachY, Swing.Turn(frame, rate, PeriodSecondsY, PhaseY)));
}
