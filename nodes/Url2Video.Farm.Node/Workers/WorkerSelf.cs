using System.Globalization;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Url2Video.Farm.Node.Workers;

/// <summary>
/// What a worker process does to itself before it touches a stranger's bytes. DllImport on purpose: see <c>LibC</c> of the Cluster room.
/// </summary>
internal static class WorkerSelf
{
    private const int Data = 2;
    private const int Core = 4;
    private const int DuplicateClosingOnExec = 1030;

    /// <summary>The pipe for frames; what native code prints by itself goes to standard error from now on.</summary>
    public static FileStream TakeStandardOutput()
    {
        var kept = Control(1, DuplicateClosingOnExec, 3); // Helpers that works start must not hold it open when this process is gone.
        if (kept < 0 || Duplicate(2, 1) < 0)
        {
            throw new IOException($"dup failed with {Marshal.GetLastPInvokeError()}.");
        }

        Console.SetOut(TextWriter.Null);
        return new FileStream(new SafeFileHandle(kept, ownsHandle: true), FileAccess.Write, bufferSize: 0);
    }

    /// <summary>
    /// Bounds private memory (RLIMIT_DATA: what is reserved and not written does not count), writes no core file, and is the first that the kernel ends
    /// when the machine runs out of memory: the node must outlive it.
    /// </summary>
    /// <param name="memoryBytesMax">0: no bound.</param>
    public static void Confine(long memoryBytesMax)
    {
        if (memoryBytesMax > 0)
        {
            SetLimit(Data, (ulong)memoryBytesMax);
        }

        SetLimit(Core, 0);
        EndFirst(Environment.ProcessId);
    }

    /// <summary>When the machine runs out of memory, that process ends, not its node.</summary>
    public static void EndFirst(int process)
    {
        try
        {
            File.WriteAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{process}/oom_score_adj"), "500");
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            // A machine without it ends whom it likes; and of a confined worker it was said before, by its node or by itself.
        }
    }

    private static void SetLimit(int resource, ulong value)
    {
        if (GetResourceLimit(resource, out var now) != 0)
        {
            throw new IOException($"getrlimit({resource}) failed with {Marshal.GetLastPInvokeError()}.");
        }

        var least = Math.Min(value, now.Hard); // Who set a lower one meant it.
        var bound = new Limit { Soft = least, Hard = least };
        if (SetResourceLimit(resource, ref bound) != 0)
        {
            throw new IOException($"setrlimit({resource}) failed with {Marshal.GetLastPInvokeError()}.");
        }
    }

    [DllImport("libc", EntryPoint = "fcntl", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Control(int file, int command, int argument);

    [DllImport("libc", EntryPoint = "getrlimit", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int GetResourceLimit(int resource, out Limit limit);

    [DllImport("libc", EntryPoint = "dup2", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Duplicate(int from, int to);

    [DllImport("libc", EntryPoint = "setrlimit", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SetResourceLimit(int resource, ref Limit limit);

    [StructLayout(LayoutKind.Sequential)]
    private struct Limit
    {
        public ulong Soft;
        public ulong Hard;
    }
}
