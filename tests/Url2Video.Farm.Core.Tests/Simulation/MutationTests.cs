using Xunit.Abstractions;

namespace Url2Video.Farm.Core.Tests.Simulation;

/// <summary>The gate that tests the simulator: every planted defect must be found, and soon.</summary>
public sealed class MutationTests(ITestOutputHelper output)
{
    private const int SeedsMax = 500;

    public static TheoryData<string> Names => new(Mutants.All.Keys);

    [Theory]
    [MemberData(nameof(Names))]
    public void PlantedDefect_WithinTheSeeds_IsFound(string mutant)
    {
        var found = Enumerable.Range(0, SeedsMax)
            .Select(seed => Simulation.Run((ulong)seed, Mutants.All[mutant]()))
            .FirstOrDefault(r => r.Violation is not null);

        Assert.NotNull(found);
        output.WriteLine($"{mutant}: seed {found.Seed}: {found.Violation}");
    }
}
