namespace Url2Video.Farm.Media.FFmpeg;

/// <summary>Containers that coded tracks are joined in.</summary>
public enum ContainerFormat
{
    Mp4,
    Mov,
    WebM,
    Avi,

    /// <summary>MP4 with sound only.</summary>
    M4a,
}

internal static class ContainerFormats
{
    internal static string MuxerOf(ContainerFormat format) => format switch
    {
        ContainerFormat.Mp4 => "mp4",
        ContainerFormat.Mov => "mov",
        ContainerFormat.WebM => "webm",
        ContainerFormat.Avi => "avi",
        ContainerFormat.M4a => "ipod",
        _ => throw new ArgumentOutOfRangeException(nameof(format), format, null),
    };
}
