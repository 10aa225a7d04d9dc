using System.Collections.Immutable;

namespace Url2Video.Farm.Bench.Trials;

/// <summary>What one trial gave.</summary>
/// <param name="Value">In the kind's unit.</param>
internal sealed record Trial(double Value)
{
    /// <summary>What else was measured in it, by name.</summary>
    public ImmutableSortedDictionary<string, double> Also { get; init; } = ImmutableSortedDictionary<string, double>.Empty;

    /// <summary>What must not be and was, each in one sentence.</summary>
    public ImmutableArray<string> Violations { get; init; } = [];

    public Trial With(string name, double value) => this with { Also = Also.SetItem(name, value) };
}

/// <summary>The farm that a kind of trial needs.</summary>
internal sealed record TrialNeeds(int Servers = 2, int Nodes = 3)
{
    /// <summary>Each process in a network of its own. Needs root.</summary>
    public bool OwnNetworks { get; init; }

    /// <summary>Two databases, of which one follows the other.</summary>
    public bool Standby { get; init; }
}

/// <param name="Proof">What is taken for the end of the time.</param>
/// <param name="Goal">Upper bound of the value that every trial should keep; null: none.</param>
internal sealed record TrialKind(string Name, string Proof, double? Goal, TrialNeeds Needs, Func<TrialFarm, int, CancellationToken, Task<Trial>> RunAsync)
{
    public string Unit { get; init; } = "s";

    /// <summary>Null: this machine can do it. Else why not.</summary>
    public Func<string?> Missing { get; init; } = static () => null;
}
