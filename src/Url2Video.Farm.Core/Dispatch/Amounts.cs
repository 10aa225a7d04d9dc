using System.Collections.Immutable;
using System.Globalization;

namespace Url2Video.Farm.Core.Dispatch;

/// <summary>
/// One word of what a job needs: <c>name</c>, or <c>name>=N</c>. The names in <see cref="Counted"/> are used up: a running job has its
/// amount for itself. Any other amount is only a minimum (a version, a speed).
/// </summary>
/// <param name="Least">Null for a plain word.</param>
internal readonly record struct Need(string Name, int? Least)
{
    public const string GpuCount = "gpu.count";
    public const string GpuMemory = "gpu.vram.gib";
    private const string Gpu = "gpu";

    /// <summary>Per node, but the memory of GPUs is per device.</summary>
    private static readonly ImmutableArray<string> Counted = [GpuCount, GpuMemory, "cpu.cores", "mem.gib", "scratch.gib"];

    public bool IsCounted => Least is > 0 && Counted.Contains(Name);

    public bool IsGpu => Name == Gpu || Name.StartsWith("gpu.", StringComparison.Ordinal);

    /// <summary>A word that is no proper amount is a plain word, which no node has by chance.</summary>
    public static Need Parse(string word)
    {
        var at = word.IndexOf(">=", StringComparison.Ordinal);
        return at > 0 && int.TryParse(word.AsSpan(at + 2), NumberStyles.None, CultureInfo.InvariantCulture, out var least)
            ? new(word[..at] == Gpu ? GpuCount : word[..at], least)
            : new(word, null);
    }

    /// <summary>GPUs that a job with these needs has: what it counts, or one.</summary>
    public static int GpusOf(ImmutableArray<string> words)
    {
        var needs = CapabilityIndex.NeedsOf(words);
        return !needs.Any(n => n.IsGpu) ? 0 : Math.Max(1, needs.Max(n => n.Name == GpuCount ? n.Least ?? 0 : 0));
    }

    public override string ToString() => Least is { } least ? string.Create(CultureInfo.InvariantCulture, $"{Name}>={least}") : Name;
}

/// <summary>The words of a node, read: plain ones, and amounts <c>name=M</c>.</summary>
internal sealed class CapabilitySet
{
    private readonly HashSet<string> _words = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _amounts = new(StringComparer.Ordinal);

    public CapabilitySet(ImmutableArray<string> words)
    {
        foreach (var word in words.IsDefault ? [] : words)
        {
            var at = word.IndexOf('=', StringComparison.Ordinal);
            if (at > 0 && int.TryParse(word.AsSpan(at + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var amount))
            {
                _amounts[word[..at]] = Math.Max(amount, _amounts.GetValueOrDefault(word[..at]));
            }
            else
            {
                _words.Add(word);
            }
        }
    }

    public int Count => _words.Count + _amounts.Count;

    public bool HasGpu => Gpus > 0;

    public int Gpus => AmountOf(Need.GpuCount) ?? (_words.Contains("gpu") ? 1 : 0);

    public int? AmountOf(string name) => _amounts.TryGetValue(name, out var amount) ? amount : null;

    public bool Has(Need need) => need.Least is not { } least
        ? _words.Contains(need.Name)
        : least <= (need.Name == Need.GpuCount ? Gpus : AmountOf(need.Name) ?? -1);
}

/// <summary>What a class of jobs uses up of its node while it runs.</summary>
/// <param name="Devices">Whole GPUs.</param>
/// <param name="GpuGib">Memory of one GPU that may be shared; with <paramref name="Devices"/>, of each.</param>
/// <param name="Others">By name.</param>
internal sealed record Amounts(int Devices, int GpuGib, ImmutableArray<Need> Others)
{
    public static readonly Amounts None = new(0, 0, []);

    public bool IsNone => Devices == 0 && GpuGib == 0 && Others.IsEmpty;

    public static Amounts Of(ImmutableArray<Need> needs)
    {
        var counted = needs.Where(n => n.IsCounted).ToImmutableArray();
        int Of(string name) => counted.Where(n => n.Name == name).Select(n => n.Least!.Value).DefaultIfEmpty(0).Max();
        return counted.IsEmpty ? None : new(Of(Need.GpuCount), Of(Need.GpuMemory), [.. counted.Where(n => !n.IsGpu)]);
    }
}
