using Url2Video.Farm.Cluster.Artifacts;
using Url2Video.Farm.Cluster.Tests.Fakes;
using Url2Video.Farm.Core;
using Url2Video.Farm.Core.Contracts;
using Url2Video.Farm.Core.Errors;
using Url2Video.Farm.Node;
using Url2Video.Farm.Node.Running;
using Url2Video.Farm.Node.Work;

namespace Url2Video.Farm.Cluster.Tests.Shells;

public sealed class WorkRunnerTests : IDisposable
{
    private static readonly JobSpec Job = new(
        new JobId(new ProjectId("prj_1"), "mix"), new JobKey(FakeFilm.Hash("key")), new JobWork.Speak(default, 0), [], 60);

    private readonly TemporaryFolder _folder = new();
    private readonly ArtifactStore _artifacts;

    public WorkRunnerTests() => _artifacts = new ArtifactStore(_folder["artifacts"]);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Run_KeyThatWasWorkedBefore_IsNotWorkedAgain()
    {
        var times = 0;
        var runner = Runner(async context =>
        {
            times++;
            return await SpokenAsync(context);
        });

        var first = await RunAsync(runner, attempt: 1);
        var second = await RunAsync(runner, attempt: 2);

        Assert.Equal(1, times);
        Assert.Equal(((JobResult.Spoken)first).Speech, ((JobResult.Spoken)second).Speech);
    }

    [Fact]
    public async Task Run_KeptResultJudgedWrong_IsWorkedAnewAndReplaced()
    {
        var times = 0;
        var runner = Runner(async context => new JobResult.Spoken(new SceneSpeech(
            await context.Artifacts.WriteAsync(FakeFilm.Bytes($"pcm {++times}"), context.Cancellation),
            await context.Artifacts.WriteAsync(FakeFilm.Bytes("words"), context.Cancellation),
            48_000)));
        var wrong = (JobResult.Spoken)await RunAsync(runner, attempt: 1);

        var anew = (JobResult.Spoken)await RunAsync(runner, attempt: 2, job: Job with { WorkAnew = true });
        var later = (JobResult.Spoken)await RunAsync(runner, attempt: 3);

        Assert.NotEqual(wrong.Speech, anew.Speech);
        Assert.Equal((2, anew.Speech), (times, later.Speech));
    }

    /// <summary>A scene that fitted the workers of yesterday may not fit those of today: what was judged by them is judged again.</summary>
    [Fact]
    public async Task Run_KeptResultOfAnotherRoom_IsNotFound()
    {
        var rooms = new List<string>();
        foreach (var room in (string[])["room of 8192", "room of 2048", "room of 8192", ""])
        {
            await RunAsync(Runner(context =>
            {
                rooms.Add(room);
                return SpokenAsync(context);
            }, room), attempt: rooms.Count + 1);
        }

        Assert.Equal(["room of 8192", "room of 2048", ""], rooms);
        Assert.All(new[] { "", "room of 8192" }, here => Assert.Matches("^[0-9a-f]{64}$", ResultNames.Of(Job, here)));
    }

    [Fact]
    public void Here_OfWorks_IsTheRoomWhereThereIsNoOtherNode()
    {
        Assert.Equal("room of 2048", Ingest(new SceneRoom(2_048, OthersMayHaveMore: false)).Here);
        Assert.Equal("", Ingest(new SceneRoom(2_048, OthersMayHaveMore: true)).Here); // What a scene needs is the same wherever it is judged.

        static IWork Ingest(SceneRoom room) => AllWorks.Create(TimeProvider.System, new NodeVoices(), room: room).Single(w => w.Kind == JobKind.Ingest);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Run_HoweverItEnds_LeavesNoScratch(bool fails)
    {
        string? seen = null;
        var runner = Runner(async context =>
        {
            seen = context.ScratchDir;
            Assert.Empty(Directory.EnumerateFileSystemEntries(seen));
            await File.WriteAllTextAsync(Path.Combine(seen, "half"), "done");
            return fails ? throw new InvalidOperationException("A bug.") : await SpokenAsync(context);
        });

        var fault = await Record.ExceptionAsync(() => RunAsync(runner, attempt: 1));

        Assert.Equal(fails, fault is InvalidOperationException);
        Assert.False(Directory.Exists(seen));
    }

    [Fact]
    public async Task Run_ResultNamesAnArtifactThatIsNotThere_Fails()
    {
        var nowhere = new ArtifactRef(new ArtifactId(FakeFilm.Hash("nowhere")), 3);
        var runner = Runner(_ => Task.FromResult<JobResult>(new JobResult.Spoken(new SceneSpeech(nowhere, nowhere, 1))));

        var fault = await Assert.ThrowsAsync<FarmException>(() => RunAsync(runner, attempt: 1));

        Assert.Equal(ErrorCodes.Internal, fault.Error.Code);
    }

    [Fact]
    public async Task Run_CancelledAmidTheWork_KeepsNoResult()
    {
        using var stop = new CancellationTokenSource();
        var runner = Runner(async context =>
        {
            await stop.CancelAsync();
            return await SpokenAsync(context with { Cancellation = CancellationToken.None });
        });

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => RunAsync(runner, attempt: 1, stop: stop.Token));
        Assert.Null(new ResultIndex(_folder["results"], _artifacts).Find(Job));
    }

    [Fact]
    public async Task Run_Work_HasAThreadOfItsOwn()
    {
        var isPooled = true;
        var runner = Runner(context =>
        {
            isPooled = Thread.CurrentThread.IsThreadPoolThread;
            return SpokenAsync(context);
        });

        await RunAsync(runner, attempt: 1);

        Assert.False(isPooled);
    }

    [Fact]
    public void ErrorOf_WhatWentWrong_KeepsItsCodeOrBecomesInternal()
    {
        Assert.Equal(ErrorCodes.NoText, WorkRunner.ErrorOf(new AggregateException(new FarmException(ErrorCodes.NoText, "x"))).Code);
        Assert.Equal((ErrorCodes.Internal, true), Of(new InvalidOperationException("A bug.")));
        Assert.Equal((ErrorCodes.NotWritable, true), Of(new UnauthorizedAccessException()));

        static (string, bool) Of(Exception fault) => (WorkRunner.ErrorOf(fault).Code, WorkRunner.ErrorOf(fault).Retryable);
    }

    private static async Task<JobResult> SpokenAsync(WorkContext context) => new JobResult.Spoken(new SceneSpeech(
        await context.Artifacts.WriteAsync(FakeFilm.Bytes("pcm"), context.Cancellation),
        await context.Artifacts.WriteAsync(FakeFilm.Bytes("words"), context.Cancellation),
        48_000));

    private static Task<JobResult> RunAsync(WorkRunner runner, long attempt, JobSpec? job = null, CancellationToken stop = default) =>
        runner.RunAsync(new Lease(Job.Id, attempt, new NodeIncarnation(new NodeId("n"), 1)), job ?? Job, new Progress<WorkProgress>(), stop);

    private WorkRunner Runner(Func<WorkContext, Task<JobResult>> work, string here = "") =>
        new([new SpeakWork(work, here)], _artifacts, new ResultIndex(_folder["results"], _artifacts), _folder["scratch"]);

    private sealed class SpeakWork(Func<WorkContext, Task<JobResult>> work, string here) : IWork
    {
        public JobKind Kind => JobKind.Speak;

        public string Here => here;

        public Task<JobResult> RunAsync(JobSpec job, WorkContext context) => work(context);
    }
}
