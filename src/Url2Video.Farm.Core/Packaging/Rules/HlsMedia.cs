namespace Url2Video.Farm.Core.Packaging.Rules;

/// <summary>How the media of a playlist is wrapped, as its first bytes say.</summary>
internal enum Wrapping
{
    /// <summary>Not looked at, or not known.</summary>
    Unknown,
    FragmentedMp4,
    TransportStream,
    PackedAudio,
}

/// <param name="Track">Null when its media is not, or cannot be, read.</param>
/// <param name="Seconds">By its EXTINF.</param>
internal sealed record MediaPlaylist(HlsText Text, int Segments, decimal Seconds, Wrapping Wrapping, Track? Track);
