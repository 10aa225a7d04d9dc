using System.Runtime.InteropServices;

namespace Url2Video.Farm.Node.Plugins;

/// <summary>The kernel's own bounds of a process (setrlimit): what goes beyond them fails, or ends it.</summary>
internal static class ProcessBounds
{
    private const int CpuSeconds = 0;
    private const int FileBytes = 1;
    private const int DataBytes = 2;
    private const int CoreBytes = 4;
    private const int FilesOpen = 7;

    public static void Set(long memoryBytes, int cpuSeconds, long fileBytes, int filesOpen)
    {
        Set(DataBytes, (ulong)memoryBytes);
        Set(CpuSeconds, (ulong)cpuSeconds);
        Set(FileBytes, (ulong)fileBytes);
        Set(FilesOpen, (ulong)filesOpen);
        Set(CoreBytes, 0);
    }

    private static void Set(int resource, ulong value)
    {
        if (getrlimit(resource, out var now) != 0)
        {
            throw new IOException($"getrlimit({resource}) failed with {Marshal.GetLastPInvokeError()}.");
        }

        var least = Math.Min(value, now.Hard);
        var bound = new Bound { Soft = least, Hard = least };
        if (setrlimit(resource, ref bound) != 0)
        {
            throw new IOException($"setrlimit({resource}) failed with {Marshal.GetLastPInvokeError()}.");
        }
    }

    [DllImport("libc", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int getrlimit(int resource, out Bound bound);

    [DllImport("libc", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int setrlimit(int resource, ref Bound bound);

    [StructLayout(LayoutKind.Sequential)]
    private struct Bound
    {
        public ulong Soft;
        public ulong Hard;
    }
}
