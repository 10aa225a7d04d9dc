using System.Collections.Immutable;

namespace Url2Video.Farm.Media.Composition;

/// <summary>When a camera moves, and how it spends the time.</summary>
/// <param name="Delay">Milliseconds after the shot's first frame.</param>
/// <param name="Length">Milliseconds; null: until the last frame the shot is seen.</param>
/// <param name="SpeedPercent">Above 0; 200 takes half the time.</param>
public sealed record CameraTiming(int Delay, int? Length, CubicBezier Ease, int SpeedPercent = 100)
{
    /// <param name="frames">How many the shot is seen.</param>
    internal MoveClock ClockOf(long frames, FrameRate rate)
    {
        var whole = Length is { } length ? length * 1000L : MoveClock.MicrosAt(Math.Max(1, frames - 1), rate) - (Delay * 1000L);
        return new MoveClock(Delay * 1000L, Math.Max(1, whole * 100 / SpeedPercent), Ease);
    }
}

/// <summary>A camera move by its name, in place of the two poses of a <see cref="CameraMove"/>.</summary>
public abstract record CameraMotion(CameraTiming Timing)
{
    /// <summary>
    /// The camera turns before a picture that hangs flat; the lens is chosen so that all of the move stays inside the picture.
    /// </summary>
    /// <param name="DegreesHundredths">From the first frame to the last: right, up and clockwise are positive. At most 60 degrees.</param>
    /// <param name="FieldOfViewHundredths">Across the frame, 10 to 70 degrees.</param>
    public sealed record Turn(CameraTiming Timing, TurnAxis Axis, int DegreesHundredths, int FieldOfViewHundredths) : CameraMotion(Timing);

    /// <summary>From one pose to another.</summary>
    public sealed record Zoom(CameraTiming Timing, CameraPose From, CameraPose To) : CameraMotion(Timing);

    /// <summary>
    /// The camera travels from one distance to another while its lens keeps what is near <paramref name="Subject"/> as large as it is.
    /// </summary>
    /// <param name="Subject">The point of the picture where the subject is; its zoom is not used.</param>
    /// <param name="SubjectMillionths">How wide the subject is, of the frame's shorter side.</param>
    /// <param name="BackgroundCm">From the subject to what lies behind it.</param>
    public sealed record DollyZoom(CameraTiming Timing, CameraPose Subject, int SubjectMillionths, int FromCm, int ToCm, int BackgroundCm)
        : CameraMotion(Timing);

    /// <summary>Along a Catmull-Rom curve that passes through all points; from each to the next takes the same share of the time.</summary>
    /// <param name="Path">At least two: millionths of the room that the view has in the picture, from the top left.</param>
    public sealed record Track(CameraTiming Timing, ImmutableArray<PathPoint> Path, int ZoomMillionths) : CameraMotion(Timing);
}

public enum TurnAxis
{
    Pan,
    Tilt,
    Roll,
    Orbit,
}

/// <summary>A place in the room that a view has: 0 left or top, 1,000,000 right or bottom.</summary>
public readonly record struct PathPoint(int XMillionths, int YMillionths);
