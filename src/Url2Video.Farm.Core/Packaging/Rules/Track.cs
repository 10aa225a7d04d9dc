using System.Collections.Immutable;
using Url2Video.Farm.Core.Packaging.Cmaf;

namespace Url2Video.Farm.Core.Packaging.Rules;

/// <summary>What the bytes of one segment say.</summary>
/// <param name="Shift">Ticks from decoding the first sample to showing it, the edit list counted in.</param>
internal sealed record TrackSegment(string Path, long DecodeTime, long Duration, long Shift, long Bytes)
{
    /// <summary>Ticks at which it is shown; what lies before the film's first instant is not.</summary>
    public long Start => Math.Max(0, DecodeTime + Shift);
}

/// <summary>What the bytes of one track say: the truth that playlists and manifests are held against.</summary>
/// <param name="FrameTicks">Of the first picture or packet.</param>
internal sealed record Track(string Name, FragmentInit Init, long FrameTicks, ImmutableArray<TrackSegment> Segments)
{
    /// <summary>Seconds from the track's first shown instant to the end of a segment.</summary>
    public decimal EndSeconds(int segment) => EndOf(segment) - (decimal)Segments[0].Start / Init.Timescale;

    public decimal StartSeconds(int segment) => segment == 0 ? 0 : EndSeconds(segment - 1);

    /// <summary>Seconds from the film's first instant to the end of the track.</summary>
    public decimal End => Segments.IsEmpty ? 0 : EndOf(Segments.Length - 1);

    public decimal Seconds => Segments.IsEmpty ? 0 : EndSeconds(Segments.Length - 1);

    public decimal FrameSeconds => (decimal)FrameTicks / Init.Timescale;

    public bool IsVideo => Init.Kind == TrackKind.Video;

    /// <summary>Bits a second over everything.</summary>
    public decimal AverageRate => Seconds <= 0 ? 0 : Segments.Sum(s => s.Bytes) * 8 / Seconds;

    private decimal EndOf(int segment) => ((decimal)Segments[segment].DecodeTime + Segments[segment].Duration + Segments[segment].Shift) / Init.Timescale;
}
