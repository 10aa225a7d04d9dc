namespace Url2Video.Farm.Media.FFmpeg;

/// <summary>Files of sound that an encoder makes.</summary>
public enum SoundFileKind
{
    /// <summary>24 bits, nothing lost.</summary>
    Flac,

    /// <summary>Opus in WebM, 128 kb/s.</summary>
    OpusWebM,

    /// <summary>MP3, 192 kb/s.</summary>
    Mp3,
}
