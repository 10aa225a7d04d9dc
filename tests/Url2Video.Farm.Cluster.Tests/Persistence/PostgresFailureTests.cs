using System.Collections.Concurrent;
using System.Diagnostics;
using Akka.Actor;
using Url2Video.Farm.Cluster.Persistence;
using Url2Video.Farm.Cluster.Store;
using Url2Video.Farm.Cluster.Tests.Fakes;
using Url2Video.Farm.Core;
using Url2Video.Farm.Core.Projects;
using Url2Video.Farm.Tests.Stores;
using Xunit.Abstractions;
using static Url2Video.Farm.Cluster.Tests.Persistence.JournalSystem;

namespace Url2Video.Farm.Cluster.Tests.Persistence;

/// <summary>Real servers that die while the journal is written: what was acknowledged is there afterwards, and writing goes on soon.</summary>
public sealed class PostgresFailureTests(ITestOutputHelper output)
{
    private const int Projects = 8;
    private static readonly DateTimeOffset At = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    [RequiresPostgresFact]
    public async Task Crash_OfTheServer_LosesNothingAndWritingGoesOn()
    {
        await using var server = await PostgresServer.StartAsync();
        var store = await server.CreateDatabaseAsync();
        await using var writers = await Writers.StartAsync(store);
        await writers.UntilAcknowledgedAsync(200);

        await server.CrashAsync();
        await server.RecoverAsync();

        var pause = await writers.UntilAllWroteAsync();
        output.WriteLine($"first commit of every project {pause.TotalMilliseconds:F0} ms after the crashed server answered");
        await writers.StopAndCheckAsync(store);
    }

    [RequiresPostgresFact]
    public async Task FastRestart_OfTheServer_LosesNothingAndWritingGoesOn()
    {
        await using var server = await PostgresServer.StartAsync();
        var store = await server.CreateDatabaseAsync();
        await using var writers = await Writers.StartAsync(store);
        await writers.UntilAcknowledgedAsync(200);

        await server.StopAsync();
        await server.StartAsync();

        var pause = await writers.UntilAllWroteAsync();
        output.WriteLine($"first commit of every project {pause.TotalMilliseconds:F0} ms after the restarted server answered");
        await writers.StopAndCheckAsync(store);
    }

    [RequiresPostgresFact]
    public async Task Promotion_OfASynchronousStandby_LosesNothingAcknowledged()
    {
        await using var first = await PostgresServer.StartAsync();
        var database = new Uri((await first.CreateDatabaseAsync()).ToString()).AbsolutePath[1..];
        await using var standby = await first.StandbyAsync();
        var either = StoreUrl.Parse(first.UrlOf(database) + $"?host=127.0.0.1:{first.Port},127.0.0.1:{standby.Port}&targetsessionattributes=primary&timeout=5");
        await using var writers = await Writers.StartAsync(either);
        await writers.UntilAcknowledgedAsync(200);

        await first.CrashAsync();
        await standby.PromoteAsync();

        var pause = await writers.UntilAllWroteAsync();
        output.WriteLine($"first commit of every project {pause.TotalMilliseconds:F0} ms after the standby was promoted");
        await writers.StopAndCheckAsync(StoreUrl.Parse(standby.UrlOf(database)));
    }

    /// <summary>Projects that write event after event, and begin a new life when a write fails, as their shard would.</summary>
    private sealed class Writers : IAsyncDisposable
    {
        private readonly JournalSystem _system;
        private readonly ConcurrentDictionary<ProjectId, long> _acknowledged = new();
        private readonly CancellationTokenSource _stop = new();
        private Task _all = Task.CompletedTask;

        private Writers(JournalSystem system) => _system = system;

        public static async Task<Writers> StartAsync(StoreUrl store)
        {
            var writers = new Writers(await JournalSystem.StartAsync(store));
            writers._all = Task.WhenAll(Enumerable.Range(0, Projects).Select(_ => writers.WriteAsync(TestFarm.NewId())));
            return writers;
        }

        public async Task UntilAcknowledgedAsync(long events) => await UntilAsync(() => _acknowledged.Values.Sum() >= events);

        public async Task<TimeSpan> UntilAllWroteAsync()
        {
            var (watch, before) = (Stopwatch.StartNew(), _acknowledged.ToArray());
            await UntilAsync(() => before.All(b => _acknowledged[b.Key] > b.Value));
            return watch.Elapsed;
        }

        public async Task StopAndCheckAsync(StoreUrl store)
        {
            await _stop.CancelAsync();
            await _all.WaitAsync(TestFarm.Patience);
            await using var database = await FarmDatabase.OpenAsync(store);
            var journal = new DatabaseJournal(database);
            Assert.Equal(Projects, _acknowledged.Count);
            foreach (var (id, acknowledged) in _acknowledged)
            {
                // Each event says which it is. What was written and not acknowledged may follow; nothing is missing or doubled.
                var (state, last) = await journal.StateAsync(id, CancellationToken.None);
                Assert.InRange(last, acknowledged, long.MaxValue);
                Assert.Equal(last, state.Term);
            }
        }

        public async ValueTask DisposeAsync()
        {
            await _stop.CancelAsync();
            await _all.WaitAsync(TestFarm.Patience);
            await _system.DisposeAsync();
            _stop.Dispose();
        }

        private async Task WriteAsync(ProjectId id)
        {
            IActorRef? keeper = null;
            while (!_stop.IsCancellationRequested)
            {
                try
                {
                    keeper ??= _system.Keeper(id);
                    var (state, _) = await keeper.Ask<(ProjectState, IReadOnlyList<string>)>("tell", TimeSpan.FromSeconds(2));
                    ProjectEvent next = state.Term == 0 ? new ProjectEvent.Submitted(FakeFilm.Request(), At) : new ProjectEvent.TermStarted(state.Term + 1, At);
                    _acknowledged[id] = await keeper.Ask<long>(new[] { next }, TimeSpan.FromSeconds(2));
                }
                catch (Exception fault) when (fault is not OperationCanceledException)
                {
                    if (keeper is not null)
                    {
                        _system.System.Stop(keeper);
                    }

                    keeper = null;
                    await Task.Delay(100); // As the shard waits before it starts an entity again.
                }
            }
        }

        private static async Task UntilAsync(Func<bool> isSo)
        {
            var watch = Stopwatch.StartNew();
            while (!isSo())
            {
                Assert.True(watch.Elapsed < TestFarm.Patience, "The writers did not get there.");
                await Task.Delay(10);
            }
        }
    }
}
