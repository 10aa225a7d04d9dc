using Url2Video.Farm.Core.Contracts;

namespace Url2Video.Farm.Core.Projects;

/// <summary>The artifacts of results, in a fixed order.</summary>
internal static class ResultFiles
{
    public static IEnumerable<ArtifactRef> Of(JobResult result) => result switch
    {
        JobResult.Ingested r => new[] { r.SourceDoc, r.Storyboard }.OfType<ArtifactRef>(),
        JobResult.Written r => [r.Storyboard],
        JobResult.Spoken r => Of(r.Speech),
        JobResult.Rendered r => r.Rungs.SelectMany(Of).Concat(Of(r.Measure)),
        JobResult.Mixed r => r.Segments.Select(s => s.File).Prepend(r.Init).Concat(Of(r.Track)).Concat(Of(r.Measure)),
        JobResult.Assembled r => r.Files.Select(f => f.File).Concat(r.TrickPlay?.All() ?? []),
        _ => [],
    };

    /// <summary>What the state knows of the job's result; empty when it has none.</summary>
    public static IEnumerable<ArtifactRef> Of(ProjectState state, DueJob job) => job.Kind switch
    {
        _ when !DueJobs.HasResult(state, job) => [],
        JobKind.Ingest => state.SourceDoc is { } doc ? [doc] : state.Storyboard is { } board ? [board] : [],
        JobKind.Write => [state.Storyboard!.Value],
        JobKind.Speak => Of(state.Speeches[job.Index]!),
        JobKind.Render => state.Chunks[job.Index]!.Rungs.SelectMany(Of).Concat(Of(state.Chunks[job.Index]!.Measure)),
        JobKind.Mix => Of(state.Sound!),
        _ => state.Files!.Value.Select(f => f.File).Concat(state.TrickPlay?.All() ?? []),
    };

    private static IEnumerable<ArtifactRef> Of(ArtifactRef? file) => file is { } present ? [present] : [];

    private static IEnumerable<ArtifactRef> Of(SceneSpeech speech) => [speech.Pcm, speech.Words];

    private static IEnumerable<ArtifactRef> Of(RungFiles rung) => rung.Segments.Select(s => s.File).Prepend(rung.Init);
}
