using System.Diagnostics;
using System.Globalization;
using Url2Video.Farm.Cli.Chaos;
using Url2Video.Farm.Cli.Client;
using Url2Video.Farm.Cli.Local;
using Url2Video.Farm.EndToEnd.Tests.Support;
using Url2Video.Farm.Tests.Stores;
using Xunit.Abstractions;

namespace Url2Video.Farm.EndToEnd.Tests.Farm;

/// <summary>
/// A farm of an older version becomes one of this version, process by process, while films are made; and one server goes back on the way. The older version
/// is a published program in the folder that <c>U2V_OLD_PROGRAM</c> names; <c>U2V_NEW_PROGRAM</c> may name the new one's.
/// </summary>
[Collection("farm")]
public sealed class UpgradeTests(ITestOutputHelper output)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(6);
    private static readonly TimeSpan StopPatience = TimeSpan.FromMinutes(1);
    private readonly Stopwatch _watch = Stopwatch.StartNew();

    [TwoVersionsFact]
    public async Task Farm_UpgradedProcessByProcess_FailsNoFilm_AndReadsWhatTheOldVersionWrote()
    {
        string[] old = ProgramIn(TwoVersionsFactAttribute.Old!);
        string[] fresh = TwoVersionsFactAttribute.New is { } folderOfNew ? ProgramIn(folderOfNew) : FarmProcess.ThisProgram();
        using var folder = new FarmFolder();
        using var patience = new CancellationTokenSource(Patience);
        await using var farm = await LocalFarm.StartAsync(
            new LocalFarmOptions(folder["farm"], Servers: 2, Nodes: 2, Store: null, Workers: 1, FirstPort: 0) { Program = old }, output.WriteLine, TimeProvider.System, patience.Token);
        using var first = await farm.ClientAsync(0, patience.Token);
        using var second = await farm.ClientAsync(1, patience.Token);
        await first.UntilNodesWorkAsync(2, patience.Token);
        var key = await farm.KeyAsync(patience.Token);
        var before = await OfOneVersionAsync(first, patience.Token);
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(patience.Token);
        var load = new ChaosLoad(farm.Urls, key, seed: 33, filmsAtOnce: 2, TimeProvider.System);
        var loading = load.RunAsync(enough.Token, patience.Token);

        await ReplaceAsync(farm, "server-1", fresh, patience.Token);
        var mixed = await OfOneVersionAsync(second, patience.Token);
        await ReplaceAsync(farm, "server-1", old, patience.Token); // The new one was not liked; the other server saw both.
        await ReplaceAsync(farm, "server-1", fresh, patience.Token);
        await ReplaceAsync(farm, "server-2", fresh, patience.Token);
        foreach (var node in new[] { "node-1", "node-2" })
        {
            var epoch = (await first.UntilNodeAsync(node, FarmCalls.Works, patience.Token)).GetProperty("epoch").GetInt64();
            await ReplaceAsync(farm, node, fresh, patience.Token);
            await first.UntilNodeAsync(node, n => FarmCalls.Works(n) && n.GetProperty("epoch").GetInt64() > epoch, patience.Token);
        }

        await enough.CancelAsync();
        await loading;

        var (calls, failedOnce, failedTwice) = load.Calls;
        output.WriteLine($"{load.Films.Count} films, {calls} calls; {failedOnce} asked another server, {failedTwice} more than once; with the old version {before}, with both {mixed} films were listed");
        Assert.NotEmpty(load.Films);
        Assert.Equal(0, failedTwice);
        await farm.AssertSoundAsync(load.Films, patience.Token);
        await AssertReadableAsync(first, load.Films, patience.Token);
    }

    private static string[] ProgramIn(string folder) => ["dotnet", Path.Combine(Path.GetFullPath(folder), "url2video.dll")];

    /// <returns>Films in the list, which a read model keeps.</returns>
    private static async Task<int> OfOneVersionAsync(FarmHttp http, CancellationToken cancellation) =>
        (await http.GetAsync("/api/v2/farm/projects", cancellation)).GetProperty("data").GetArrayLength();

    private async Task ReplaceAsync(LocalFarm farm, string name, string[] program, CancellationToken cancellation)
    {
        var (process, began) = (farm.Process(name), _watch.Elapsed);
        Assert.Equal(0, await process.StopAsync(StopPatience));
        var stopped = _watch.Elapsed;
        process.Program = program;
        process.Start();
        if (process.Kind == FarmProcessKind.Server)
        {
            await farm.WaitReadyAsync(farm.Urls[name == "server-1" ? 0 : 1], cancellation);
        }

        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{name}: out in {(stopped - began).TotalSeconds:0.0} s, {(process.Kind == FarmProcessKind.Server ? $"ready {(_watch.Elapsed - stopped).TotalSeconds:0.0} s later" : "started")}, as {program[^1]}"));
    }

    /// <summary>Every film is listed, its journal folds, and its jobs are told; whichever version wrote which event.</summary>
    private static async Task AssertReadableAsync(FarmHttp http, IReadOnlyCollection<OrderedFilm> films, CancellationToken cancellation)
    {
        await FarmCalls.UntilAsync(
            async () => (await http.GetAsync("/api/v2/farm/projects?limit=100", cancellation)).GetProperty("data").EnumerateArray().Select(p => p.GetProperty("id").GetString()).ToHashSet(),
            listed => films.All(f => listed.Contains(f.Id)),
            cancellation);
        foreach (var film in films)
        {
            var replay = await http.GetAsync($"/api/v2/farm/actors/{film.Id}/replay", cancellation);
            Assert.All(replay.GetProperty("checks").EnumerateArray(), c => Assert.True(c.GetProperty("ok").GetBoolean(), $"{film.Id}: {c}"));
            Assert.NotEqual(0, (await http.GetAsync($"/api/v2/farm/jobs/{film.Id}", cancellation)).GetProperty("data").GetArrayLength());
        }
    }
}

/// <summary>Needs a second version of the program, and PostgreSQL.</summary>
internal sealed class TwoVersionsFactAttribute : FactAttribute
{
    public TwoVersionsFactAttribute() => Skip = Old is null ? "U2V_OLD_PROGRAM names no folder with an older url2video.dll"
        : !File.Exists(Path.Combine(Old, "url2video.dll")) ? $"there is no url2video.dll in {Old}"
        : new RequiresPostgresFactAttribute().Skip;

    public static string? Old => Environment.GetEnvironmentVariable("U2V_OLD_PROGRAM") is { Length: > 0 } folder ? folder : null;

    public static string? New => Environment.GetEnvironmentVariable("U2V_NEW_PROGRAM") is { Length: > 0 } folder ? folder : null;
}
