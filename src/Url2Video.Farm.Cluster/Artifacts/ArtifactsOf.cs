using System.Diagnostics;
using Url2Video.Farm.Core;
using Url2Video.Farm.Core.Contracts;

namespace Url2Video.Farm.Cluster.Artifacts;

/// <summary>Which artifacts a record stands on.</summary>
internal static class ArtifactsOf
{
    public static IEnumerable<ArtifactRef> Result(JobResult result) => result switch
    {
        JobResult.Ingested r => Present(r.SourceDoc, r.Storyboard),
        JobResult.Written r => [r.Storyboard],
        JobResult.Spoken r => [r.Speech.Pcm, r.Speech.Words],
        JobResult.Rendered r => r.Rungs.SelectMany(rung => rung.Segments.Select(s => s.File).Prepend(rung.Init)),
        JobResult.Mixed r => r.Segments.Select(s => s.File).Prepend(r.Init),
        JobResult.Assembled r => r.Files.Select(f => f.File),
        _ => throw new UnreachableException($"No artifacts known of {result.GetType().Name}."),
    };

    private static IEnumerable<ArtifactRef> Present(params ArtifactRef?[] maybe) => maybe.OfType<ArtifactRef>();
}
