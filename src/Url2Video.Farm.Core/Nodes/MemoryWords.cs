using System.Collections.Immutable;
using System.Globalization;

namespace Url2Video.Farm.Core.Nodes;

/// <summary>
/// The memory of worker processes as a capability: a node says <c>worker.mem.mib=4096</c>, and a scene needs <c>worker.mem.mib>=6144</c>, a minimum that nothing uses up. Only
/// scenes for which the usual worker is too small have such a need: nodes from before there was the word hold all others, and would wait for nobody.
/// </summary>
public static class MemoryWords
{
    private const string Name = "worker.mem.mib";

    private const long Mebibyte = 1024 * 1024;

    /// <summary>Of a worker's memory, the eighths that the pictures of its scenes may take. The rest is for encoders, decoders of clips and the runtime.</summary>
    private const int SceneEighths = 5;

    /// <summary>What needs ask for: a half more and a third more in turn, so that nobody is refused for want of much less than what it has, and few classes of jobs differ.</summary>
    private static readonly ImmutableArray<int> s_steps = [.. Steps()];

    /// <summary>What a node tells.</summary>
    /// <param name="workerMib">Private memory of each of its workers; 0: nobody knows a bound.</param>
    public static string Of(int workerMib) => $"{Name}={Text(workerMib == 0 ? Limits.WorkerMemoryMibMax : workerMib)}";

    /// <summary>What a scene needs of its node; null where the usual worker has room for it.</summary>
    public static string? NeedOf(long sceneBytes) =>
        sceneBytes <= SceneBytesMax(Limits.WorkerMemoryMibDefault) ? null : $"{Name}>={Text(WorkerMibFor(sceneBytes) ?? Limits.WorkerMemoryMibMax)}";

    /// <summary>All that several scenes need of one node: of their memory needs the largest, which holds the others.</summary>
    public static IEnumerable<string> Largest(IEnumerable<string> needs)
    {
        var largest = 0;
        foreach (var need in needs)
        {
            if (LeastOf(need) is not { } mib)
            {
                yield return need;
            }
            else
            {
                largest = Math.Max(largest, mib);
            }
        }

        if (largest > 0)
        {
            yield return $"{Name}>={Text(largest)}";
        }
    }

    /// <summary>The least memory of a worker, among the steps, in which the pictures of a scene have room; null where none has.</summary>
    public static int? WorkerMibFor(long sceneBytes) => s_steps.Where(s => sceneBytes <= SceneBytesMax(s)).Select(s => (int?)s).FirstOrDefault();

    /// <summary>What the pictures of a scene and of the one it comes in over may take in a worker.</summary>
    /// <param name="workerMib">0: nobody knows a bound.</param>
    public static long SceneBytesMax(int workerMib) => (workerMib == 0 ? Limits.WorkerMemoryMibMax : workerMib) * Mebibyte * SceneEighths / 8;

    private static int? LeastOf(string need) =>
        need.StartsWith(Name + ">=", StringComparison.Ordinal) && int.TryParse(need.AsSpan(Name.Length + 2), NumberStyles.None, CultureInfo.InvariantCulture, out var mib) ? mib : null;

    private static string Text(int mib) => mib.ToString(CultureInfo.InvariantCulture);

    private static IEnumerable<int> Steps()
    {
        for (var mib = 2 * Limits.WorkerMemoryMibMin; mib < Limits.WorkerMemoryMibMax; mib *= 2)
        {
            yield return mib;
            yield return mib + (mib / 2);
        }

        yield return Limits.WorkerMemoryMibMax;
    }
}
