using System.Collections.Immutable;

namespace Url2Video.Farm.Core.Storyboards;

public enum CameraMoveKind
{
    /// <summary>The camera turns to a side.</summary>
    Pan,

    /// <summary>It looks up or down.</summary>
    Tilt,

    /// <summary>It turns about its own axis.</summary>
    Roll,

    /// <summary>It walks on an arc about the picture and keeps looking at its middle.</summary>
    Orbit,

    /// <summary>The lens changes.</summary>
    Zoom,

    /// <summary>It travels while the lens keeps the subject as large as it is: the background grows or shrinks.</summary>
    DollyZoom,

    /// <summary>It follows a curve through points.</summary>
    Tracking,
}

/// <summary>A camera move by its name over a picture that hangs flat before it. What a kind does not use is left at its default.</summary>
/// <param name="MsDelay">Before it begins, 0..60000.</param>
/// <param name="Ms">How long it takes, 100..600000; null: the whole time the scene is seen.</param>
public sealed record CameraMove(CameraMoveKind Kind, int MsDelay, int? Ms, Curve Easing)
{
    public const int MsDelayMax = 60_000;

    public const int MsMax = 600_000;

    /// <summary>Beyond it a flat picture has nothing left to show.</summary>
    public const int DegreesHundredthsMax = 6_000;

    public const int PointsMax = 16;

    /// <summary>Percent of the way, in hundredths.</summary>
    public const int PathScale = 10_000;

    /// <summary>Lenses that exist for a film camera, in tenths of a millimetre.</summary>
    public const int FocalMmTenthsMin = 80;

    public const int FocalMmTenthsMax = 3_000;

    /// <summary>By how much it turns, from nothing; negative is left, down or anticlockwise.</summary>
    public int DegreesHundredths { get; init; }

    /// <summary>How much a turning camera sees across, in hundredths of a degree.</summary>
    public int FieldOfViewHundredths { get; init; } = 3_500;

    /// <summary>Of a zoom at both ends, and of a tracking camera all the time (the first); ten-thousandths.</summary>
    public int ZoomFrom { get; init; } = Point.Scale;

    public int ZoomTo { get; init; } = Point.Scale;

    /// <summary>Where a tracking camera looks, in hundredths of a percent of the room it has in the picture.</summary>
    public ImmutableArray<Point> Path { get; init => field = value.IsDefault ? [] : value; } = [];

    public int FromCm { get; init; } = 1_000;

    public int ToCm { get; init; } = 500;

    /// <summary>How far the background is behind the subject.</summary>
    public int BackgroundCm { get; init; } = 1_000;

    public int FocalMmTenths { get; init; } = 350;

    /// <summary>How wide the subject is, in ten-thousandths of the frame's shorter side; it lies at the picture's focus.</summary>
    public int Subject { get; init; } = 4_500;

    /// <summary>How fast, in percent: 200 takes half the time.</summary>
    public int SpeedPercent { get; init; } = 100;

    /// <summary>How much of the move is made, in percent.</summary>
    public int IntensityPercent { get; init; } = 100;
}
