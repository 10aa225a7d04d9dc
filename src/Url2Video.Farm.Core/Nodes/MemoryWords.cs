using System.Collections.Immutable;
using System.Globalization;

namespace Url2Video.Farm.Core.Nodes;

/// <summary>
/// The capability words of memory: <c>memory:4096</c> is met by nodes whose worker processes may have so many MiB each, or more. Only scenes that want more than the
/// smallest worker has need one.
/// </summary>
public static class MemoryWords
{
    private const string Prefix = "memory:";

    private const long Mebibyte = 1024 * 1024;

    /// <summary>Of a worker's memory, the eighths that the pictures of its scenes may take. The rest is for encoders, decoders of clips and the runtime.</summary>
    private const int SceneEighths = 5;

    /// <summary>A half more and a third more in turn: nobody is refused for want of much less than what it has.</summary>
    private static readonly ImmutableArray<int> s_steps = [.. Steps()];

    /// <summary>What a node tells.</summary>
    /// <param name="workerMib">Private memory of each of its workers; 0: no bound.</param>
    public static IEnumerable<string> Of(int workerMib) => s_steps.Where(s => workerMib == 0 || s <= workerMib).Select(Word);

    /// <summary>What a scene needs of its node; null where every worker has room for it.</summary>
    public static string? NeedOf(long sceneBytes) => sceneBytes <= SceneBytesMax(Limits.WorkerMemoryMibMin) ? null : Word(WorkerMibFor(sceneBytes));

    /// <summary>The least memory of a worker, among those that have a word, in which the pictures of a scene have room.</summary>
    public static int WorkerMibFor(long sceneBytes) => s_steps.FirstOrDefault(s => sceneBytes <= SceneBytesMax(s), Limits.WorkerMemoryMibMax);

    /// <summary>What the pictures of a scene and of the one it comes in over may take in a worker.</summary>
    /// <param name="workerMib">0: no bound.</param>
    public static long SceneBytesMax(int workerMib) => (workerMib == 0 ? Limits.WorkerMemoryMibMax : workerMib) * Mebibyte * SceneEighths / 8;

    private static string Word(int mib) => Prefix + mib.ToString(CultureInfo.InvariantCulture);

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
