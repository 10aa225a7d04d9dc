using System.Text;
using Url2Video.Farm.Cluster.Artifacts;
using Url2Video.Farm.Cluster.Tests.Fakes;
using Url2Video.Farm.Core;
using Url2Video.Farm.Core.Contracts;
using Url2Video.Farm.Core.Errors;
using Url2Video.Farm.Node;
using Url2Video.Farm.Node.Logs;
using Url2Video.Farm.Node.Remote;
using Url2Video.Farm.Node.Running;

namespace Url2Video.Farm.Api.Tests.Artifacts;

/// <summary>Works on a node that shares no disk with its server.</summary>
public sealed class RemoteNodeTests : IAsyncLifetime, IDisposable
{
    private static readonly ProjectId Project = new("prj_01JCY0000000000000000000AA");
    internal static readonly JobSpec Job = new(
        new JobId(Project, "speak/000001"), new JobKey(new string('a', 64)), new JobWork.Speak(default, 0), [], 60);

    private readonly TemporaryFolder _folder = new();
    private readonly HttpClient _http = new();
    private ArtifactServer _server = null!;

    public async Task InitializeAsync() => _server = await ArtifactServer.StartAsync(_folder["server"]);

    public async Task DisposeAsync() => await _server.DisposeAsync();

    public void Dispose()
    {
        _http.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task Run_ReadsFromTheServerAndHasSentEverythingWhenItEnds()
    {
        var input = await _server.Store.WriteAsync(ArtifactServer.Bytes(200_000, 1), CancellationToken.None);
        var hidden = default(ArtifactRef);
        await using var remote = Remote("node");

        var result = await RunAsync(remote, 1, async context =>
        {
            using var file = context.Artifacts.OpenRead(input); // By name alone, as a work reads what a storyboard names.
            var bytes = new byte[input.Bytes];
            file.ReadExactly(bytes);
            hidden = await context.Artifacts.WriteAsync(Encoding.UTF8.GetBytes("not in the result"), context.Cancellation);
            return Spoken(await context.Artifacts.WriteAsync(bytes.Reverse().ToArray(), context.Cancellation));
        });

        _server.Store.Verify(((JobResult.Spoken)result).Speech.Pcm);
        _server.Store.Verify(hidden);
    }

    [Fact]
    public async Task Run_Fails_LeavesItsLogWithTheReason()
    {
        await using var remote = Remote("node");

        await Assert.ThrowsAsync<FarmException>(() => RunAsync(remote, 7, context =>
        {
            context.Progress.Report(new WorkProgress(5, 10));
            throw new FarmException(ErrorCodes.MediaFailed, "The codec is unhappy.");
        }));
        var entry = Assert.Single(await _server.Logs.ListAsync(Project, Job.Id.Name));
        using var text = new StreamReader(await _server.Logs.OpenAsync(entry));
        var log = await text.ReadToEndAsync();

        Assert.Equal((7, "node-a", AttemptOutcomes.Failed), (entry.Attempt, entry.Node.Value, entry.Outcome));
        Assert.Contains("50 % (5 of 10)", log, StringComparison.Ordinal);
        Assert.Contains("The codec is unhappy.", log, StringComparison.Ordinal);
        Assert.Empty(await _server.Logs.ListAsync(Project, "speak/000002"));
    }

    [Fact]
    public async Task Run_ResultTheFarmHasAccepted_IsNotWorkedByAnotherNode()
    {
        await using var first = Remote("one");
        await using var second = Remote("two");
        var made = await RunAsync(first, 1, async context => Spoken(await context.Artifacts.WriteAsync(new byte[] { 1, 2 }, context.Cancellation)));
        await _server.Results.KeepAsync(ResultNames.Of(Job), made, false, CancellationToken.None);

        var found = await RunAsync(second, 2, _ => throw new InvalidOperationException("It was worked again."));

        Assert.Equal(((JobResult.Spoken)made).Speech, ((JobResult.Spoken)found).Speech);
    }

    [Fact]
    public async Task Run_OwnResultWhoseFilesTheServerLost_AreSentAgain()
    {
        await using var remote = Remote("node");
        var made = (JobResult.Spoken)await RunAsync(remote, 1, async context => Spoken(await context.Artifacts.WriteAsync(new byte[] { 3, 4 }, context.Cancellation)));
        File.Delete(_server.Store.PathOf(made.Speech.Pcm));

        await RunAsync(remote, 2, _ => throw new InvalidOperationException("It was worked again."));

        _server.Store.Verify(made.Speech.Pcm);
    }

    [Fact]
    public async Task Run_ArtifactNobodyHas_IsMissing()
    {
        await using var remote = Remote("node");

        var fault = await Assert.ThrowsAsync<FarmException>(() => RunAsync(remote, 1, context =>
        {
            context.Artifacts.PathOf(ArtifactServer.RefOf([9, 9, 9]));
            return Task.FromResult<JobResult>(Spoken(default));
        }));

        Assert.Equal(ErrorCodes.ArtifactMissing, fault.Error.Code);
    }

    [Fact]
    public async Task Cache_PastItsBound_EvictsTheLeastUsedAndNeverWhatIsInUse()
    {
        var inputs = new List<ArtifactRef>();
        for (var i = 0; i < 6; i++)
        {
            inputs.Add(await _server.Store.WriteAsync(ArtifactServer.Bytes(100_000, 10 + i), CancellationToken.None));
        }

        await using var remote = Remote("node", cacheBytesMax: 250_000);
        var lease = new Lease(Job.Id, 1, new NodeIncarnation(new NodeId("node-a"), 1));
        using (var inUse = remote.Open(lease, CancellationToken.None))
        {
            inUse.Store.PathOf(inputs[0]);
            foreach (var input in inputs.Skip(1))
            {
                using var other = remote.Open(lease, CancellationToken.None);
                other.Store.PathOf(input);
            }

            Assert.True(remote.Here.Exists(inputs[0]));
            Assert.False(remote.Here.Exists(inputs[1]));
            Assert.True(remote.Here.Exists(inputs[5]));
            Assert.InRange(remote.Cache.Bytes, 100_000, 250_000);
        }

        // Another life of the node counts what is left.
        await using var later = Remote("node", cacheBytesMax: 1_000_000);
        Assert.Equal(remote.Cache.Bytes, later.Cache.Bytes);
    }

    [Fact]
    public void AttemptLog_MoreThanItMayKeep_HasItsBeginningAndItsEnd()
    {
        var log = new AttemptLog(new Lease(Job.Id, 1, new NodeIncarnation(new NodeId("n"), 1)), TimeProvider.System);
        for (var i = 0; i < 40_000; i++)
        {
            log.Write("INF", FormattableString.Invariant($"line {i} of a work that talks much\u001b[2J"));
        }

        var bytes = log.ToBytes();
        var text = Encoding.UTF8.GetString(bytes);

        Assert.InRange(bytes.Length, Limits.JobLogBytesMax / 2, Limits.JobLogBytesMax);
        Assert.Contains(" line 0 of", text, StringComparison.Ordinal);
        Assert.Contains("lines left out", text, StringComparison.Ordinal);
        Assert.EndsWith("line 39999 of a work that talks much [2J\n", text, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', text);
    }

    private static JobResult.Spoken Spoken(ArtifactRef pcm) => new(new SceneSpeech(pcm, pcm, 48_000));

    private RemoteArtifacts Remote(string name, long cacheBytesMax = long.MaxValue) =>
        new(_folder[name], new FixedAddress(_server.Url), _http, TimeProvider.System, cacheBytesMax, triesMax: 2);

    private async Task<JobResult> RunAsync(RemoteArtifacts remote, long attempt, Func<WorkContext, Task<JobResult>> work)
    {
        var address = new FixedAddress(_server.Url);
        var results = new RemoteResults(address, _http, remote, new ResultIndex(remote.Here.Root + "-results", remote.Here));
        var runner = new WorkRunner([new OneWork(work)], remote, results, _folder["scratch"], new AttemptLogs(new RemoteJobLogs(address, _http), TimeProvider.System));
        try
        {
            return await runner.RunAsync(new Lease(Job.Id, attempt, new NodeIncarnation(new NodeId("node-a"), 1)), Job, new Progress<WorkProgress>(), CancellationToken.None);
        }
        finally
        {
            await runner.WhenIdleAsync(TimeSpan.FromSeconds(60)); // Its log, too.
        }
    }

    private sealed class OneWork(Func<WorkContext, Task<JobResult>> work) : IWork
    {
        public JobKind Kind => JobKind.Speak;

        public Task<JobResult> RunAsync(JobSpec job, WorkContext context) => work(context);
    }
}
