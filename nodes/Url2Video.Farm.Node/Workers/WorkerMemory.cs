using System.Globalization;
using Url2Video.Farm.Core;

namespace Url2Video.Farm.Node.Workers;

/// <summary>
/// How a worker process gets and gives back its memory, said in its environment because both allocators read it before our first line. Nearly all it has are a few
/// hundred native blocks of a picture's size.
/// </summary>
internal static class WorkerMemory
{
    public static void Set(IDictionary<string, string?> environment)
    {
        ArgumentNullException.ThrowIfNull(environment);

        // glibc gives a block of its own mapping back at once. Left to itself it raises the bound with the first picture that is freed, keeps all later ones in its heaps, and those have
        // holes of a picture's size: the second chunk took 60 to 130 MiB more than the first.
        environment.TryAdd("MALLOC_MMAP_THRESHOLD_", Limits.WorkerMapBytesMin.ToString(CultureInfo.InvariantCulture));

        // Its few managed objects need no thread that collects beside the work.
        environment.TryAdd("DOTNET_gcConcurrent", "0");
    }
}
