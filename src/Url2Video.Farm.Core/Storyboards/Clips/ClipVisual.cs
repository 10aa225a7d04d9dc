namespace Url2Video.Farm.Core.Storyboards;

public abstract partial record Visual
{
    /// <summary>A video or an animated GIF that plays while the scene is seen.</summary>
    /// <param name="Alt">What is seen, for people who cannot see it.</param>
    /// <param name="Focus">The point that must stay in the picture when it is cropped.</param>
    /// <param name="Camera">Views only: moves by name are for images.</param>
    /// <param name="Sound">Its own sound in the mix; null for none, which is the rule. Needs speed 1.</param>
    public sealed record Clip(
        VisualAsset Asset,
        string Alt,
        ClipCut Cut,
        Point Focus,
        Fit Fit,
        Camera Camera,
        ClipSound? Sound,
        string? Why,
        int? Score) : Visual(Why, Score);
}

/// <summary>Which part of a clip is shown, and how fast. Times count from its first picture.</summary>
/// <param name="MsStart">0..<see cref="MsMax"/>.</param>
/// <param name="MsEnd">The first moment that is not shown, above <paramref name="MsStart"/>; null, or past its end, for the end of the clip.</param>
/// <param name="SpeedThousandths"><see cref="SpeedThousandthsMin"/>..<see cref="SpeedThousandthsMax"/>; 500 is half as fast.</param>
/// <param name="IsLooped">It begins again when it is over; else its last picture stays.</param>
public sealed record ClipCut(int MsStart, int? MsEnd, int SpeedThousandths, bool IsLooped)
{
    public const int NormalSpeed = 1_000;

    /// <summary>Slower is a still picture.</summary>
    public const int SpeedThousandthsMin = 100;

    /// <summary>Faster than this, decoding what is not shown takes longer than everything else.</summary>
    public const int SpeedThousandthsMax = 10_000;

    public const int MsMax = Limits.ClipSecondsMax * 1_000;

    public static ClipCut Whole { get; } = new(0, null, NormalSpeed, false);
}

/// <param name="GainDecibelTenths">−400..120, against the clip's own level.</param>
public sealed record ClipSound(int GainDecibelTenths);
