using System.Diagnostics;
using Akka.Actor;
using Url2Video.Farm.Cluster.ReadModels;
using Url2Video.Farm.Cluster.Store;
using Url2Video.Farm.Cluster.Tests.Fakes;
using Url2Video.Farm.Cluster.Tests.Persistence;
using Url2Video.Farm.Core;
using Url2Video.Farm.Core.Contracts;
using Url2Video.Farm.Core.Projects;

namespace Url2Video.Farm.Cluster.Tests.ReadModels;

public sealed class ProjectorActorTests(BothStores stores) : IClassFixture<BothStores>
{
    private const int Projects = 30;
    private const int Terms = 20;
    private static readonly DateTimeOffset At = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    /// <summary>On PostgreSQL they commit out of the order of their places.</summary>
    [Theory]
    [OnSqlite]
    [OnPostgres]
    public async Task Projector_WhileManyWrite_EndsWithAllOfIt(StoreKind kind)
    {
        await using var database = await stores.OpenAsync(kind);
        await using var system = await JournalSystem.StartAsync(database.Store);
        var projector = system.System.ActorOf(Props.Create(() => new ProjectorActor(database)));
        var ids = Enumerable.Range(0, Projects).Select(_ => TestFarm.NewId()).ToList();

        await Task.WhenAll(ids.Select(async id =>
        {
            var keeper = system.Keeper(id);
            await JournalSystem.WriteAsync(keeper, new ProjectEvent.Submitted(FakeFilm.Request(), At));
            for (var term = 2; term <= Terms; term++)
            {
                await JournalSystem.WriteAsync(keeper, new ProjectEvent.TermStarted(term, At));
            }
        }));

        var watch = Stopwatch.StartNew();
        var listing = new ProjectListing(database);
        while (true)
        {
            var rows = (await listing.ListAsync(new ProjectQuery(), CancellationToken.None)).Projects;
            if (rows.Length == Projects && rows.All(r => r.SequenceNr == Terms))
            {
                break;
            }

            Assert.True(watch.Elapsed < TestFarm.Patience, $"{rows.Length} projects, {rows.Sum(r => r.SequenceNr)} events");
            await Task.Delay(50);
        }

        await projector.GracefulStop(TestFarm.Patience);
    }
}
