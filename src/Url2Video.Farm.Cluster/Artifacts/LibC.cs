using System.Runtime.InteropServices;
using System.Text;

namespace Url2Video.Farm.Cluster.Artifacts;

/// <summary>
/// The three things of the C library that .NET has no call for. DllImport on purpose: LibraryImport needs unsafe code, which
/// only the Media project may have.
/// </summary>
internal static class LibC
{
    private const int OpenDirectoryReadOnlyCloseOnExec = 0x10000 | 0x80000;

    /// <summary>
    /// Makes a new name in a directory survive power loss: a file's own fsync keeps its bytes, not the entry that names it.
    /// </summary>
    /// <exception cref="IOException">The directory cannot be opened or synced.</exception>
    public static void FlushDirectory(string directory)
    {
        if (!OperatingSystem.IsLinux())
        {
            return; // NTFS journals names itself; macOS keeps them with the file's full flush.
        }

        var descriptor = Open(Path0(directory), OpenDirectoryReadOnlyCloseOnExec);
        if (descriptor < 0)
        {
            throw Failed("open", directory);
        }

        var failure = FSync(descriptor) == 0 ? null : Failed("fsync", directory);
        _ = Close(descriptor);
        if (failure is not null)
        {
            throw failure;
        }
    }

    /// <returns>False when the file system has no link for this pair (other disk, no support): copy instead.</returns>
    public static bool TryHardLink(string existing, string created) =>
        OperatingSystem.IsLinux() && Link(Path0(existing), Path0(created)) == 0;

    private static byte[] Path0(string path) => Encoding.UTF8.GetBytes(path + '\0');

    private static IOException Failed(string call, string path)
    {
        var errno = Marshal.GetLastPInvokeError();
        return new IOException($"{call} of {path} failed: {Marshal.GetPInvokeErrorMessage(errno)}", errno);
    }

    [DllImport("libc", EntryPoint = "open", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Open(byte[] path, int flags);

    [DllImport("libc", EntryPoint = "fsync", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int FSync(int descriptor);

    [DllImport("libc", EntryPoint = "close")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Close(int descriptor);

    [DllImport("libc", EntryPoint = "link", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Link(byte[] existing, byte[] created);
}
