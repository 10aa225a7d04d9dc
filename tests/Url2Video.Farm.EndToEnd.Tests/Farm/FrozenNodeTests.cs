using Url2Video.Farm.Cli.Chaos;
using Url2Video.Farm.Cli.Client;
using Url2Video.Farm.Cli.Local;
using Url2Video.Farm.Cluster.Hosting;
using Url2Video.Farm.Cluster.Persistence;
using Url2Video.Farm.Cluster.Store;
using Url2Video.Farm.Core;
using Url2Video.Farm.Core.Projects;
using Url2Video.Farm.EndToEnd.Tests.Support;
using Xunit.Abstractions;

namespace Url2Video.Farm.EndToEnd.Tests.Farm;

/// <summary>A node that stands still longer than its lease and then goes on as if nothing had been.</summary>
[Collection("farm")]
public sealed class FrozenNodeTests(ITestOutputHelper output)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    /// <summary>Of a size whose chunks take seconds: a node must be caught at one.</summary>
    private static readonly string s_film = LongerFilm.Storyboard.Replace("\"width\": 640, \"height\": 360", "\"width\": 1280, \"height\": 720", StringComparison.Ordinal);

    [Fact]
    public async Task Job_OfANodeFrozenBeyondItsLease_IsFinishedElsewhereAndItsLateResultIsRefused()
    {
        using var folder = new FarmFolder();
        using var patience = new CancellationTokenSource(Patience);
        await using var farm = await LocalFarm.StartAsync(
            new LocalFarmOptions(folder["farm"], Servers: 1, Nodes: 2, Store: null, Workers: 1, FirstPort: 0), output.WriteLine, TimeProvider.System, patience.Token);
        using var http = await farm.ClientAsync(0, patience.Token);
        await http.UntilNodesWorkAsync(2, patience.Token);
        var film = await http.OrderAsync(s_film, "frozen", patience.Token);

        await FreezeAtWorkAsync(farm, http, film, patience.Token);
        var project = ProjectIds.TryParse(film, out var id) ? id : throw new InvalidOperationException(film);
        var lost = await FarmCalls.UntilAsync(() => LostAsync(farm, project, patience.Token), l => l is not null, patience.Token);
        farm.Process("node-1").Signal(Signals.Continue);
        var end = await http.UntilEndedAsync(film, patience.Token);

        Assert.Equal("succeeded", end.GetProperty("status").GetString());
        var taken = (await HistoryAsync(farm, project, patience.Token)).OfType<ProjectEvent.ChunksFinished>()
            .SelectMany(e => e.Chunks).Single(c => JobNames.Render(c.Chunk) == lost!.Job);
        Assert.True(taken.Attempt > lost!.Attempt, $"{lost.Job}: attempt {taken.Attempt} was taken, {lost.Attempt} was counted out.");
        await farm.AssertSoundAsync([new OrderedFilm(1, film, "succeeded", null)], patience.Token);
        await http.UntilNodeAsync("node-1", FarmCalls.Works, patience.Token);
        Assert.Equal(0, farm.Process("node-1").Crashes);
        await File.WriteAllTextAsync(folder["storyboard.json"], s_film, patience.Token);
        await LocalRender.RunAsync(folder["storyboard.json"], folder["alone"], folder["alone-data"], patience.Token);
        await http.AssertSameAsync(film, folder["made"], folder["alone"], patience.Token);
    }

    // Between the look and the signal the job may end: then once more.
    private static async Task FreezeAtWorkAsync(LocalFarm farm, FarmHttp http, string film, CancellationToken cancellation)
    {
        while (true)
        {
            await FarmCalls.UntilAsync(() => IsAtWorkAsync(http, film, cancellation), isAtWork => isAtWork, cancellation);
            farm.Process("node-1").Signal(Signals.Stop);
            if (await IsAtWorkAsync(http, film, cancellation))
            {
                return;
            }

            farm.Process("node-1").Signal(Signals.Continue);
        }
    }

    private static async Task<bool> IsAtWorkAsync(FarmHttp http, string film, CancellationToken cancellation)
    {
        var jobs = await http.GetAsync($"/api/v2/farm/jobs/{film}?stage=running&prefix=render/", cancellation);
        return jobs.GetProperty("data").EnumerateArray().Any(j => j.GetProperty("node").GetString() is { } node && node.StartsWith("node-1", StringComparison.Ordinal));
    }

    private static async Task<ProjectEvent.AttemptLost?> LostAsync(LocalFarm farm, ProjectId project, CancellationToken cancellation) =>
        (await HistoryAsync(farm, project, cancellation)).OfType<ProjectEvent.AttemptLost>().FirstOrDefault(l => l.Node?.Node.Value == "node-1");

    private static async Task<IReadOnlyList<ProjectEvent>> HistoryAsync(LocalFarm farm, ProjectId project, CancellationToken cancellation)
    {
        await using var database = await FarmDatabase.OpenAsync(StoreUrl.Parse(farm.StoreAddress), cancellation);
        return [.. (await new DatabaseJournal(database).EventsAsync(project, 1, Limits.JournalPageEventsMax, cancellation)).Select(e => e.Event)];
    }
}
