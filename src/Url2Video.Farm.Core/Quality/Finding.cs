namespace Url2Video.Farm.Core.Quality;

/// <summary>One thing that is not as it should be, or worth knowing.</summary>
/// <param name="Code">One of <see cref="FindingCodes"/>; never changes its meaning.</param>
/// <param name="StartMs">Where in the film it begins.</param>
/// <param name="EndMs">Where it ends; for what concerns the whole film, its length.</param>
/// <param name="Scene">The scene's id; null for what is not of one scene.</param>
/// <param name="Measured">In <paramref name="Unit"/>.</param>
/// <param name="Bound">What would have been right, likewise.</param>
/// <param name="Message">A sentence.</param>
/// <param name="WayOut">What a person can do about it.</param>
public sealed record Finding(
    string Code,
    Severity Severity,
    long StartMs,
    long EndMs,
    string? Scene,
    decimal Measured,
    decimal Bound,
    string Unit,
    string Message,
    string WayOut);

/// <summary>Every code a finding may have. A code is added, never renamed.</summary>
public static class FindingCodes
{
    public const string Size = "QC_SIZE";
    public const string FrameCount = "QC_FRAME_COUNT";
    public const string FrameRate = "QC_FRAME_RATE";
    public const string Unmeasured = "QC_UNMEASURED";
    public const string Black = "QC_BLACK";
    public const string Frozen = "QC_FROZEN";
    public const string Flash = "QC_FLASH";
    public const string RedFlash = "QC_RED_FLASH";
    public const string Banding = "QC_BANDING";
    public const string Blur = "QC_BLUR";
    public const string Blocks = "QC_BLOCKS";
    public const string TooDark = "QC_TOO_DARK";
    public const string TooBright = "QC_TOO_BRIGHT";
    public const string Contrast = "QC_CONTRAST";
    public const string SafeArea = "QC_SAFE_AREA";
    public const string Palette = "QC_PALETTE";
    public const string LogoSize = "QC_LOGO_SIZE";
    public const string LogoSpace = "QC_LOGO_SPACE";
    public const string CaptionSpeed = "QC_CAPTION_SPEED";
    public const string CaptionLine = "QC_CAPTION_LINE";
    public const string CaptionShort = "QC_CAPTION_SHORT";
    public const string Loudness = "QC_LOUDNESS";
    public const string TruePeak = "QC_TRUE_PEAK";
    public const string Clipping = "QC_CLIPPING";
    public const string Silence = "QC_SILENCE";
    public const string Sync = "QC_SYNC";
}
