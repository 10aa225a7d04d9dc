using Url2Video.Farm.Cli.Chaos;
using Url2Video.Farm.Cli.Local;
using Url2Video.Farm.EndToEnd.Tests.Support;
using Url2Video.Farm.Tests.Stores;
using Xunit.Abstractions;

namespace Url2Video.Farm.EndToEnd.Tests.Farm;

/// <summary>A whole farm of real processes on a real PostgreSQL, with real films.</summary>
[Collection("farm")] // One farm at a time: they would only starve each other.
public sealed class FarmFilmTests(ITestOutputHelper output)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    [RequiresPostgresFact]
    public async Task Film_WhileTwoNodesAndAServerAreKilled_IsTheSameToTheBitAndNothingIsDoneTwice()
    {
        using var folder = new FarmFolder();
        using var patience = new CancellationTokenSource(Patience);
        var alone = RenderAloneAsync(folder, patience.Token);
        await using var farm = await LocalFarm.StartAsync(
            new LocalFarmOptions(folder["farm"], Servers: 2, Nodes: 4, Store: null, Workers: 1, FirstPort: 0) { Restarts = false }, output.WriteLine, TimeProvider.System, patience.Token);
        using var first = await farm.ClientAsync(0, patience.Token);
        using var second = await farm.ClientAsync(1, patience.Token);

        var id = await first.OrderAsync(LongerFilm.Storyboard, "one", patience.Token);
        await second.UntilAsync(id, film => film.GetProperty("progress").GetDouble() > 0.15, patience.Token);
        farm.Process("node-1").Signal(Signals.Kill);
        farm.Process("node-2").Signal(Signals.Kill);
        farm.Process("server-1").Signal(Signals.Kill);
        var end = await second.UntilEndedAsync(id, patience.Token);

        Assert.Equal("succeeded", end.GetProperty("status").GetString());
        output.WriteLine($"{Reserves(folder)} works were begun out of a node's reserve."); // As many as the failover was longer than a work.
        await alone;
        await second.AssertSameAsync(id, folder["made"], folder["alone"], patience.Token);
        await farm.AssertSoundAsync([new OrderedFilm(1, id, "succeeded", null)], patience.Token);
    }

    private static int Reserves(FarmFolder folder) =>
        Directory.EnumerateFiles(folder["farm"], "node.log", SearchOption.AllDirectories).Sum(log => File.ReadLines(log).Count(l => l.Contains("it begins the reserve", StringComparison.Ordinal)));

    private static async Task RenderAloneAsync(FarmFolder folder, CancellationToken cancellation)
    {
        await File.WriteAllTextAsync(folder["storyboard.json"], LongerFilm.Storyboard, cancellation);
        await LocalRender.RunAsync(folder["storyboard.json"], folder["alone"], folder["alone-data"], cancellation);
    }
}
