using System.Collections.Immutable;
using Url2Video.Farm.Cluster.Nodes;
using Url2Video.Farm.Cluster.Tests.Fakes;
using Url2Video.Farm.Cluster.Tests.Serialization;
using Url2Video.Farm.Core;
using Url2Video.Farm.Core.Contracts;
using Url2Video.Farm.Core.Errors;
using Url2Video.Farm.Core.Jobs;
using Url2Video.Farm.Core.Projects;

namespace Url2Video.Farm.Cluster.Tests.Embedded;

public sealed class EmbeddedFarmTests : IDisposable
{
    private const int Scenes = 6;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Submit_UndisturbedFilm_CompletesWithEveryFileAndEachJobWorkedOnce()
    {
        var hand = new FakeFarmhand(Scenes);
        await using var farm = TestFarm.Start(_folder, hand);
        var id = TestFarm.NewId();

        await farm.SubmitAsync(id, FakeFilm.Request(), _folder["out"]);
        var end = await farm.UntilAsync<FarmProgress.Finished>(id);

        Assert.Equal((ProjectStage.Completed, null), (end.Stage, end.Error));
        Assert.All(end.Files, name => Assert.True(File.Exists(Path.Combine(_folder["out"], name)), name));
        Assert.Contains("video.mp4", end.Files);
        Assert.Equal(FakeFilm.Bytes("mp4", 4_096), File.ReadAllBytes(Path.Combine(_folder["out"], "video.mp4")));
        Assert.Equal(hand.Worked.Count, hand.Worked.Distinct().Count());
        Assert.Empty(Directory.EnumerateFiles(_folder["out"], ".u2v-*", SearchOption.AllDirectories));
        GoldenFilm.Write(JournalReader.Rows(_folder, id));
    }

    [Fact]
    public async Task Submit_SameIdAgain_IsTheSameProject()
    {
        await using var farm = TestFarm.Start(_folder, new FakeFarmhand(Scenes));
        var id = TestFarm.NewId();

        await farm.SubmitAsync(id, FakeFilm.Request(), _folder["out"]);
        await farm.SubmitAsync(id, FakeFilm.Request(OutputFormats.Mp4), _folder["elsewhere"]);
        await farm.UntilAsync<FarmProgress.Finished>(id);

        var listed = Assert.Single(await farm.ListAsync());
        Assert.Equal((id, ProjectStage.Completed, _folder["out"], "A film of nothing"), (listed.Id, listed.Stage, listed.OutDir, listed.Title));
        Assert.Single(JournalReader.Events(_folder, id).OfType<ProjectEvent.Submitted>());
    }

    [Fact]
    public async Task Job_FailsForGood_FailsTheFilmWithItsOwnWordsAndLeavesNothingHalf()
    {
        var hand = new FakeFarmhand(Scenes)
        {
            Before = (job, _) => job.Work.Kind == JobKind.Ingest
                ? throw new FarmException(ErrorCodes.NoText, "The page has no text.", "Try another page.")
                : Task.CompletedTask,
        };
        await using var farm = TestFarm.Start(_folder, hand);
        var id = TestFarm.NewId();

        await farm.SubmitAsync(id, FakeFilm.Request(), _folder["out"]);
        var end = await farm.UntilAsync<FarmProgress.Finished>(id);

        Assert.Equal((ProjectStage.Failed, ErrorCodes.NoText, "Try another page."), (end.Stage, end.Error!.Code, end.Error.WayOut));
        Assert.Empty(Directory.EnumerateFileSystemEntries(_folder["out"]));
    }

    [Fact]
    public async Task Job_FailsOnce_IsTriedAgainAndSaidSo()
    {
        var failures = 0;
        var hand = new FakeFarmhand(Scenes)
        {
            Before = (job, _) => job.Id.Name == "mix" && Interlocked.Increment(ref failures) == 1
                ? throw new FarmException(ErrorCodes.MediaFailed, "The encoder stumbled.", retryable: true)
                : Task.CompletedTask,
        };
        await using var farm = TestFarm.Start(_folder, hand);
        var id = TestFarm.NewId();

        await farm.SubmitAsync(id, FakeFilm.Request(), _folder["out"]);
        var retrying = await farm.UntilAsync<FarmProgress.Retrying>(id);
        var end = await farm.UntilAsync<FarmProgress.Finished>(id);

        Assert.Equal(("mix", ErrorCodes.MediaFailed), (retrying.Job, retrying.Error.Code));
        Assert.Equal((ProjectStage.Completed, 2), (end.Stage, failures));
    }

    [Fact]
    public async Task Output_InTheWay_FailsAndGoesOnAfterResume()
    {
        var gate = new Gate(job => job.Work.Kind == JobKind.Render);
        var hand = new FakeFarmhand(Scenes) { Before = gate.PassAsync };
        await using var farm = TestFarm.Start(_folder, hand);
        var id = TestFarm.NewId();
        await farm.SubmitAsync(id, FakeFilm.Request(), _folder["out"]);
        await gate.SomeoneHeld;
        File.WriteAllText(Path.Combine(_folder["out"], "media"), "in the way");
        gate.Open();

        var failed = await farm.UntilAsync<FarmProgress.Finished>(id);
        var (finished, worked) = (JournalReader.Finished(_folder, id), hand.Worked.Count);
        File.Delete(Path.Combine(_folder["out"], "media"));
        var resumed = await farm.ResumeAsync(id);
        var end = await farm.UntilAsync<FarmProgress.Finished>(id);

        Assert.Equal((ProjectStage.Failed, ErrorCodes.NotWritable), (failed.Stage, failed.Error!.Code));
        Assert.Equal(id, Assert.Single(resumed).Id);
        Assert.Equal(ProjectStage.Completed, end.Stage);
        Assert.Empty(hand.Worked.Skip(worked).Intersect(finished));
    }

    [Fact]
    public async Task NodesGone_AmidRendering_ReachesTheJobsThatItHeld()
    {
        using var gate = new Gate(job => job.Work.Kind == JobKind.Render);
        await using var farm = TestFarm.Start(_folder, new FakeFarmhand(Scenes) { Before = gate.PassAsync });
        var id = TestFarm.NewId();
        await farm.SubmitAsync(id, FakeFilm.Request(), _folder["out"]);
        await gate.SomeoneHeld;

        farm.System.System.EventStream.Publish(new NodesGone(ImmutableDictionary<NodeId, long>.Empty.Add(new NodeId("embedded"), 1)));
        using var patience = new CancellationTokenSource(TestFarm.Patience);
        while (!JournalReader.Events(_folder, id).OfType<ProjectEvent.AttemptLost>().Any(e => e.Reason == LossReason.NodeGone))
        {
            await Task.Delay(20, patience.Token);
        }
    }

    [Fact]
    public async Task Cancel_AmidRendering_StopsTheWorkAndIsFinal()
    {
        var gate = new Gate(job => job.Work.Kind == JobKind.Render);
        await using var farm = TestFarm.Start(_folder, new FakeFarmhand(Scenes) { Before = gate.PassAsync });
        var id = TestFarm.NewId();
        await farm.SubmitAsync(id, FakeFilm.Request(), _folder["out"]);
        await gate.SomeoneHeld;

        await farm.CancelAsync(id);
        var end = await farm.UntilAsync<FarmProgress.Finished>(id);

        Assert.Equal(ProjectStage.Cancelled, end.Stage);
        Assert.Empty(await farm.ResumeAsync(null));
    }

    [Fact]
    public async Task Watch_NobodyKnowsIt_SaysSoInsteadOfWaiting()
    {
        await using var farm = TestFarm.Start(_folder, new FakeFarmhand(Scenes));

        var fault = await Assert.ThrowsAsync<FarmException>(() => farm.UntilAsync<FarmProgress.Finished>(TestFarm.NewId()));

        Assert.Equal(ErrorCodes.ProjectNotFound, fault.Error.Code);
    }

    [Fact]
    public async Task Job_ThatNeedsWhatNoNodeHas_FailsInsteadOfWaiting()
    {
        var hand = new FakeFarmhand(Scenes) { Needs = ["voice:nobody"] };
        await using var farm = TestFarm.Start(_folder, hand);
        var id = TestFarm.NewId();

        await farm.SubmitAsync(id, FakeFilm.Request(), _folder["out"]);
        var end = await farm.UntilAsync<FarmProgress.Finished>(id);

        Assert.Equal((ProjectStage.Failed, ErrorCodes.VoiceNotFound), (end.Stage, end.Error!.Code));
        Assert.Contains("voice:nobody", end.Error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Job_WhoseKeptResultIsWrong_IsWorkedAnewAndTheFilmGoesOn()
    {
        var hand = new FakeFarmhand(Scenes);
        await using var farm = TestFarm.Start(_folder, hand);
        var first = TestFarm.NewId();
        await farm.SubmitAsync(first, FakeFilm.Request(), _folder["out"]);
        await farm.UntilAsync<FarmProgress.Finished>(first);
        Spoil("\"mixed\"", "\"frames\":", "\"frames\":9");
        var id = TestFarm.NewId();

        await farm.SubmitAsync(id, FakeFilm.Request(), _folder["out"]);
        var retrying = await farm.UntilAsync<FarmProgress.Retrying>(id);
        var end = await farm.UntilAsync<FarmProgress.Finished>(id);

        Assert.Equal(("mix", ErrorCodes.ResultWrong), (retrying.Job, retrying.Error.Code));
        Assert.Equal((ProjectStage.Completed, 2), (end.Stage, hand.Worked.Count(name => name == "mix")));
    }

    [SmallDiskFact]
    public void Start_FolderThatBecameReadOnly_IsNotTakenForABusyOne()
    {
        Directory.CreateDirectory(_folder["data"]);
        using var disk = new SmallDisk(_folder["data"], "64k");
        File.WriteAllText(Path.Combine(_folder["data"], "farm.lock"), "");
        disk.MakeReadOnly();

        var fault = Assert.Throws<FarmException>(() => TestFarm.Start(_folder, new FakeFarmhand(Scenes)));

        Assert.Equal(ErrorCodes.NotWritable, fault.Error.Code);
    }

    [Fact]
    public void Start_NodeThatCannotBeNumbered_LeavesNothingRunning()
    {
        Directory.CreateDirectory(Path.Combine(_folder["data"], "node.epoch"));

        Assert.Throws<FarmException>(() => TestFarm.Start(_folder, new FakeFarmhand(Scenes)));

        Assert.False(File.Exists(Path.Combine(_folder["data"], "journal.db")));
    }

    [Fact]
    public async Task Start_FolderWithAScratchOfItsOwn_TouchesOnlyWhatIsOurs()
    {
        var (mine, ours) = (Path.Combine(_folder["data"], "scratch", "mine"), Path.Combine(_folder["data"], "scratch", $"{TestFarm.NewId()}-mix-1-1"));
        Directory.CreateDirectory(mine);
        Directory.CreateDirectory(ours);
        File.WriteAllText(Path.Combine(mine, "letter.txt"), "precious");

        await using var farm = TestFarm.Start(_folder, new FakeFarmhand(Scenes));

        Assert.True(File.Exists(Path.Combine(mine, "letter.txt")));
        Assert.False(Directory.Exists(ours));
    }

    private void Spoil(string kind, string from, string to)
    {
        var entry = Directory.EnumerateFiles(Path.Combine(_folder["data"], "results"), "*.json", SearchOption.AllDirectories)
            .Single(path => File.ReadAllText(path).Contains(kind, StringComparison.Ordinal));
        File.WriteAllText(entry, File.ReadAllText(entry).Replace(from, to, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Resume_NobodyKnowsIt_SaysSo()
    {
        await using var farm = TestFarm.Start(_folder, new FakeFarmhand(Scenes));

        var fault = await Assert.ThrowsAsync<FarmException>(() => farm.ResumeAsync(TestFarm.NewId()));

        Assert.Equal(ErrorCodes.ProjectNotFound, fault.Error.Code);
    }
}
