using System.Collections.Immutable;
using Url2Video.Farm.Core;
using Url2Video.Farm.Core.Contracts;
using Url2Video.Farm.Core.Planning;
using Url2Video.Farm.Core.Projects;

namespace Url2Video.Farm.Cluster.Tests.Fakes;

/// <summary>Journals of films that were never made, for whoever needs their events.</summary>
internal static class Films
{
    private static readonly DateTimeOffset At = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    /// <summary>A silent film up to its first chunk: five events and the state they fold to.</summary>
    public static (ProjectState State, ImmutableArray<ProjectEvent> Events) Begun(ProjectId id, int scenes)
    {
        var facts = FakeFilm.Facts(scenes);
        facts = facts with { Scenes = [.. facts.Scenes.Select(s => s with { Say = null })] };
        var plan = StandardPlanning.Instance.Plan(facts, [.. facts.Scenes.Select(_ => (SceneSpeech?)null)], FakeFilm.Request()).Value!;
        ImmutableArray<ProjectEvent> events =
        [
            new ProjectEvent.Submitted(FakeFilm.Request() with { Tenant = "acme", Band = Band.Urgent }, At),
            new ProjectEvent.SourceIngested(1, new JobResult.Ingested(Artifact("source"), Artifact("storyboard"), facts, ["A warning."])),
            new ProjectEvent.AttemptFailed("render/000001", 2, null, new("ERR_X", "No."), At),
            new ProjectEvent.Planned(plan),
            new ProjectEvent.ChunksFinished([Chunk(plan, 0)]),
        ];
        return (events.Aggregate(new ProjectState(id), (s, e) => s.Apply(e)), events);
    }

    public static FinishedChunk Chunk(FilmPlan plan, int chunk) => new(chunk, 7, [.. plan.Ladder.Select(rung => new RungFiles(
        rung.Name,
        "avc1.64001e",
        Artifact($"{rung.Name} init"),
        [.. plan.Chunks[chunk].Segments.Select(s => new SegmentFile(s.Index, Artifact($"{rung.Name} {s.Index}"), s.Frames))]))]);

    public static ArtifactRef Artifact(string what) => new(new ArtifactId(FakeFilm.Hash(what)), 1_000 + what.Length);
}
