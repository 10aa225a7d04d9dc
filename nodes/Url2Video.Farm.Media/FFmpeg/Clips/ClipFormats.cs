namespace Url2Video.Farm.Media.FFmpeg;

/// <summary>The containers and codecs that a clip may have. Everything else of the libraries is out of a stranger's reach.</summary>
internal static class ClipFormats
{
    /// <summary>MP4 and MOV, WebM and Matroska, AVI, GIF: no playlists, no image sequences, nothing that names other files.</summary>
    internal const string Containers = "mov,matroska,avi,gif";

    /// <summary>Decoders by their names; AV1 has several.</summary>
    internal const string Codecs = "h264,hevc,vp8,vp9,libdav1d,libaom-av1,mpeg4,mpeg2video,mjpeg,prores,gif,png";

    private const string H264 = "h264";
    private const string Gif = "gif";

    internal static bool IsH264(int codecId) => NameOf(codecId) == H264;

    /// <summary>GIF has no key pictures to jump to.</summary>
    internal static bool HasKeys(int codecId) => NameOf(codecId) != Gif;

    internal static string NameOf(int codecId) =>
        System.Runtime.InteropServices.Marshal.PtrToStringUTF8(AvCodec.avcodec_get_name(codecId)) ?? "unknown";
}
