namespace Url2Video.Farm.Core.Captions;

/// <summary>Bounds of readable captions. Times are in samples of the 48 kHz clock.</summary>
/// <param name="LineCharsMax">Characters of one line; wide (East Asian) characters count twice.</param>
/// <param name="CharsPerSecondTarget">Reading speed that lengthening a cue into the pause after it aims at.</param>
/// <param name="GapSamplesMin">Between two cues, or none at all: at least two frames, so that the change is seen.</param>
public sealed record CaptionStyle(
    int LineCharsMax,
    int LinesMax,
    int CharsPerSecondTarget,
    long CueSamplesMin,
    long CueSamplesMax,
    long GapSamplesMin)
{
    /// <summary>The clock of all times.</summary>
    public const int RateHertz = 48_000;

    /// <summary>Landscape: 42 characters; upright: 22; square and 4:5: 32.</summary>
    /// <param name="fps">For the gap of two frames.</param>
    public static CaptionStyle For(int width, int height, Rational fps)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(width);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(height);
        var chars = 3 * width >= 4 * height ? 42 : 4 * width <= 3 * height ? 22 : 32;
        var twoFrames = (2L * RateHertz * fps.Denominator + fps.Numerator - 1) / fps.Numerator;
        return new CaptionStyle(chars, 2, 17, 39_840, 336_000, twoFrames);
    }
}
