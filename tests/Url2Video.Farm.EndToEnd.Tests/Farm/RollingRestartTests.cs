using Url2Video.Farm.Cli.Chaos;
using Url2Video.Farm.Cli.Local;
using Url2Video.Farm.EndToEnd.Tests.Support;
using Url2Video.Farm.Tests.Stores;
using Xunit.Abstractions;

namespace Url2Video.Farm.EndToEnd.Tests.Farm;

/// <summary>An upgrade as operators do it: one process after the other, in order, while people order films.</summary>
[Collection("farm")]
public sealed class RollingRestartTests(ITestOutputHelper output)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan StopPatience = TimeSpan.FromMinutes(1);

    [RequiresPostgresFact]
    public async Task Farm_RestartedProcessByProcessUnderLoad_FailsNoFilmAndNoCall()
    {
        using var folder = new FarmFolder();
        using var patience = new CancellationTokenSource(Patience);
        await using var farm = await LocalFarm.StartAsync(
            new LocalFarmOptions(folder["farm"], Servers: 2, Nodes: 2, Store: null, Workers: 1, FirstPort: 0), output.WriteLine, TimeProvider.System, patience.Token);
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(patience.Token);
        using var first = await farm.ClientAsync(0, patience.Token);
        await first.UntilNodesWorkAsync(2, patience.Token);
        var load = new ChaosLoad(farm.Urls, await farm.KeyAsync(patience.Token), seed: 21, filmsAtOnce: 2, TimeProvider.System);
        var loading = load.RunAsync(enough.Token, patience.Token);

        for (var server = 0; server < 2; server++)
        {
            await RestartAsync(farm, $"server-{server + 1}");
            await farm.WaitReadyAsync(farm.Urls[server], patience.Token);
        }

        foreach (var node in new[] { "node-1", "node-2" })
        {
            var before = (await first.UntilNodeAsync(node, FarmCalls.Works, patience.Token)).GetProperty("epoch").GetInt64();
            await RestartAsync(farm, node);
            await first.UntilNodeAsync(node, n => FarmCalls.Works(n) && n.GetProperty("epoch").GetInt64() > before, patience.Token);
        }

        await enough.CancelAsync();
        await loading;

        var (calls, failedOnce, failedTwice) = load.Calls;
        output.WriteLine($"{load.Films.Count} films, {calls} calls; {failedOnce} asked another server, {failedTwice} more than once");
        Assert.NotEmpty(load.Films);
        Assert.Equal(0, failedTwice);
        await farm.AssertSoundAsync(load.Films, patience.Token);
    }

    // In order: SIGTERM, and out with 0 by itself.
    private static async Task RestartAsync(LocalFarm farm, string name)
    {
        var process = farm.Process(name);
        Assert.Equal(0, await process.StopAsync(StopPatience));
        process.Start();
    }
}
