using System.Text.Json;
using Url2Video.Farm.Cluster.Persistence;
using Url2Video.Farm.Cluster.Serialization;
using Url2Video.Farm.Cluster.Store;
using Url2Video.Farm.Core;
using Url2Video.Farm.Core.Errors;
using Url2Video.Farm.Core.Projects;

namespace Url2Video.Farm.Cluster.Artifacts.Sweeping;

/// <summary>
/// Reads what the whole store names: journals of all projects whatever became of them (each may be retried, watched or downloaded), packages, logs,
/// results for use again; and what the documents name that a film is made from. The journal last, because what others hold goes into it.
/// </summary>
internal sealed class MarkReader(FarmDatabase database, ArtifactStore artifacts)
{
    private readonly ArtifactMarks _marks = new();
    private readonly Dictionary<ArtifactRef, string> _documents = [];
    private readonly HashSet<string> _ended = new(StringComparer.Ordinal);

    /// <exception cref="FarmException">A document of a film that goes on cannot be read (<c>ERR_ARTIFACT_MISSING</c> and others), an event is of a newer
    /// farm (<c>ERR_FORMAT</c>), or there are too many files (<c>ERR_TOO_LARGE</c>): nothing may be swept.</exception>
    public async Task<ArtifactMarks> RunAsync(CancellationToken cancellation)
    {
        await database.EachAsync("SELECT result FROM farm_result", r => _marks.AddAll(r.GetFieldValue<byte[]>(0)), cancellation).ConfigureAwait(false);
        await database.EachAsync("SELECT sha256 FROM farm_package_file", r => _marks.Add(r.GetString(0)), cancellation).ConfigureAwait(false);
        await database.EachAsync("SELECT sha256 FROM farm_job_log", r => _marks.Add(r.GetString(0)), cancellation).ConfigureAwait(false);
        await database.EachAsync(
            "SELECT persistence_id, manifest, message FROM journal",
            r => Event(r.GetString(0), r.IsDBNull(1) ? string.Empty : r.GetString(1), r.GetFieldValue<byte[]>(2)),
            cancellation).ConfigureAwait(false);
        await database.EachAsync("SELECT id FROM farm_project WHERE ended_ms IS NOT NULL", r => _ended.Add(r.GetString(0)), cancellation).ConfigureAwait(false);
        foreach (var (document, journal) in _documents)
        {
            await DocumentAsync(document, journal, cancellation).ConfigureAwait(false);
        }

        return _marks;
    }

    private void Event(string journal, string manifest, byte[] message)
    {
        _marks.AddAll(message);
        if (manifest == WireNames.Messages[typeof(ProjectEvent.SourceIngested)])
        {
            var result = Read<ProjectEvent.SourceIngested>(message, journal).Result;
            Document(result.SourceDoc, journal);
            Document(result.Storyboard, journal);
        }
        else if (manifest == WireNames.Messages[typeof(ProjectEvent.StoryboardWritten)])
        {
            Document(Read<ProjectEvent.StoryboardWritten>(message, journal).Result.Storyboard, journal);
        }
        else if (PersistenceIds.TryProject(journal, out _) && !WireNames.Messages.Values.Contains(manifest))
        {
            // It may name documents that name files.
            throw new FarmException(ErrorCodes.Format, $"An event of {journal} is '{manifest}', which is not known here.", "Sweep with the newest version of the farm.");
        }
    }

    private static T Read<T>(byte[] message, string journal)
    {
        try
        {
            return (T)FarmJson.Read(message, typeof(T));
        }
        catch (JsonException fault)
        {
            throw new FarmException(ErrorCodes.Format, $"An event of {journal} cannot be read: {fault.Message}", cause: fault);
        }
    }

    private void Document(ArtifactRef? document, string journal)
    {
        if (document is { } named)
        {
            _documents[named] = journal;
        }
    }

    private async Task DocumentAsync(ArtifactRef document, string journal, CancellationToken cancellation)
    {
        try
        {
            _marks.AddAll(await artifacts.ReadAsync(document, Limits.SourceDocBytesMax, cancellation).ConfigureAwait(false));
        }
        catch (FarmException) when (PersistenceIds.TryProject(journal, out var project) && _ended.Contains(project.Value))
        {
            // Lost already. A retry makes it again from its source; until then what it named cannot be known.
        }
    }
}
