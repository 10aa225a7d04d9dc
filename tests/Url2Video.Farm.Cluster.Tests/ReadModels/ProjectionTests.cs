using Url2Video.Farm.Cluster.Persistence;
using Url2Video.Farm.Cluster.ReadModels;
using Url2Video.Farm.Cluster.Store;
using Url2Video.Farm.Cluster.Tests.Fakes;
using Url2Video.Farm.Core;
using Url2Video.Farm.Core.Contracts;
using Url2Video.Farm.Core.Errors;
using Url2Video.Farm.Core.Projects;

namespace Url2Video.Farm.Cluster.Tests.ReadModels;

public sealed class ProjectionTests(BothStores stores) : IClassFixture<BothStores>
{
    private static readonly CancellationToken None = CancellationToken.None;
    private static readonly DateTimeOffset At = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [OnSqlite]
    [OnPostgres]
    public async Task Sweep_OfAnEmptyReadModel_HasEveryProjectAsItsJournalFolds(StoreKind kind)
    {
        await using var database = await stores.OpenAsync(kind);
        var id = TestFarm.NewId();
        var (state, events) = Films.Begun(id, 3);
        await database.WriteAsync(id, 1, events);
        var projection = await NewAsync(database);

        await projection.SweepAsync(None);

        var row = await new ProjectListing(database).FindAsync(id, None);
        Assert.Equal(ProjectRow.Of(state, 5), row);
        Assert.Equal(("acme", Band.Urgent, ProjectStage.Rendering, 1), (row!.Tenant, row.Band, row.Stage, row.ChunksDone));
        Assert.Equal(0, await projection.LagAsync(None));
    }

    [Theory]
    [OnSqlite]
    [OnPostgres]
    public async Task Apply_EventsDoubledLateAndMissing_EndsWhereTheJournalDoes(StoreKind kind)
    {
        await using var database = await stores.OpenAsync(kind);
        var id = TestFarm.NewId();
        var (state, events) = Films.Begun(id, 3);
        await database.WriteAsync(id, 1, events);
        var projection = await NewAsync(database);

        await projection.ApplyAsync([new(2, id, 2, events[1])], None);
        await projection.ApplyAsync([new(5, id, 5, events[4]), new(1, id, 1, events[0])], None);
        await projection.ApplyAsync([new(3, id, 3, events[2])], None);

        Assert.Equal(ProjectRow.Of(state, 5), await new ProjectListing(database).FindAsync(id, None));
        Assert.Equal(5, projection.Position);
    }

    [Theory]
    [OnSqlite]
    [OnPostgres]
    public async Task Sweep_AnEventCommittedBehindThePosition_IsFound(StoreKind kind)
    {
        await using var database = await stores.OpenAsync(kind);
        var (slow, quick) = (TestFarm.NewId(), TestFarm.NewId());
        var (_, events) = Films.Begun(slow, 1);
        await database.WriteAsync(slow, 1, events[0]);
        var projection = await NewAsync(database);
        await projection.SweepAsync(None);

        // The feed has gone past the place of an event of the slow one: its transaction hung while others committed.
        await database.WriteAsync(slow, 2, events[1]);
        await projection.ApplyAsync([new(1_000, quick, 1, events[0])], None);
        Assert.Equal(1, (await new ProjectListing(database).FindAsync(slow, None))!.SequenceNr);

        await projection.SweepAsync(None);

        Assert.Equal(2, (await new ProjectListing(database).FindAsync(slow, None))!.SequenceNr);
    }

    [Theory]
    [OnSqlite]
    [OnPostgres]
    public async Task Load_AfterARestart_GoesOnWhereTheLastOneStood(StoreKind kind)
    {
        await using var database = await stores.OpenAsync(kind);
        var id = TestFarm.NewId();
        var (_, events) = Films.Begun(id, 1);
        await database.WriteAsync(id, 1, events[..2]);
        var first = await NewAsync(database);
        await first.SweepAsync(None);

        await database.WriteAsync(id, 3, events[2..]);
        var second = await NewAsync(database);
        Assert.Equal((first.Position, 3), (second.Position, await second.LagAsync(None)));
        await second.SweepAsync(None);

        Assert.Equal(5, (await new ProjectListing(database).FindAsync(id, None))!.SequenceNr);
    }

    [Theory]
    [OnSqlite]
    [OnPostgres]
    public async Task Sweep_AProjectWithAnEventOfANewerFarm_ShowsItAsFarAsItCanBeRead(StoreKind kind)
    {
        await using var database = await stores.OpenAsync(kind);
        var (odd, other) = (TestFarm.NewId(), TestFarm.NewId());
        var (_, events) = Films.Begun(odd, 1);
        await database.WriteAsync(odd, 1, events);
        await database.WriteAsync(other, 1, events[0]);
        await database.ExecuteAsync("UPDATE journal SET manifest = 'u2v.project.new.v9' WHERE sequence_number = 4", None);
        var projection = await NewAsync(database);

        await projection.SweepAsync(None);

        Assert.Equal(3, (await new ProjectListing(database).FindAsync(odd, None))!.SequenceNr);
        Assert.NotNull(await new ProjectListing(database).FindAsync(other, None));
    }

    [Theory]
    [OnSqlite]
    [OnPostgres]
    public async Task List_ByTenantStageTextAndPage_FindsWhatWasAskedFor(StoreKind kind)
    {
        await using var database = await stores.OpenAsync(kind);
        var projection = await NewAsync(database);
        var ids = Enumerable.Range(0, 7).Select(i => IdOf(i)).ToList();
        foreach (var (id, i) in ids.Select((id, i) => (id, i)))
        {
            var (_, events) = Films.Begun(id, 1);
            var order = (ProjectEvent.Submitted)events[0];
            await database.WriteAsync(id, 1, order with { Request = order.Request with { Tenant = i % 2 == 0 ? "acme" : "100%_\\" } });
            if (i == 3)
            {
                await database.WriteAsync(id, 2, [.. events.Skip(1), new ProjectEvent.Failed(new FarmError("ERR_X", "No.", "Try.", true), At)]);
            }
        }

        await projection.SweepAsync(None);
        var listing = new ProjectListing(database);

        var first = await listing.ListAsync(new ProjectQuery(Limit: 4), None);
        var second = await listing.ListAsync(new ProjectQuery(Limit: 4, Before: first.Next), None);
        Assert.Equal(ids.AsEnumerable().Reverse(), first.Projects.Concat(second.Projects).Select(p => p.Id));
        Assert.Null(second.Next);
        Assert.Equal(3, (await listing.ListAsync(new ProjectQuery(Tenant: "100%_\\"), None)).Projects.Length);
        var failed = Assert.Single((await listing.ListAsync(new ProjectQuery(Stage: ProjectStage.Failed), None)).Projects);
        Assert.Equal(new FarmError("ERR_X", "No.", "Try.", true), failed.Error);
        Assert.Equal(ids[3], Assert.Single((await listing.ListAsync(new ProjectQuery(Text: "film of NOTHING"), None)).Projects).Id);
        Assert.Equal(ids[5], Assert.Single((await listing.ListAsync(new ProjectQuery(Text: ids[5].Value[20..]), None)).Projects).Id);
        Assert.Empty((await listing.ListAsync(new ProjectQuery(Text: "%"), None)).Projects);
        var fault = await Assert.ThrowsAsync<FarmException>(() => listing.ListAsync(new ProjectQuery(Limit: 101), None));
        Assert.Equal(ErrorCodes.InvalidArgument, fault.Error.Code);
    }

    private static ProjectId IdOf(int i) => Url2Video.Farm.Cluster.Hosting.ProjectIds.New(1_700_000_000_000 + i, [1, 2, 3, 4, 5, 6, 7, 8, 9, (byte)i]);

    private static async Task<Projection> NewAsync(FarmDatabase database)
    {
        var projection = new Projection(database, new DatabaseJournal(database));
        await projection.LoadAsync(None);
        return projection;
    }
}
