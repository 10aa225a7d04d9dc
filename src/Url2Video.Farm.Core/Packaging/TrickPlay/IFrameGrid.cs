namespace Url2Video.Farm.Core.Packaging.TrickPlay;

/// <summary>
/// Which frames of a film its I-frame rendition shows: one a second, as Apple's authoring rules (6.2) ask, on a grid of whole frames, so that
/// each lasts until the next to the tick.
/// </summary>
public static class IFrameGrid
{
    /// <summary>Frames from one picture to the next: the whole number nearest to a second.</summary>
    public static int StepFrames(Rational fps) => (int)Math.Max(1, ((2 * fps.Numerator) + fps.Denominator) / (2 * fps.Denominator));

    /// <summary>Pictures of a film.</summary>
    public static int Count(long frames, Rational fps) => checked((int)((frames + StepFrames(fps) - 1) / StepFrames(fps)));

    /// <summary>The frame that a picture shows.</summary>
    public static long FrameOf(int index, Rational fps) => (long)index * StepFrames(fps);

    /// <summary>Frames for which a picture stands; the last one until the film is over.</summary>
    public static int FramesOf(int index, long frames, Rational fps) => (int)Math.Min(StepFrames(fps), frames - FrameOf(index, fps));
}
