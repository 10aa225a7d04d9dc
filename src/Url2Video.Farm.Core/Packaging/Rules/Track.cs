using System.Collections.Immutable;
using Url2Video.Farm.Core.Packaging.Cmaf;

namespace Url2Video.Farm.Core.Packaging.Rules;

/// <summary>What the bytes of one segment say.</summary>
internal sealed record TrackSegment(string Path, ulong DecodeTime, ulong Duration, long Bytes);

/// <summary>What the bytes of one track say: the truth that playlists and manifests are held against.</summary>
internal sealed record Track(string Name, CmafInit Init, ImmutableArray<TrackSegment> Segments)
{
    /// <summary>Seconds from the film's first instant to the end of a segment, as presented.</summary>
    public decimal EndSeconds(int segment) =>
        ((decimal)Segments[segment].DecodeTime + Segments[segment].Duration - (Init.Kind == TrackKind.Audio ? Init.MediaTime : 0)) / Init.Timescale;

    public decimal StartSeconds(int segment) => segment == 0 ? 0 : EndSeconds(segment - 1);

    public decimal Seconds => Segments.IsEmpty ? 0 : EndSeconds(Segments.Length - 1);

    /// <summary>Bits a second over everything.</summary>
    public decimal AverageRate => Seconds == 0 ? 0 : Segments.Sum(s => s.Bytes) * 8 / Seconds;
}
