using System.Collections.Immutable;
using Akka.Persistence.Query;
using Akka.Persistence.Sql.Query;
using Akka.Streams;
using Akka.Streams.Dsl;
using Url2Video.Farm.Cluster.Hosting;
using Url2Video.Farm.Core;
using Url2Video.Farm.Core.Projects;

namespace Url2Video.Farm.Cluster.Persistence;

/// <summary>Reads the events of a project from the store of a running farm, past its actor: it answers while the project moves to another server.</summary>
internal sealed class FilmFeed(FarmSystem farm)
{
    private readonly Lazy<SqlReadJournal> _journal = new(() => PersistenceQuery.Get(farm.System).ReadJournalFor<SqlReadJournal>(SqlReadJournal.Identifier));
    private readonly Lazy<ActorMaterializer> _streams = new(() => farm.System.Materializer());

    /// <summary>The events after one, in order, at most so many.</summary>
    public async Task<ImmutableArray<(long SequenceNr, ProjectEvent Event)>> AfterAsync(ProjectId project, long sequenceNr, int countMax, CancellationToken cancellation)
    {
        var found = await _journal.Value
            .CurrentEventsByPersistenceId(PersistenceIds.Of(project), sequenceNr + 1, sequenceNr + countMax)
            .Select(e => (e.SequenceNr, (ProjectEvent)e.Event))
            .RunWith(Sink.Seq<(long, ProjectEvent)>(), _streams.Value)
            .WaitAsync(cancellation)
            .ConfigureAwait(false);
        return [.. found];
    }
}
