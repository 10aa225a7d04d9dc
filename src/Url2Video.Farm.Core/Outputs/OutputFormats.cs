namespace Url2Video.Farm.Core.Contracts;

/// <summary>What the user asked for. Names are stored and cross the wire: frozen.</summary>
[Flags]
public enum OutputFormats
{
    None = 0,
    Mp4 = 1,
    Hls = 2,
    Dash = 4,
    Mp4Hevc = 8,
    Mp4Av1 = 16,
    Mov = 32,
    ProRes = 64,
    ProRes4444 = 128,
    WebM = 256,
    WebMAv1 = 512,
    Avi = 1_024,
    Gif = 2_048,
    Png = 4_096,
    M4a = 8_192,
    Mp3 = 16_384,
    Flac = 32_768,
    Wav = 65_536,
    Wav24 = 131_072,

    /// <summary>The package for players.</summary>
    Package = Hls | Dash,
}
