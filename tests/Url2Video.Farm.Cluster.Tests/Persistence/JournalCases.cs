using System.Collections.Immutable;
using Akka.Actor;
using Url2Video.Farm.Cluster.Persistence;
using Url2Video.Farm.Cluster.Store;
using Url2Video.Farm.Cluster.Tests.Fakes;
using Url2Video.Farm.Core;
using Url2Video.Farm.Core.Contracts;
using Url2Video.Farm.Core.Errors;
using Url2Video.Farm.Core.Jobs;
using Url2Video.Farm.Core.Projects;
using static Url2Video.Farm.Cluster.Tests.Persistence.JournalSystem;

namespace Url2Video.Farm.Cluster.Tests.Persistence;

/// <summary>What every store must do. The cases are the same; only the store differs.</summary>
internal static class JournalCases
{
    private static readonly DateTimeOffset At = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    public static async Task RecoversInOrderAsync(JournalPlace store)
    {
        var (one, two) = (TestFarm.NewId(), TestFarm.NewId());
        await using (var system = await StartAsync(store))
        {
            var (first, second) = (system.Keeper(one), system.Keeper(two));
            await WriteAsync(first, Submitted());
            await WriteAsync(second, Submitted());
            for (var term = 2; term <= 20; term++)
            {
                Assert.Equal((term * 2) - 2, await WriteAsync(first, new ProjectEvent.TermStarted(term, At), new ProjectEvent.Paused(At)) - 1);
            }
        }

        await using var again = await StartAsync(store);
        var (state, recovered) = await again.RecoverAsync(one);
        Assert.Equal((20, ProjectStatus.Paused), (state.Term, state.Status));
        Assert.Equal(39, recovered.Count);
        Assert.Equal(1, (await again.RecoverAsync(two)).State.Term);
    }

    public static async Task KeepsTheOrderOfManyWritersAsync(JournalPlace store)
    {
        await using var system = await StartAsync(store);
        var keepers = Enumerable.Range(0, 40).Select(_ => TestFarm.NewId()).Distinct().Select(id => (Id: id, Actor: system.Keeper(id))).ToList();
        await Task.WhenAll(keepers.Select(async k =>
        {
            await WriteAsync(k.Actor, Submitted());
            await Task.WhenAll(Enumerable.Range(2, 25).Select(term => WriteAsync(k.Actor, new ProjectEvent.TermStarted(term, At))));
        }));

        await using var database = await FarmDatabase.OpenAsync(store.Store);
        var journal = new DatabaseJournal(database);
        foreach (var (id, _) in keepers)
        {
            var events = await journal.EventsAsync(id, 1, 100, CancellationToken.None);
            Assert.Equal(Enumerable.Range(1, 26).Select(n => (long)n), events.Select(e => e.SequenceNr));
            Assert.Equal(Enumerable.Range(2, 25).Select(n => (long)n), events.Skip(1).Select(e => ((ProjectEvent.TermStarted)e.Event).Term));
        }

        Assert.Equal(
            keepers.Select(k => k.Id.Value).Order(StringComparer.Ordinal).Reverse(),
            (await journal.ProjectsAsync(null, 100, CancellationToken.None)).Select(p => p.Value));
    }

    /// <summary>Two lives that both read the journal before either wrote: as after a split that both sides survived.</summary>
    public static async Task RefusesASecondWriterAsync(JournalPlace store)
    {
        var id = TestFarm.NewId();
        await using var one = await StartAsync(store);
        await using var two = await StartAsync(store);
        var first = one.Keeper(id);
        await WriteAsync(first, Submitted());
        var zombie = two.Keeper(id);
        await ReadAsync(zombie);

        await WriteAsync(first, new ProjectEvent.TermStarted(2, At));
        await Assert.ThrowsAnyAsync<Exception>(() => WriteAsync(zombie, new ProjectEvent.TermStarted(3, At), new ProjectEvent.Paused(At)));

        var (state, recovered) = await two.RecoverAsync(id);
        Assert.Equal((2, ProjectStatus.Active, 2), (state.Term, state.Status, recovered.Count));
    }

    /// <summary>
    /// A project moves to another server and back. A server's journal signs with one name as long as it lives, so the events of the first stay
    /// begin and end around another writer's: they are as good as any, for no number is written twice.
    /// </summary>
    public static async Task RecoversWhatMovedAndCameBackAsync(JournalPlace store)
    {
        var id = TestFarm.NewId();
        await using var one = await StartAsync(store);
        await using var two = await StartAsync(store);
        await LiveAsync(one, Submitted());
        await LiveAsync(two, new ProjectEvent.TermStarted(2, At));
        await LiveAsync(one, new ProjectEvent.TermStarted(3, At));
        await LiveAsync(two, new ProjectEvent.TermStarted(4, At), new ProjectEvent.Paused(At));

        var (state, recovered) = await one.RecoverAsync(id);

        Assert.Equal((4, ProjectStatus.Paused, 5), (state.Term, state.Status, recovered.Count));

        async Task LiveAsync(JournalSystem system, params ProjectEvent[] events)
        {
            var keeper = system.Keeper(id);
            await WriteAsync(keeper, events);
            await keeper.GracefulStop(TestFarm.Patience);
        }
    }

    public static async Task StartsFromTheSnapshotAsync(JournalPlace store)
    {
        var id = TestFarm.NewId();
        await using var system = await StartAsync(store);
        var state = await FilmAsync(system, id);

        var (recovered, how) = await system.RecoverAsync(id);

        Assert.Equal(["snapshot", "project-paused/1"], how);
        StateAssert.Same(state.Apply(new ProjectEvent.Paused(At)), recovered);
    }

    public static async Task ReplaysWhenTheSnapshotIsBadAsync(JournalPlace store, string damage)
    {
        var id = TestFarm.NewId();
        await using var system = await StartAsync(store);
        var state = await FilmAsync(system, id);
        await using (var database = await FarmDatabase.OpenAsync(store.Store))
        {
            Assert.Equal(1, await database.ExecuteAsync($"UPDATE snapshot SET {damage}", CancellationToken.None, ("none", new byte[200])));
        }

        var (recovered, how) = await system.RecoverAsync(id);

        Assert.DoesNotContain("snapshot", how);
        Assert.Equal(6, how.Count);
        StateAssert.Same(state.Apply(new ProjectEvent.Paused(At)), recovered);
    }

    /// <summary>Events as the first version of the farm wrote them.</summary>
    public static async Task ReadsTheFirstVersionsFilmAsync(JournalPlace store)
    {
        var id = TestFarm.NewId();
        var lines = await File.ReadAllLinesAsync(Serialization.GoldenFilm.FilePath);
        await using var system = await StartAsync(store);
        await using var database = await FarmDatabase.OpenAsync(store.Store);
        foreach (var (line, index) in lines.Select((l, i) => (l.Split('\t', 2), i)))
        {
            await database.ExecuteAsync(
                """
                INSERT INTO journal (created, deleted, persistence_id, sequence_number, message, manifest, identifier, writer_uuid)
                VALUES (0, FALSE, @id, @nr, @message, @manifest, 9001, 'golden')
                """,
                CancellationToken.None,
                ("id", PersistenceIds.Of(id)),
                ("nr", (long)index + 1),
                ("message", System.Text.Encoding.UTF8.GetBytes(line[1])),
                ("manifest", line[0]));
        }

        var (state, _) = await system.RecoverAsync(id);

        Assert.Equal((ProjectPhase.Completed, 12, 12), (state.Phase, state.ChunksDone, state.ChunksPublished));
        StateAssert.Same(state, (await new DatabaseJournal(database).StateAsync(id, CancellationToken.None)).State);
    }

    /// <summary>Events and a snapshot by one plugin, an event by the other, and the first again.</summary>
    public static async Task GoesOnInTheOtherAsync(JournalPlace first, JournalPlace second)
    {
        var id = TestFarm.NewId();
        await using (var system = await StartAsync(first))
        {
            await FilmAsync(system, id);
        }

        await using (var system = await StartAsync(second))
        {
            Assert.Equal("snapshot", (await system.RecoverAsync(id)).Recovered[0]);
            await WriteAsync(system.Keeper(id), new ProjectEvent.Unpaused(6, At), new ProjectEvent.TermStarted(7, At));
        }

        await using var again = await StartAsync(first);
        var (state, recovered) = await again.RecoverAsync(id);
        Assert.Equal((7, ProjectStatus.Active), (state.Term, state.Status));
        Assert.Equal(["snapshot", "project-paused/1", "project-unpaused/1", "project-term-started/1"], recovered);
    }

    public static async Task CarriesALargeEventAsync(JournalPlace store)
    {
        var id = TestFarm.NewId();
        await using var system = await StartAsync(store);
        var reason = string.Concat(Enumerable.Range(0, 400_000).Select(i => $"ä{i} "));
        await WriteAsync(system.Keeper(id), Submitted(), new ProjectEvent.Cancelled(reason, At));

        Assert.Equal(reason, (await system.RecoverAsync(id)).State.Error!.Message);
    }

    /// <summary>Submitted, ingested, spoken, planned, a chunk, [snapshot], paused. Returns the state at the snapshot.</summary>
    private static async Task<ProjectState> FilmAsync(JournalSystem system, ProjectId id)
    {
        var film = Films.Begun(id, scenes: 3);
        var keeper = system.Keeper(id);
        await WriteAsync(keeper, [.. film.Events]);
        Assert.Equal(5, await SnapshotAsync(keeper));
        await keeper.GracefulStop(TestFarm.Patience);
        await WriteAsync(system.Keeper(id), new ProjectEvent.Paused(At));
        return film.State;
    }

    private static ProjectEvent.Submitted Submitted() => new(FakeFilm.Request(), At);
}
