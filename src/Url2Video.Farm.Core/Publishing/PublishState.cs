using System.Collections.Immutable;
using Url2Video.Farm.Core.Contracts;

namespace Url2Video.Farm.Core.Publishing;

/// <summary>What is out of one rung. Codecs and init are those of its first chunk; all later ones must have the same.</summary>
/// <param name="SegmentBytes">File lengths of the segments that are out.</param>
public sealed record PublishedRung(string Name, string Codecs, ArtifactRef Init, ImmutableList<long> SegmentBytes);

/// <summary>
/// Where publication stands. It is memory only: after a crash the same inputs, given again, lead to the same files.
/// </summary>
/// <param name="Waiting">Finished chunks that wait for an earlier one; as many as the project's look-ahead window allows.</param>
/// <param name="Rungs">Empty until the first chunk is out.</param>
/// <param name="ChunksOut">The first so many chunks lie in the media folders.</param>
/// <param name="ChunksNamed">The first so many chunks are named by the playlists.</param>
/// <param name="AudioSegmentsOut">The first so many sound segments lie in the media folders.</param>
public sealed record PublishState(
    PublishSpec Spec,
    ImmutableSortedDictionary<int, ImmutableArray<RungFiles>> Waiting,
    ImmutableArray<PublishedRung> Rungs,
    JobResult.Mixed? Audio,
    ArtifactRef? Captions,
    int ChunksOut,
    int ChunksNamed,
    int AudioSegmentsOut,
    bool IsComplete)
{
    public TrickPlayFiles? TrickPlay { get; init; }

    /// <summary>Whatever there is to wind and seek by is in <see cref="TrickPlay"/>.</summary>
    public bool IsTrickPlayKnown { get; init; }

    public static PublishState Start(PublishSpec spec) =>
        new(spec, ImmutableSortedDictionary<int, ImmutableArray<RungFiles>>.Empty, [], null, null, 0, 0, 0, false);

    /// <summary>True when a package of media files is wanted at all.</summary>
    public bool WritesPackage => (Spec.Formats & (OutputFormats.Hls | OutputFormats.Dash)) != 0;

    /// <summary>True when every file of the film is there.</summary>
    public bool HasAll => ChunksOut == Spec.Plan.Chunks.Length && Audio is not null && (Captions is not null || !Spec.HasCaptions)
        && (IsTrickPlayKnown || Spec.TrickPlay == TrickPlayKinds.None);
}
