using System.Collections.Immutable;
using Url2Video.Farm.Core.Contracts;
using Url2Video.Farm.Core.Planning;

namespace Url2Video.Farm.Core.Outputs;

/// <summary>Everything a film can come out as, in the order in which it is listed.</summary>
public static class FormatCatalog
{
    public static readonly ImmutableArray<FormatInfo> All =
    [
        Film(OutputFormats.Mp4, "mp4", "video.mp4", VideoCodec.H264, SoundCodec.Aac, "MP4: H.264 High, AAC; plays everywhere"),
        new(OutputFormats.Hls, "hls", null, PictureSource.None, VideoCodec.H264, SoundCodec.None, "HLS: playlists over CMAF segments"),
        new(OutputFormats.Dash, "dash", null, PictureSource.None, VideoCodec.H264, SoundCodec.None, "MPEG-DASH: a manifest over the same segments"),
        Film(OutputFormats.Mp4Hevc, "mp4-hevc", "video-hevc.mp4", VideoCodec.Hevc, SoundCodec.Aac, "MP4: HEVC Main (hvc1), AAC"),
        Film(OutputFormats.Mp4Av1, "mp4-av1", "video-av1.mp4", VideoCodec.Av1, SoundCodec.Aac, "MP4: AV1 Main, AAC"),
        Film(OutputFormats.Mov, "mov", "video.mov", VideoCodec.H264, SoundCodec.Aac, "QuickTime: H.264 High, AAC"),
        Film(OutputFormats.ProRes, "prores", "video-prores422.mov", VideoCodec.ProRes422, SoundCodec.Pcm24, "QuickTime: ProRes 422 HQ, 24-bit PCM; for editing"),
        Film(OutputFormats.ProRes4444, "prores4444", "video-prores4444.mov", VideoCodec.ProRes4444, SoundCodec.Pcm24, "QuickTime: ProRes 4444, 24-bit PCM; for grading"),
        Film(OutputFormats.WebM, "webm", "video.webm", VideoCodec.Vp9, SoundCodec.Opus, "WebM: VP9, Opus"),
        Film(OutputFormats.WebMAv1, "webm-av1", "video-av1.webm", VideoCodec.Av1, SoundCodec.Opus, "WebM: AV1, Opus"),
        // AVI has neither presentation times nor edit lists: so no B-frames, and PCM, which alone begins at its first sample. MPEG-4 part 2 cannot say BT.709.
        Film(OutputFormats.Avi, "avi", "video.avi", VideoCodec.H264InOrder, SoundCodec.Pcm16, "AVI: H.264 without B-frames, 16-bit PCM"),
        new(OutputFormats.Gif, "gif", "video.gif", PictureSource.Transcoded, VideoCodec.H264, SoundCodec.None, "GIF: 256 colours chosen for the film, small, silent"),
        new(OutputFormats.Png, "png", "frames.zip", PictureSource.Rung, VideoCodec.Png, SoundCodec.None, "PNG sequence in a ZIP file, nothing lost"),
        Audio(OutputFormats.M4a, "m4a", "audio.m4a", SoundCodec.Aac, "sound only: AAC-LC"),
        Audio(OutputFormats.Mp3, "mp3", "audio.mp3", SoundCodec.Mp3, "sound only: MP3"),
        Audio(OutputFormats.Flac, "flac", "audio.flac", SoundCodec.Flac, "sound only: FLAC, 24 bits, nothing lost"),
        Audio(OutputFormats.Wav, "wav", "audio.wav", SoundCodec.Pcm16, "sound only: WAV, 16 bits, dithered"),
        Audio(OutputFormats.Wav24, "wav24", "audio-24bit.wav", SoundCodec.Pcm24, "sound only: WAV, 24 bits"),
    ];

    /// <summary>All words with commas, for sentences.</summary>
    public static readonly string Words = string.Join(", ", All.Select(f => f.Word));

    /// <summary>What is made when nothing is said.</summary>
    public const OutputFormats Customary = OutputFormats.Mp4 | OutputFormats.Hls | OutputFormats.Dash;

    public static FormatInfo? Find(string word) => All.FirstOrDefault(f => f.Word.Equals(word, StringComparison.OrdinalIgnoreCase));

    public static FormatInfo Of(OutputFormats flag) => All.First(f => f.Flag == flag);

    public static IEnumerable<FormatInfo> In(OutputFormats formats) => All.Where(f => formats.HasFlag(f.Flag));

    private static FormatInfo Film(OutputFormats flag, string word, string file, VideoCodec codec, SoundCodec sound, string summary) =>
        new(flag, word, file, PictureSource.Rung, codec, sound, summary);

    private static FormatInfo Audio(OutputFormats flag, string word, string file, SoundCodec sound, string summary) =>
        new(flag, word, file, PictureSource.None, VideoCodec.H264, sound, summary);
}
