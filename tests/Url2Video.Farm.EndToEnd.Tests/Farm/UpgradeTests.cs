using Url2Video.Farm.Cli.Chaos;
using Url2Video.Farm.Cli.Client;
using Url2Video.Farm.Cli.Local;
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

    [TwoVersionsFact]
    public async Task Farm_UpgradedProcessByProcess_FailsNoFilm_AndReadsWhatTheOldVersionWrote()
    {
        string[] old = ProgramIn(TwoVersionsFactAttribute.Old!);
        string[] fresh = TwoVersionsFactAttribute.New is { } folderOfNew ? ProgramIn(folderOfNew) : FarmProcess.ThisProgram();
        using var patience = new CancellationTokenSource(Patience);
        await using var farm = await LoadedFarm.StartAsync(old, seed: 33, output.WriteLine, patience.Token);
        var before = await ListedAsync(farm.Of("server-1"), patience.Token);

        await farm.RenewAsync("server-1", fresh);
        var mixed = await ListedAsync(farm.Of("server-2"), patience.Token);
        await farm.GoBackAsync("server-1", old); // The new one was not liked; the other server saw both.
        foreach (var process in LoadedFarm.Servers.Concat(LoadedFarm.Nodes))
        {
            await farm.RenewAsync(process, fresh);
        }

        await farm.AssertSoundAsync();
        output.WriteLine($"films listed: with the old version {before}, with both {mixed}");
        await AssertReadableAsync(farm.Of("server-1"), farm.Films, patience.Token);
    }

    private static string[] ProgramIn(string folder) => ["dotnet", Path.Combine(Path.GetFullPath(folder), "url2video.dll")];

    /// <returns>Films in the list, which a read model keeps.</returns>
    private static async Task<int> ListedAsync(FarmHttp http, CancellationToken cancellation) =>
        (await http.GetAsync("/api/v2/farm/projects", cancellation)).GetProperty("data").GetArrayLength();

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
