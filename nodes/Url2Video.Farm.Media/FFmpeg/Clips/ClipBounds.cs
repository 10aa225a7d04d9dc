namespace Url2Video.Farm.Media.FFmpeg;

/// <summary>What a clip may be; judged before, and again while it is decoded.</summary>
public sealed record ClipBounds(int SecondsMax, int PacketsMax, int PixelsMax)
{
    /// <summary>An hour, at up to 120 pictures a second, of 4096×2304.</summary>
    public static ClipBounds Default { get; } = new(3_600, 432_000, 4_096 * 2_304);
}

/// <summary>A clip cannot be opened or decoded; the message begins with the name it was given.</summary>
public sealed class ClipException : Exception
{
    public ClipException(string name, FFmpegException cause) : base($"{name}: {cause.Message}", cause) => Kind = cause.Kind;

    public FFmpegErrorKind Kind { get; }
}
