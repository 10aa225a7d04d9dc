using System.Runtime.InteropServices;

namespace Url2Video.Farm.Node.Workers.Confinement;

/// <summary>Hands a filter of system calls to the kernel, for this thread and what comes after it. Needs no_new_privs.</summary>
internal static class SeccompFilter
{
    private const int SetSystemCallFilter = 22, FilterMode = 2, BadAddress = 14;

    /// <summary>The kernel has such filters: it asks for one where none is.</summary>
    public static bool IsKnown { get; } = OperatingSystem.IsLinux() && Ask(SetSystemCallFilter, FilterMode, 0, 0, 0) != 0 && Marshal.GetLastPInvokeError() == BadAddress;

    public static bool TryInstall(FilterStep[] filter)
    {
        var pinned = GCHandle.Alloc(filter, GCHandleType.Pinned);
        try
        {
            var program = new Program { Length = (ushort)filter.Length, First = pinned.AddrOfPinnedObject() };
            return Control(SetSystemCallFilter, FilterMode, ref program, 0, 0) == 0;
        }
        finally
        {
            pinned.Free();
        }
    }

    [DllImport("libc", EntryPoint = "prctl", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Control(int option, nint mode, ref Program program, nint c, nint d);

    [DllImport("libc", EntryPoint = "prctl", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Ask(int option, nint mode, nint program, nint c, nint d);

    /// <summary>sock_fprog.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct Program
    {
        public ushort Length;
        public nint First;
    }
}
