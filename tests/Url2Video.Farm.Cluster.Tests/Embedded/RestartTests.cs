using Microsoft.Data.Sqlite;
using Url2Video.Farm.Cluster.Hosting;
using Url2Video.Farm.Cluster.Protocol;
using Url2Video.Farm.Cluster.Tests.Fakes;
using Url2Video.Farm.Core;
using Url2Video.Farm.Core.Contracts;
using Url2Video.Farm.Core.Dispatch;
using Url2Video.Farm.Core.Errors;
using Url2Video.Farm.Core.Jobs;
using Url2Video.Farm.Core.Nodes;
using Url2Video.Farm.Core.Projects;
using Url2Video.Farm.Node.Embedded;

namespace Url2Video.Farm.Cluster.Tests.Embedded;

public sealed class RestartTests : IDisposable
{
    private const int Scenes = 6;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Stop_AmidRendering_GoesOnAtTheNextStartAndWorksNothingTwice()
    {
        var id = TestFarm.NewId();
        var gate = new Gate(job => job.Id.Name == "render/000003");
        var before = new FakeFarmhand(Scenes) { Before = gate.PassAsync };
        await using (var farm = await StartAsync(before))
        {
            await farm.SubmitAsync(id, FakeFilm.Request(), _folder["out"]);
            await gate.SomeoneHeld;
        }

        var finished = JournalReader.Finished(_folder, id);
        var after = new FakeFarmhand(Scenes);
        await using var again = await StartAsync(after);
        var end = await again.UntilAsync<FarmProgress.Finished>(id);

        Assert.Equal(ProjectStage.Completed, end.Stage);
        Assert.Empty(after.Worked.Intersect(finished));
        Assert.Empty(after.Worked.Intersect(before.Worked));
        Assert.Contains("render/000003", after.Worked);
        Assert.DoesNotContain(" ERR ", File.ReadAllText(Path.Combine(_folder["data"], "farm.log")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_FolderInUse_IsRefusedWithoutHarm()
    {
        await using var farm = await StartAsync(new FakeFarmhand(Scenes));

        var fault = await Assert.ThrowsAsync<FarmException>(() => StartAsync(new FakeFarmhand(Scenes)));

        Assert.Equal(ErrorCodes.FarmBusy, fault.Error.Code);
        Assert.Empty(await farm.ListAsync());
    }

    [Fact]
    public async Task Dispatcher_Restarted_IsFilledAgainByJobsAndNodes()
    {
        var id = TestFarm.NewId();
        var gate = new Gate(job => job.Work.Kind == JobKind.Render);
        var hand = new FakeFarmhand(Scenes) { Before = gate.PassAsync };
        await using var farm = TestFarm.Start(_folder, hand);
        await farm.SubmitAsync(id, FakeFilm.Request(), _folder["out"]);
        await gate.SomeoneHeld;

        farm.System.System.ActorSelection("/user/dispatcher/singleton").Tell(new Local<DispatchMessage>(null!), Akka.Actor.ActorRefs.NoSender);
        gate.Open();
        var end = await farm.UntilAsync<FarmProgress.Finished>(id);

        Assert.Equal(ProjectStage.Completed, end.Stage);
        Assert.Equal(hand.Worked.Count, hand.Worked.Distinct().Count());
    }

    [Fact]
    public async Task Journal_LockedForAWhile_LosesNothing()
    {
        var id = TestFarm.NewId();
        var gate = new Gate(job => job.Work.Kind == JobKind.Render);
        var hand = new FakeFarmhand(Scenes) { Before = gate.PassAsync };
        await using var farm = TestFarm.Start(_folder, hand, overrides: "akka.persistence.journal.farm-file.circuit-breaker.call-timeout = 300ms");
        await farm.SubmitAsync(id, FakeFilm.Request(), _folder["out"]);
        await gate.SomeoneHeld;

        await using (var locker = new SqliteConnection($"Data Source={Path.Combine(_folder["data"], "journal.db")};Pooling=False"))
        {
            locker.Open();
            Execute(locker, "begin immediate");
            var stuck = farm.UntilAsync<FarmProgress.Warned>(id, w => w.Text.Contains("journal", StringComparison.OrdinalIgnoreCase));
            gate.Open();
            await stuck; // A commit has failed and the project was stopped under its jobs.
            Execute(locker, "rollback");
        }

        var end = await farm.UntilAsync<FarmProgress.Finished>(id);

        Assert.Equal(ProjectStage.Completed, end.Stage);
        Assert.Equal(hand.Worked.Count, hand.Worked.Distinct().Count());
        AssertContinuous(id);
    }

    [SmallDiskFact]
    public async Task Disk_FullThenFreed_SaysSoAndGoesOnByItself()
    {
        var id = TestFarm.NewId();
        Directory.CreateDirectory(_folder["data"]);
        using var disk = new SmallDisk(_folder["data"], "330k");
        var hand = new FakeFarmhand(Scenes);
        await using var farm = await StartAsync(hand);

        await farm.SubmitAsync(id, FakeFilm.Request(), _folder["out"]);
        var full = await farm.UntilAsync<FarmProgress.Finished>(id);
        var finished = JournalReader.Finished(_folder, id);
        var worked = hand.Worked.Count;
        disk.Resize("32m");
        await farm.ResumeAsync(id);
        var end = await farm.UntilAsync<FarmProgress.Finished>(id, f => f.Error?.Code != ErrorCodes.DiskFull);

        Assert.Equal((ProjectStage.Failed, ErrorCodes.DiskFull), (full.Stage, full.Error!.Code));
        Assert.Equal(ProjectStage.Completed, end.Stage);
        Assert.Empty(hand.Worked.Skip(worked).Intersect(finished));
    }

    [Fact]
    public async Task Finished_StaleOrRepeatedOrForged_IsRefusedAndNotJournaled()
    {
        var id = TestFarm.NewId();
        var gate = new Gate(job => job.Id.Name == "render/000001");
        await using var farm = TestFarm.Start(_folder, new FakeFarmhand(Scenes) { Before = gate.PassAsync });
        await farm.SubmitAsync(id, FakeFilm.Request(), _folder["out"]);
        await gate.SomeoneHeld;
        var zombie = new Akka.TestKit.Xunit2.TestKit(farm.System.System).CreateTestProbe();
        var facts = JournalReader.Events(_folder, id).Count(e => e is ProjectEvent.SourceIngested);

        // A job that is over, a lease of long ago, and a key that nobody gave out.
        foreach (var name in new[] { "ingest", "render/000001" })
        {
            var lease = new Lease(new JobId(id, name), 1, new NodeIncarnation(new NodeId("zombie"), 1));
            var report = new JobMessage.Finished(lease, new JobKey(FakeFilm.Hash("forged")), new JobResult.Ingested(null, null, null, []));
            farm.System.Projects.Tell(new JobEnvelope(lease.Job, report, null), zombie);
            var ack = zombie.ExpectMsg<NodeMessage.Ack>(TestFarm.Patience);
            Assert.Equal((lease, AckKind.Stale), (ack.Lease, ack.Kind));
        }

        gate.Open();
        Assert.Equal(ProjectStage.Completed, (await farm.UntilAsync<FarmProgress.Finished>(id)).Stage);
        Assert.Equal((1, 1), (facts, JournalReader.Events(_folder, id).Count(e => e is ProjectEvent.SourceIngested)));
    }

    private Task<EmbeddedFarm> StartAsync(FakeFarmhand hand) =>
        EmbeddedFarm.StartAsync(new FarmOptions { DataDir = _folder["data"], Workers = 2 }, hand.Works);

    // The journal alone must tell the whole film: folded from nothing, with no gap.
    private void AssertContinuous(ProjectId id)
    {
        var state = JournalReader.Events(_folder, id).Aggregate(new ProjectState(id), (s, e) => s.Apply(e));
        Assert.Equal(ProjectPhase.Completed, state.Phase);
    }

    private static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
