using System.Collections.Immutable;
using System.Text.Json;
using Url2Video.Farm.Cluster.Persistence;
using Url2Video.Farm.Core.Projects;

namespace Url2Video.Farm.Api.Farm;

/// <summary>One event of a project's journal.</summary>
/// <param name="Nr">From 1, without gaps.</param>
/// <param name="Name">Stable word of the event and its version.</param>
/// <param name="Finished">Names of the jobs whose completion it records.</param>
internal sealed record EventRow(long Nr, string Name, ImmutableArray<string> Finished, JsonElement Event)
{
    public static EventRow Of(JournalEntry entry) => new(entry.SequenceNr, entry.Name, FinishedBy(entry.Event), entry.Json);

    private static ImmutableArray<string> FinishedBy(ProjectEvent fact) => fact switch
    {
        ProjectEvent.SourceIngested => [JobNames.Ingest],
        ProjectEvent.StoryboardWritten => [JobNames.Write],
        ProjectEvent.ScenesSpoken e => [.. e.Scenes.Select(s => JobNames.Speak(s.Scene))],
        ProjectEvent.ChunksFinished e => [.. e.Chunks.Select(c => JobNames.Render(c.Chunk))],
        ProjectEvent.SoundMixed => [JobNames.Mix],
        ProjectEvent.FilmAssembled => [JobNames.Assemble],
        _ => [],
    };
}
