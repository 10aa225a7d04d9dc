using System.Collections.Immutable;

namespace Url2Video.Farm.Core.Storyboards;

/// <summary>An effect that is not the farm's own, on a scene's picture under its text. The film names the very files that made it.</summary>
/// <param name="Sha256">Of the plugin's manifest, and through it of all its files.</param>
/// <param name="Parameters">Those that differ from the plugin's defaults, in order of their names.</param>
/// <param name="Seed">0..2⁵³−1.</param>
public sealed record ScenePlugin(string Id, string Sha256, ImmutableArray<PluginValue> Parameters, long Seed)
{
    /// <summary>Each is a process of its own, and two pictures through a pipe for every frame.</summary>
    public const int PerSceneMax = 2;

    public bool Equals(ScenePlugin? other) => other is not null
        && (Id, Sha256, Seed) == (other.Id, other.Sha256, other.Seed) && Parameters.AsSpan().SequenceEqual(other.Parameters.AsSpan());

    public override int GetHashCode() => HashCode.Combine(Id, Sha256, Seed);
}

/// <param name="Value">Ten-thousandths; what the plugin allows is known where it is.</param>
public readonly record struct PluginValue(string Name, int Value);
