using Url2Video.Farm.Tests.Stores;
using Xunit.Abstractions;

namespace Url2Video.Farm.EndToEnd.Tests.Farm;

/// <summary>An upgrade as operators do it: one process after the other, in order, while people order films.</summary>
[Collection("farm")]
public sealed class RollingRestartTests(ITestOutputHelper output)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    [RequiresPostgresFact]
    public async Task Farm_RestartedProcessByProcessUnderLoad_FailsNoFilmAndNoCall()
    {
        using var patience = new CancellationTokenSource(Patience);
        await using var farm = await LoadedFarm.StartAsync(program: null, seed: 21, output.WriteLine, patience.Token);

        foreach (var process in LoadedFarm.Servers.Concat(LoadedFarm.Nodes))
        {
            await farm.RenewAsync(process);
        }

        await farm.AssertSoundAsync();
    }
}
