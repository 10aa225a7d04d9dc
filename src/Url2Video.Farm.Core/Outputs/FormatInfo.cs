using System.Collections.Immutable;
using Url2Video.Farm.Core.Contracts;
using Url2Video.Farm.Core.Planning;

namespace Url2Video.Farm.Core.Outputs;

/// <summary>Where the pictures of a format come from.</summary>
public enum PictureSource
{
    /// <summary>It has none, or the package has them.</summary>
    None,

    /// <summary>A rendition that the farm encodes in chunks; the file is joined from them and nothing is encoded again.</summary>
    Rung,

    /// <summary>Decoded from a small H.264 rendition: chunks of it cannot be joined.</summary>
    Transcoded,
}

/// <summary>What the sound of a format is.</summary>
public enum SoundCodec
{
    None,
    Aac,
    Opus,
    Mp3,
    Flac,
    Pcm16,
    Pcm24,
}

/// <summary>One kind of result.</summary>
/// <param name="Word">As people ask for it.</param>
/// <param name="FileName">Under the output folder; null for the packages, which have a layout of their own.</param>
/// <param name="Codec">Of the rendition that it is joined from.</param>
/// <param name="Summary">What is in it, for lists.</param>
public sealed record FormatInfo(
    OutputFormats Flag,
    string Word,
    string? FileName,
    PictureSource Pictures,
    VideoCodec Codec,
    SoundCodec Sound,
    string Summary)
{
    /// <summary>The whole sound without loss is needed, not only the AAC of the package.</summary>
    public bool NeedsTrack => Sound is SoundCodec.Opus or SoundCodec.Mp3 or SoundCodec.Flac or SoundCodec.Pcm16 or SoundCodec.Pcm24;

    /// <summary>Encoders that the last job needs besides those of its renditions.</summary>
    public ImmutableArray<string> Encoders =>
    [
        .. Sound == SoundCodec.Opus ? ["libopus"] : Sound == SoundCodec.Mp3 ? ["libmp3lame"] : ImmutableArray<string>.Empty,
        .. Pictures == PictureSource.Transcoded ? ["gif"] : ImmutableArray<string>.Empty,
    ];
}
