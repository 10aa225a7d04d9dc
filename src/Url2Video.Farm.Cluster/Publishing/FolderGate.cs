using System.Collections.Concurrent;

namespace Url2Video.Farm.Cluster.Publishing;

/// <summary>
/// One writer at a time for each output folder of this process: a publisher whose project was stopped under it may still be at its
/// last file when its successor begins.
/// </summary>
internal static class FolderGate
{
    private static readonly ConcurrentDictionary<string, SemaphoreSlim> Gates = new(StringComparer.Ordinal);

    public static SemaphoreSlim Of(string folder) => Gates.GetOrAdd(Path.GetFullPath(folder), static _ => new SemaphoreSlim(1, 1));
}
