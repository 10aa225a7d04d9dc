using System.Runtime.InteropServices;

namespace Url2Video.Farm.Node.Workers.Confinement;

/// <summary>Calls that .NET has no name for, tried so that nothing becomes of them where they are allowed, except of the file that is named.</summary>
internal static class KernelAttempts
{
    private const int OpenFiles = 7, InvalidArgument = 22;
    private const uint OwnerOnly = 0x180;

    // CLONE_NEWUSER with CLONE_FS is an invalid argument to the kernel: an attempt that makes no process where no filter stands before it.
    private const nint UserSpaceSharingFolders = 0x1000_0200;

    /// <exception cref="UnauthorizedAccessException">Refused.</exception>
    public static void ChangeMode(string path) => Demand(ModeCall(path, OwnerOnly) == 0);

    /// <exception cref="UnauthorizedAccessException">Refused.</exception>
    public static void Truncate(string path) => Demand(TruncateCall(path, 0) == 0);

    /// <exception cref="UnauthorizedAccessException">Refused.</exception>
    public static void AskBoundsOf(int process)
    {
        var memory = Marshal.AllocHGlobal(2 * sizeof(ulong));
        try
        {
            Demand(BoundsCall(process, OpenFiles, 0, memory) == 0);
        }
        finally
        {
            Marshal.FreeHGlobal(memory);
        }
    }

    /// <exception cref="UnauthorizedAccessException">Refused.</exception>
    public static void CloneIntoNameSpace()
    {
        var clone = SystemCallTable.For(RuntimeInformation.ProcessArchitecture)?.CloneCall ?? throw new IOException("The numbers of this architecture are not known.");
        _ = SysCall((nint)clone, UserSpaceSharingFolders, 0, 0, 0, 0);
        Demand(Marshal.GetLastPInvokeError() == InvalidArgument);
        _ = SysCall((nint)SystemCallTable.Unreadable[0], 0, 0, 0, 0, 0); // clone3 of nothing is an invalid argument as well.
        Demand(Marshal.GetLastPInvokeError() == InvalidArgument);
    }

    private static void Demand(bool isDone)
    {
        if (!isDone)
        {
            throw new UnauthorizedAccessException($"The kernel answered {Marshal.GetLastPInvokeError()}.");
        }
    }

    [DllImport("libc", EntryPoint = "chmod", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int ModeCall([MarshalAs(UnmanagedType.LPUTF8Str)] string path, uint mode);

    [DllImport("libc", EntryPoint = "truncate", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int TruncateCall([MarshalAs(UnmanagedType.LPUTF8Str)] string path, nint bytes);

    [DllImport("libc", EntryPoint = "prlimit", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int BoundsCall(int process, int resource, nint wanted, nint present);

    [DllImport("libc", EntryPoint = "syscall", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern nint SysCall(nint number, nint a, nint b, nint c, nint d, nint e);
}
