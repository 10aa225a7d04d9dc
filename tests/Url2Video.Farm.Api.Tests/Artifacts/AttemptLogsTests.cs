using Url2Video.Farm.Cluster.Artifacts;
using Url2Video.Farm.Cluster.JobLogs;
using Url2Video.Farm.Cluster.Tests.Fakes;
using Url2Video.Farm.Core;
using Url2Video.Farm.Core.Contracts;
using Url2Video.Farm.Node.Logs;
using Url2Video.Farm.Node.Running;

namespace Url2Video.Farm.Api.Tests.Artifacts;

public sealed class AttemptLogsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly SlowSink _sink = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task End_WhileNobodyTakesTheLog_ReturnsAtOnceAndTellsItLater()
    {
        var logs = new AttemptLogs(_sink, TimeProvider.System);
        var view = new CountedView(new ArtifactStore(_folder["store"]));

        logs.End(Begin(logs, 1), view, AttemptOutcomes.Finished, null);
        await _sink.Asked.WaitAsync(TimeSpan.FromSeconds(60));
        Assert.Equal((0, false), (_sink.Told.Count, logs.WhenToldAsync().IsCompleted));
        Assert.Equal(0, view.Closed); // What the attempt used stays in the cache until its log is sent.

        _sink.Open();
        await logs.WhenToldAsync().WaitAsync(TimeSpan.FromSeconds(60));
        Assert.Equal((1, 1), (Assert.Single(_sink.Told).Attempt, view.Closed));
    }

    [Fact]
    public async Task End_MoreThanAreHeld_LosesTheLatest()
    {
        var logs = new AttemptLogs(_sink, TimeProvider.System);
        var view = new CountedView(new ArtifactStore(_folder["store"]));
        for (var attempt = 1; attempt <= Limits.JobLogsUntoldMax + 2; attempt++)
        {
            logs.End(Begin(logs, attempt), view, AttemptOutcomes.Finished, null);
        }

        _sink.Open();
        await logs.WhenToldAsync().WaitAsync(TimeSpan.FromSeconds(60));

        Assert.Equal(Enumerable.Range(1, Limits.JobLogsUntoldMax).Select(a => (long)a), _sink.Told.Select(e => e.Attempt).Order());
        Assert.Equal(Limits.JobLogsUntoldMax + 2, view.Closed);
    }

    private static AttemptLog Begin(AttemptLogs logs, long attempt)
    {
        var job = RemoteNodeTests.Job;
        return logs.Begin(new Lease(job.Id, attempt, new NodeIncarnation(new NodeId("node-a"), 1)), job);
    }

    private sealed class SlowSink : IJobLogSink
    {
        private readonly TaskCompletionSource _open = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource _asked = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public List<JobLogEntry> Told { get; } = [];

        public Task Asked => _asked.Task;

        public void Open() => _open.SetResult();

        public async Task AddAsync(JobLogEntry entry, CancellationToken cancellation = default)
        {
            _asked.TrySetResult();
            await _open.Task.WaitAsync(cancellation);
            lock (Told)
            {
                Told.Add(entry);
            }
        }
    }

    private sealed class CountedView(ArtifactStore store) : IAttemptView
    {
        private int _closed;

        public int Closed => Volatile.Read(ref _closed);

        public ArtifactStore Store => store;

        public Task DeliverAsync(CancellationToken cancellation) => Task.CompletedTask;

        public void Dispose() => Interlocked.Increment(ref _closed);
    }
}
