using System.Diagnostics;
using System.Globalization;
using Xunit.Abstractions;

namespace Url2Video.Farm.Core.Tests.Simulation;

public sealed class SimulationTests(ITestOutputHelper output)
{
    private const int SeedsNormally = 250;

    [Fact]
    public void AnyStorm_KeepsEveryPromise_AndEverythingEnds()
    {
        var (first, seeds) = (Setting("U2V_SIM_FIRST", 0), Setting("U2V_SIM_SEEDS", SeedsNormally));
        var watch = Stopwatch.StartNew();
        var results = Enumerable.Range(first, seeds).Select(seed => Simulation.Run((ulong)seed)).ToList();
        var (seconds, steps) = (watch.Elapsed.TotalSeconds, results.Sum(r => r.Steps));

        output.WriteLine($"{seeds} seeds, {seeds / seconds:F1} seeds/s, {steps} steps, {steps / seconds:F0} steps/s");
        output.WriteLine($"{results.Sum(r => r.VirtualSeconds) / seconds:F0} x real time, {results.Sum(r => r.Completed)} films completed");
        output.WriteLine($"{results.Sum(r => r.Grants)} grants, {results.Sum(r => r.Refused)} late reports refused, {results.Sum(r => r.Adoptions)} adopted, {results.Sum(r => r.ReservesBegun)} reserves begun");
        var violations = results.Where(r => r.Violation is not null).Select(r => $"seed {r.Seed}: {r.Violation}").ToList();
        Assert.True(violations.Count == 0, $"{violations.Count} of {seeds}:\n{string.Join('\n', violations.Take(10))}");
        Assert.True(seeds < SeedsNormally || (results.Sum(r => r.Refused) > 0 && results.Sum(r => r.Adoptions) > 0 && results.Sum(r => r.ReservesBegun) > 0), "The storms were too mild to test anything.");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(42)]
    public void SameSeed_RunTwice_GivesTheSameHash(ulong seed) =>
        Assert.Equal(Simulation.Run(seed), Simulation.Run(seed));

    [Fact]
    public void OtherSeeds_GiveOtherHashes() =>
        Assert.Equal(10, Enumerable.Range(0, 10).Select(seed => Simulation.Run((ulong)seed).Hash).Distinct().Count());

    private static int Setting(string name, int normally) =>
        Environment.GetEnvironmentVariable(name) is { } text ? int.Parse(text, CultureInfo.InvariantCulture) : normally;
}
