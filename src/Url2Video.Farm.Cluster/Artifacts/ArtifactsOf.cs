using System.Diagnostics;
using Url2Video.Farm.Core;
using Url2Video.Farm.Core.Contracts;
using Url2Video.Farm.Core.Projects;

namespace Url2Video.Farm.Cluster.Artifacts;

/// <summary>Which artifacts a record stands on.</summary>
internal static class ArtifactsOf
{
    public static IEnumerable<ArtifactRef> Result(JobResult result) => result switch
    {
        JobResult.Ingested r => Present(r.SourceDoc, r.Storyboard),
        JobResult.Written r => [r.Storyboard],
        JobResult.Spoken r => [r.Speech.Pcm, r.Speech.Words],
        JobResult.Rendered r => r.Rungs.SelectMany(rung => rung.Segments.Select(s => s.File).Prepend(rung.Init)).Concat(Present(r.Measure)),
        JobResult.Mixed r => r.Segments.Select(s => s.File).Prepend(r.Init).Concat(Present(r.Track, r.Measure)),
        JobResult.Assembled r => r.Files.Select(f => f.File).Concat(r.TrickPlay?.All() ?? []),
        _ => throw new UnreachableException($"No artifacts known of {result.GetType().Name}."),
    };

    /// <summary>Every artifact that a project's state names, some more than once.</summary>
    public static IEnumerable<ArtifactRef> State(ProjectState state) => Present(state.SourceDoc, state.Storyboard)
        .Concat(state.Speeches.OfType<SceneSpeech>().SelectMany(s => new[] { s.Pcm, s.Words }))
        .Concat(state.Chunks.OfType<FinishedChunk>().SelectMany(c => c.Rungs).SelectMany(r => r.Segments.Select(s => s.File).Prepend(r.Init)))
        .Concat(Present([.. state.Chunks.Select(c => c?.Measure)]))
        .Concat(state.Sound is { } sound ? Result(sound) : [])
        .Concat(state.Files?.Select(f => f.File) ?? [])
        .Concat(state.TrickPlay?.All() ?? []);

    private static IEnumerable<ArtifactRef> Present(params ArtifactRef?[] maybe) => maybe.OfType<ArtifactRef>();
}
