using System.Text.Json;
using Url2Video.Farm.Cluster.Serialization;
using Url2Video.Farm.Core;
using Url2Video.Farm.Core.Errors;
using Url2Video.Farm.Core.Projects;

namespace Url2Video.Farm.Cluster.Persistence;

/// <summary>Reads the journal past the actors: it wakes nobody and disturbs nobody. Safe for any thread.</summary>
public interface IFarmJournal
{
    /// <summary>Projects with a journal, the newest first: their ids sort by the time of submission.</summary>
    /// <param name="before">Only older ones than this; null from the newest on.</param>
    /// <param name="limit">1..<see cref="Limits.JournalPageProjectsMax"/>.</param>
    Task<IReadOnlyList<ProjectId>> ProjectsAsync(ProjectId? before, int limit, CancellationToken cancellation);

    /// <summary>The events of one project in order; none when there is no such project.</summary>
    /// <param name="from">First sequence number wanted, from 1.</param>
    /// <param name="limit">1..<see cref="Limits.JournalPageEventsMax"/>.</param>
    /// <exception cref="FarmException"><c>ERR_FORMAT</c>: an event is damaged or of a newer farm.</exception>
    Task<IReadOnlyList<JournalEntry>> EventsAsync(ProjectId project, long from, int limit, CancellationToken cancellation);
}

public static class FarmJournalExtensions
{
    /// <summary>The state that the journal folds to, and the number of its last event.</summary>
    /// <exception cref="FarmException"><c>ERR_PROJECT_NOT_FOUND</c>, <c>ERR_FORMAT</c>.</exception>
    public static async Task<(ProjectState State, long SequenceNr)> StateAsync(this IFarmJournal journal, ProjectId project, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(journal);
        var (state, last) = (new ProjectState(project), 0L);
        while (true)
        {
            var page = await journal.EventsAsync(project, last + 1, Limits.JournalPageEventsMax, cancellation).ConfigureAwait(false);
            foreach (var entry in page)
            {
                (state, last) = (state.Apply(entry.Event), entry.SequenceNr);
            }

            if (page.Count < Limits.JournalPageEventsMax)
            {
                return last > 0 ? (state, last) : throw new FarmException(ErrorCodes.ProjectNotFound, $"There is no project {project} in this farm.");
            }
        }
    }
}

/// <summary>One event as it stands in the journal.</summary>
/// <param name="SequenceNr">From 1, without gaps within a project.</param>
/// <param name="Name">Stable word of the event, e.g. <c>u2v.project.chunks-finished.v1</c>.</param>
public sealed record JournalEntry(ProjectId Project, long SequenceNr, string Name, ProjectEvent Event, JsonElement Json)
{
    /// <exception cref="FarmException"><c>ERR_FORMAT</c>.</exception>
    internal static JournalEntry Of(ProjectId project, long sequenceNr, string name, byte[] bytes)
    {
        var type = WireNames.Messages.FirstOrDefault(e => e.Value == name).Key;
        if (type is null || !type.IsAssignableTo(typeof(ProjectEvent)))
        {
            throw new FarmException(ErrorCodes.Format, $"Event {sequenceNr} of {project} is '{name}', which is not known here; it may come from a newer farm.");
        }

        try
        {
            return new JournalEntry(project, sequenceNr, name, (ProjectEvent)FarmJson.Read(bytes, type), JsonDocument.Parse(bytes).RootElement);
        }
        catch (JsonException fault)
        {
            throw new FarmException(ErrorCodes.Format, $"Event {sequenceNr} of {project} ('{name}') cannot be read: {fault.Message}", cause: fault);
        }
    }
}
