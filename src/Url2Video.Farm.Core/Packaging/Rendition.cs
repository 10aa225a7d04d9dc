using System.Collections.Immutable;
using Url2Video.Farm.Core.Packaging.Cmaf;
using Url2Video.Farm.Core.Planning;

namespace Url2Video.Farm.Core.Packaging;

/// <summary>One published segment as playlists see it.</summary>
/// <param name="Ticks">Presented length; priming that the edit list takes off does not count.</param>
/// <param name="Bytes">Length of the file.</param>
public readonly record struct SegmentEntry(long Ticks, long Bytes);

/// <summary>One track as far as it is published: the first segments of the film without a gap.</summary>
/// <param name="Name">Rung name or <see cref="PackageLayout.Audio"/>.</param>
/// <param name="Codecs">RFC 6381.</param>
/// <param name="Timescale">Ticks a second.</param>
public sealed record Rendition(string Name, string Codecs, uint Timescale, ImmutableArray<SegmentEntry> Segments)
{
    /// <summary>The published part of a rung.</summary>
    /// <param name="bytes">File lengths of the first segments.</param>
    public static Rendition OfVideo(FilmPlan plan, string name, string codecs, IReadOnlyList<long> bytes)
    {
        var clock = VideoClock.For(plan.Fps);
        return Of(plan, name, codecs, clock.Timescale, bytes, slot => (long)clock.Ticks(slot.Frames));
    }

    /// <summary>The published part of the sound.</summary>
    public static Rendition OfAudio(FilmPlan plan, string codecs, IReadOnlyList<long> bytes) =>
        Of(plan, PackageLayout.Audio, codecs, SampleClock.SamplesPerSecond, bytes, slot => HeardSamples(slot, plan.Samples));

    /// <summary>Longest segment of the whole film in whole seconds, halves up: TARGETDURATION, the same in every playlist from the start.</summary>
    public static int TargetSeconds(FilmPlan plan)
    {
        var seconds = 1L;
        foreach (var slot in plan.Chunks.SelectMany(c => c.Segments))
        {
            seconds = Math.Max(seconds, Rounded(slot.Frames * plan.Fps.Denominator, plan.Fps.Numerator));
            seconds = Math.Max(seconds, Rounded(HeardSamples(slot, plan.Samples), SampleClock.SamplesPerSecond));
        }

        return (int)seconds;
    }

    private static Rendition Of(FilmPlan plan, string name, string codecs, uint timescale, IReadOnlyList<long> bytes, Func<SegmentSlot, long> ticks) =>
        new(name, codecs, timescale, [.. plan.Chunks.SelectMany(c => c.Segments).Zip(bytes, (slot, length) => new SegmentEntry(ticks(slot), length))]);

    private static long HeardSamples(SegmentSlot slot, long filmSamples)
    {
        var first = Math.Max(0, (slot.FirstPacket - SampleClock.PrimingPackets) * SampleClock.SamplesPerPacket);
        var end = (slot.FirstPacket + slot.Packets - SampleClock.PrimingPackets) * SampleClock.SamplesPerPacket;
        return Math.Min(end, filmSamples) - first;
    }

    private static long Rounded(long numerator, long denominator) => (2 * numerator + denominator) / (2 * denominator);
}
