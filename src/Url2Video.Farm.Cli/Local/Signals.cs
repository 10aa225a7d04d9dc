using System.Runtime.InteropServices;

namespace Url2Video.Farm.Cli.Local;

/// <summary>POSIX signals to processes that this one started. DllImport on purpose: see <c>LibC</c> of the Cluster room.</summary>
internal static class Signals
{
    public const int Kill = 9;
    public const int Terminate = 15;
    public const int Continue = 18;
    public const int Stop = 19;

    /// <returns>False when the process is gone already.</returns>
    public static bool Send(int processId, int signal) => NativeKill(processId, signal) == 0;

    [DllImport("libc", EntryPoint = "kill", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int NativeKill(int processId, int signal);
}
