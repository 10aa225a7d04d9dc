using System.Collections.Immutable;
using System.Globalization;

namespace Url2Video.Farm.Core.Nodes;

/// <summary>What a node measured of itself: tried, not assumed. Amounts are what its container may use, not what the machine has.</summary>
public sealed record NodeFacts
{
    private const long Gibibyte = 1024L * 1024 * 1024;

    /// <summary>Whole cores that the process may burn, at least 1.</summary>
    public int Cores { get; init; } = 1;

    /// <summary>0: not known.</summary>
    public long MemoryBytes { get; init; }

    /// <summary>Free where attempts write; 0: not known.</summary>
    public long ScratchFreeBytes { get; init; }

    /// <summary>Versions of the libraries, or why there are none.</summary>
    public string FFmpeg { get => field ?? string.Empty; init; } = string.Empty;

    /// <summary>Encoders that opened and encoded frames.</summary>
    public ImmutableArray<EncoderFact> Encoders { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>In the driver's order.</summary>
    public ImmutableArray<GpuFact> Gpus { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>Speech engines with at least one voice, sorted.</summary>
    public ImmutableArray<string> Voices { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>Version line of the browser; empty: none.</summary>
    public string Chromium { get => field ?? string.Empty; init; } = string.Empty;

    public SandboxFacts Sandbox { get; init => field = value ?? SandboxFacts.None; } = SandboxFacts.None;

    public string Os { get => field ?? string.Empty; init; } = string.Empty;

    public string Kernel { get => field ?? string.Empty; init; } = string.Empty;

    /// <summary>e.g. <c>x64</c>, <c>arm64</c>.</summary>
    public string Architecture { get => field ?? string.Empty; init; } = string.Empty;

    /// <summary>The capability words of the node, sorted, each once.</summary>
    public ImmutableArray<string> Words()
    {
        var words = new SortedSet<string>(StringComparer.Ordinal) { Amount("cpu.cores", Cores) };
        AddAmount(words, "mem.gib", MemoryBytes / Gibibyte);
        AddAmount(words, "scratch.gib", ScratchFreeBytes / Gibibyte);
        AddAmount(words, "sandbox.landlock", Sandbox.LandlockAbi);
        if (Sandbox.Seccomp)
        {
            words.Add("sandbox:seccomp");
        }

        foreach (var encoder in Encoders)
        {
            words.Add(EncoderWords.Of(encoder.Name));
            words.Add(EncoderWords.Of(encoder.Name, encoder.Fingerprint));
        }

        foreach (var voice in Voices)
        {
            words.Add("voice:" + voice);
        }

        if (!Gpus.IsEmpty)
        {
            // A job does not choose its device: what is promised must hold for the smallest.
            words.Add("gpu");
            words.Add(Amount("gpu.count", Gpus.Length));
            AddAmount(words, "gpu.vram.gib", Gpus.Min(g => g.MemoryBytes) / Gibibyte);
        }

        if (Chromium.Length > 0)
        {
            words.Add("chromium");
        }

        if (Architecture.Length > 0)
        {
            words.Add("arch:" + Architecture);
        }

        return [.. words];
    }

    private static void AddAmount(SortedSet<string> words, string name, long amount)
    {
        if (amount > 0)
        {
            words.Add(Amount(name, amount));
        }
    }

    private static string Amount(string name, long amount) => string.Create(CultureInfo.InvariantCulture, $"{name}={amount}");
}

/// <param name="Name">FFmpeg's name, e.g. <c>libx264</c>.</param>
/// <param name="Fingerprint">12 lower-case hexadecimal characters: equal fingerprints give equal bytes for equal frames.</param>
public sealed record EncoderFact(string Name, string Fingerprint);

/// <param name="MemoryBytes">Of the device, in all.</param>
public sealed record GpuFact(string Name, long MemoryBytes);

/// <param name="LandlockAbi">Version of the kernel's Landlock; 0: none.</param>
/// <param name="Seccomp">The kernel filters system calls.</param>
public sealed record SandboxFacts(int LandlockAbi, bool Seccomp)
{
    public static readonly SandboxFacts None = new(0, false);
}
