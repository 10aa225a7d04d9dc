using System.Collections.Immutable;
using System.Text.Json;
using Akka.Persistence.Query;
using Akka.Persistence.Sql.Query;
using Akka.Streams;
using Akka.Streams.Dsl;
using Url2Video.Farm.Cluster.Hosting;
using Url2Video.Farm.Cluster.Persistence;
using Url2Video.Farm.Cluster.Serialization;
using Url2Video.Farm.Core;
using Url2Video.Farm.Core.Errors;
using Url2Video.Farm.Core.Projects;

namespace Url2Video.Farm.Api.Farm;

/// <summary>Journals of projects as the running farm reads them, on either store.</summary>
internal sealed class ProjectJournal(FarmSystem farm)
{
    /// <summary>The events of one project from <paramref name="from"/> on, at most <paramref name="count"/>.</summary>
    /// <exception cref="FarmException">ERR_PROJECT_NOT_FOUND.</exception>
    public async Task<ImmutableArray<JournalEntry>> EventsAsync(ProjectId project, long from, int count, CancellationToken cancellation)
    {
        var found = await PersistenceQuery.Get(farm.System)
            .ReadJournalFor<SqlReadJournal>(SqlReadJournal.Identifier)
            .CurrentEventsByPersistenceId(PersistenceIds.Of(project), from, long.MaxValue)
            .Take(count)
            .Select(e => Entry(project, e))
            .RunWith(Sink.Seq<JournalEntry>(), farm.System.Materializer())
            .WaitAsync(cancellation)
            .ConfigureAwait(false);
        return found.Count > 0 || from > 1 ? [.. found] : throw NotFound(project);
    }

    /// <summary>The state that the whole journal folds to.</summary>
    /// <exception cref="FarmException">ERR_PROJECT_NOT_FOUND.</exception>
    public async Task<ProjectState> StateAsync(ProjectId project, CancellationToken cancellation)
    {
        var state = await PersistenceQuery.Get(farm.System)
            .ReadJournalFor<SqlReadJournal>(SqlReadJournal.Identifier)
            .CurrentEventsByPersistenceId(PersistenceIds.Of(project), 1, long.MaxValue)
            .RunWith(Sink.Aggregate<EventEnvelope, ProjectState>(new ProjectState(project), (s, e) => s.Apply((ProjectEvent)e.Event)), farm.System.Materializer())
            .WaitAsync(cancellation)
            .ConfigureAwait(false);
        return state.Phase != ProjectPhase.New ? state : throw NotFound(project);
    }

    private static JournalEntry Entry(ProjectId project, EventEnvelope envelope)
    {
        var fact = (ProjectEvent)envelope.Event;
        return new JournalEntry(project, envelope.SequenceNr, WireNames.Messages[fact.GetType()], fact, JsonDocument.Parse(FarmJson.Write((object)fact)).RootElement);
    }

    private static FarmException NotFound(ProjectId project) =>
        new(ErrorCodes.ProjectNotFound, $"There is no project {project}.", "`pbm project list` lists them.");
}
