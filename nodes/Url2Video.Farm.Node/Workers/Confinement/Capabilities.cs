using System.Runtime.InteropServices;

namespace Url2Video.Farm.Node.Workers.Confinement;

/// <summary>
/// What root may beyond others. A worker whose node runs as root keeps only what lets it use the node's files whoever owns them; the rest
/// would open what confinement closes, such as the environment of every process (CAP_PERFMON). A plugin keeps nothing.
/// </summary>
internal static class Capabilities
{
    private const uint Version3 = 0x20080522;
    private const int PassFileRights = 1, ActAsOwner = 3;
    private const uint OfWorkers = (1u << PassFileRights) | (1u << ActAsOwner);

    /// <summary>Of this thread and what it becomes (with no_new_privs, which keeps exec from giving root all again); nothing changes for whoever is not root.</summary>
    public static bool TryDrop()
    {
        var header = new Header { Version = Version3 };
        var sets = new Sets();
        if (Get(ref header, ref sets) != 0)
        {
            return false;
        }

        var kept = new Sets { EffectiveLow = sets.EffectiveLow & OfWorkers, PermittedLow = sets.PermittedLow & OfWorkers };
        return Set(ref header, ref kept) == 0;
    }

    /// <summary>All of them, and looks whether they are gone.</summary>
    public static bool TryDropAll()
    {
        var (header, none, left) = (new Header { Version = Version3 }, new Sets(), new Sets());
        return Set(ref header, ref none) == 0 && Get(ref header, ref left) == 0 && left == none;
    }

    [DllImport("libc", EntryPoint = "capget", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Get(ref Header header, ref Sets sets);

    [DllImport("libc", EntryPoint = "capset", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Set(ref Header header, ref Sets sets);

    [StructLayout(LayoutKind.Sequential)]
    private struct Header
    {
        public uint Version;
        public int Process;
    }

    [StructLayout(LayoutKind.Sequential)]
    private record struct Sets
    {
        public uint EffectiveLow, PermittedLow, InheritableLow;
        public uint EffectiveHigh, PermittedHigh, InheritableHigh;
    }
}
