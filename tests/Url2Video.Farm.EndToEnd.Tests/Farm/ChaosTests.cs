using Url2Video.Farm.Cli.Chaos;
using Url2Video.Farm.Cli.Local;
using Url2Video.Farm.EndToEnd.Tests.Support;
using Url2Video.Farm.Tests.Stores;
using Xunit.Abstractions;

namespace Url2Video.Farm.EndToEnd.Tests.Farm;

/// <summary>The short run; the long one is <c>./url2video chaos --minutes 30 --seed N</c>. U2V_CHAOS_SECONDS and U2V_CHAOS_SEED change it.</summary>
[Collection("farm")]
public sealed class ChaosTests(ITestOutputHelper output)
{
    [RequiresPostgresFact]
    public async Task Farm_UnderChaos_LosesNothingAndDoesNothingTwice()
    {
        using var folder = new FarmFolder();
        var options = new ChaosOptions(
            new LocalFarmOptions(folder["farm"], Servers: 2, Nodes: 3, Store: null, Workers: 1, FirstPort: 0) { OwnNetworks = NetworkLab.Missing is null },
            TimeSpan.FromSeconds(Number("U2V_CHAOS_SECONDS", 45)), Patience: TimeSpan.FromMinutes(4), Seed: (ulong)Number("U2V_CHAOS_SEED", 7), FilmsAtOnce: 2, FilmsCompared: 1);

        var report = await new ChaosRun(options, output.WriteLine, TimeProvider.System).RunAsync(CancellationToken.None);

        output.WriteLine($"{string.Join(", ", report.Faults.Select(f => $"{f.Value} x {f.Key}"))}; {report.Films} films; healed in {report.Healing.TotalSeconds:0.0} s");
        Assert.NotEmpty(report.Faults);
        Assert.True(report.Films > 0, "No film was ever accepted.");
        Assert.All(report.Invariants, i => Assert.True(i.Holds, $"{i.Name}: {string.Join("; ", i.Violations)}"));
    }

    private static int Number(string variable, int otherwise) => int.TryParse(Environment.GetEnvironmentVariable(variable), out var given) ? given : otherwise;
}
