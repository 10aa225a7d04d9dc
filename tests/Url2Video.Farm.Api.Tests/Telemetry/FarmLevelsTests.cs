using Microsoft.Extensions.Logging.Abstractions;
using Url2Video.Farm.Api.Telemetry;
using Url2Video.Farm.Api.Tests.Support;
using Url2Video.Farm.Cluster.Telemetry;
using Url2Video.Farm.Cluster.Tests.Fakes;

namespace Url2Video.Farm.Api.Tests.Telemetry;

/// <summary>A real server with a real node, whose works are fakes, and what its page says meanwhile.</summary>
[Collection(MetersAlone.Name)]
public sealed class FarmLevelsTests : IAsyncLifetime, IDisposable
{
    private readonly FilmApi _api = new();

    public Task InitializeAsync() => _api.InitializeAsync();

    public Task DisposeAsync() => _api.DisposeAsync();

    public void Dispose() => _api.Dispose();

    [Fact]
    public async Task Levels_OfAFarmAtWork_AreThoseOfTheFarm()
    {
        var held = new TaskCompletionSource();
        _api.Hand.Before = (_, _) => held.Task;
        var before = await PageAsync();

        var id = await _api.OrderAsync();
        var busy = await UntilAsync(page => page.Value("farm_running_jobs{band=\"normal\"}") == 1);

        Assert.Equal(1, busy.Value("farm_projects"));
        Assert.Equal(1, busy.Value("farm_nodes{state=\"active\"}"));
        Assert.Equal((0, 0), (busy.Value("farm_nodes{state=\"draining\"}"), busy.Value("farm_nodes{state=\"quarantined\"}")));
        Assert.Equal(1, busy.Value("farm_nodes_free_slots"));
        Assert.Equal((0, 0), (busy.Value("farm_queue_jobs{band=\"low\"}"), busy.Value("farm_queue_oldest_seconds{band=\"low\"}")));

        held.SetResult();
        await _api.Client.UntilAsync(id, v => v.Text("status") == "succeeded");
        var after = await UntilAsync(page => page.Value("farm_projects") == 0 && page.Value("farm_running_jobs{band=\"normal\"}") == 0);

        double Grown(string series) => after.Value(series)!.Value - (before.Value(series) ?? 0);
        var ingests = Grown("farm_attempts_total{kind=\"ingest\",outcome=\"finished\"}");
        var chunks = Grown("farm_attempts_total{kind=\"render\",outcome=\"finished\"}");
        Assert.Equal((1, true), (ingests, chunks >= 1));
        Assert.Equal(chunks, Grown("farm_node_attempts_total{kind=\"render\",outcome=\"finished\"}"));
        Assert.Equal(chunks, Grown("farm_attempt_seconds_count{kind=\"render\"}"));
        Assert.True(Grown("farm_grants_total") >= ingests + chunks);
        Assert.True(Grown("farm_grant_seconds_count") >= ingests + chunks);
        Assert.Equal(Grown("farm_grant_seconds_count"), Grown("farm_grant_seconds_bucket{le=\"+Inf\"}"));
        Assert.True(Grown("farm_events_total") >= Grown("farm_commits_total"));
        Assert.True(Grown("farm_commits_total") >= 5);
        Assert.NotNull(after.Value("farm_readmodel_lag_events"));
    }

    [Fact]
    public async Task QueueOldest_GrowsWhileNobodyTakesAJob()
    {
        var held = new TaskCompletionSource();
        _api.Hand.Before = (_, _) => held.Task;
        foreach (var _ in Enumerable.Range(0, 3))
        {
            await _api.OrderAsync(more: ""","priority":"low" """);
        }

        var page = await UntilAsync(p => p.Value("farm_queue_jobs{band=\"low\"}") == 1 && p.Value("farm_queue_oldest_seconds{band=\"low\"}") > 1);

        Assert.Equal((2, 0), (page.Value("farm_running_jobs{band=\"low\"}"), page.Value("farm_nodes_free_slots")));
        held.SetResult();
    }

    [Fact]
    public async Task Dispatcher_WhenItsServerEnds_TellsNothingAnyMore()
    {
        await UntilAsync(p => p.Value("farm_nodes_free_slots") == 2);

        await _api.StopServerAsync();

        var page = await PageAsync();
        Assert.Null(page.Value("farm_nodes_free_slots"));
        Assert.DoesNotContain("farm_queue_jobs{", page, StringComparison.Ordinal);
        Assert.Null(page.Value("farm_readmodel_lag_events"));
    }

    [Fact]
    public async Task Storage_IsThatOfTheDisk()
    {
        using var folder = new TemporaryFolder();
        var meters = new StorageMeters(folder.Root, TimeProvider.System, NullLogger.Instance);
        var page = await UntilAsync(p => p.Value("farm_storage_free_bytes") is not null);
        await meters.DisposeAsync();

        Assert.Equal(new DriveInfo(folder.Root).TotalSize, page.Value("farm_storage_bytes"));
        Assert.InRange(page.Value("farm_storage_free_bytes")!.Value, 0, page.Value("farm_storage_bytes")!.Value);
        Assert.Null((await PageAsync()).Value("farm_storage_bytes"));
    }

    private static async Task<string> PageAsync()
    {
        using var page = new MemoryStream();
        await PrometheusPage.WriteAsync(page, default);
        return System.Text.Encoding.UTF8.GetString(page.ToArray());
    }

    private static async Task<string> UntilAsync(Func<string, bool> fits)
    {
        using var patience = new CancellationTokenSource(TestFarm.Patience);
        while (true)
        {
            var page = await PageAsync();
            if (fits(page))
            {
                return page;
            }

            await Task.Delay(50, patience.Token);
        }
    }
}
