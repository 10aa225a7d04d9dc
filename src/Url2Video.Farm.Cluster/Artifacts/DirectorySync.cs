using System.Runtime.InteropServices;
using System.Text;

namespace Url2Video.Farm.Cluster.Artifacts;

/// <summary>
/// Makes a new name in a directory survive power loss. A file's own fsync keeps its bytes, not the entry that names it; .NET
/// has no call for the directory, so this asks the C library.
/// </summary>
internal static class DirectorySync
{
    private const int OpenDirectoryReadOnlyCloseOnExec = 0x10000 | 0x80000;

    /// <exception cref="IOException">The directory cannot be opened or synced.</exception>
    public static void Flush(string directory)
    {
        if (!OperatingSystem.IsLinux())
        {
            return; // NTFS journals names itself; macOS keeps them with the file's full flush.
        }

        var descriptor = Open(Encoding.UTF8.GetBytes(directory + '\0'), OpenDirectoryReadOnlyCloseOnExec);
        if (descriptor < 0)
        {
            throw Failed("open", directory);
        }

        var status = FSync(descriptor);
        var failure = status == 0 ? null : Failed("fsync", directory);
        _ = Close(descriptor);
        if (failure is not null)
        {
            throw failure;
        }
    }

    private static IOException Failed(string call, string directory)
    {
        var errno = Marshal.GetLastPInvokeError();
        return new IOException($"{call} of {directory} failed: {Marshal.GetPInvokeErrorMessage(errno)}", errno);
    }

    // DllImport on purpose: LibraryImport needs unsafe code, which only the Media project may have.
    [DllImport("libc", EntryPoint = "open", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Open(byte[] path, int flags);

    [DllImport("libc", EntryPoint = "fsync", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int FSync(int descriptor);

    [DllImport("libc", EntryPoint = "close")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Close(int descriptor);
}
