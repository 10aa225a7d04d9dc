namespace Url2Video.Farm.Api.Playback;

/// <summary>What players are told about a file of a package.</summary>
internal static class MediaTypes
{
    public static string Of(string path) => Path.GetExtension(path).ToLowerInvariant() switch
    {
        ".m3u8" => "application/vnd.apple.mpegurl",
        ".mpd" => "application/dash+xml",
        ".m4s" or ".mp4" when path.StartsWith("media/audio/", StringComparison.Ordinal) => "audio/mp4",
        ".m4s" or ".mp4" => "video/mp4",
        ".mov" => "video/quicktime",
        ".webm" => "video/webm",
        ".avi" => "video/x-msvideo",
        ".gif" => "image/gif",
        ".zip" => "application/zip",
        ".m4a" => "audio/mp4",
        ".mp3" => "audio/mpeg",
        ".flac" => "audio/flac",
        ".wav" => "audio/wav",
        ".vtt" => "text/vtt; charset=utf-8",
        ".srt" => "application/x-subrip; charset=utf-8",
        ".json" => "application/json",
        ".jpg" or ".jpeg" => "image/jpeg",
        ".png" => "image/png",
        _ => "application/octet-stream",
    };

    /// <summary>Playlists and manifests grow while the film is made; everything else is what it is.</summary>
    public static bool IsGrowing(string path) => Path.GetExtension(path) is ".m3u8" or ".mpd";
}
