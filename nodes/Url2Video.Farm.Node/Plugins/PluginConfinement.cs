using System.Runtime.InteropServices;
using System.Text;
using Url2Video.Farm.Core;
using Url2Video.Farm.Node.Workers.Confinement;

namespace Url2Video.Farm.Node.Plugins;

/// <summary>
/// A process that confines itself and then becomes a plugin: bounds of memory, time and files; no privileges; no network; no other processes; and of the
/// file system what it is told. All of it is kept over exec, also by threads of the plugin. What cannot be had ends the process: a plugin never runs unconfined.
/// </summary>
public static class PluginConfinement
{
    /// <summary>The hidden verb of the program.</summary>
    public const string Verb = "plugin-run";

    /// <summary>Exit status of a process that could not be confined.</summary>
    public const int FailedStatus = 125;

    /// <summary>Exit status of a process that could not take its memory over: without any, it may go.</summary>
    public const int NoMemoryStatus = 124;

    private const int SetNoNewPrivileges = 38;
    private const int NewNetwork = 0x4000_0000;

    /// <summary>The arguments after the verb.</summary>
    /// <param name="scratch">A folder it may write in; null: none.</param>
    /// <param name="memory">Where it finds memory that it is to share; null: nowhere.</param>
    public static IReadOnlyList<string> ArgumentsOf(PluginFolder plugin, string? scratch, string? memory = null) =>
        [Verb, plugin.Path, System.IO.Path.Combine(plugin.Path, plugin.Manifest.Entry), scratch ?? "-", memory ?? "-"];

    /// <summary>Does not return when it succeeds.</summary>
    /// <param name="arguments">Folder, entry, scratch and memory, as <see cref="ArgumentsOf"/> wrote them, without the verb.</param>
    public static int Become(IReadOnlyList<string> arguments)
    {
        try
        {
            var (folder, entry, scratch) = (arguments[0], arguments[1], arguments[2] == "-" ? null : arguments[2]);
            if (arguments[3] != "-" && !PluginMemory.TryTake(arguments[3]))
            {
                return NoMemoryStatus;
            }

            ProcessBounds.Set(Limits.PluginMemoryBytesMax, Limits.PluginCpuSecondsMax, scratch is null ? 0 : Limits.PluginFileBytesMax, Limits.PluginFilesOpenMax);
            if (prctl(SetNoNewPrivileges, 1, 0, 0, 0) != 0)
            {
                throw Refused("no_new_privs");
            }

            // An empty network where that is allowed; where it is not, the filter below forbids sockets all the same.
            _ = unshare(NewNetwork);
            Enter(folder, scratch);
            if (!Capabilities.TryDropAll())
            {
                throw Refused("giving up capabilities"); // `plugin check` is run by people, as root too, and has no worker above it that gave them up.
            }

            PluginCallFilter.Enforce();
            var environment = Environment(scratch);
            _ = execve(entry, [entry, null], [.. environment, null]);
            throw Refused($"exec of {entry}");
        }
        catch (Exception fault)
        {
            Console.Error.WriteLine($"A plugin cannot be started here: {fault.Message}");
            return FailedStatus;
        }
    }

    private static void Enter(string folder, string? scratch)
    {
        using var landlock = Landlock.TryCreate(isOnline: false) ?? throw new IOException("this kernel has no Landlock");
        landlock.AllowRead(folder);
        foreach (var path in SystemFolders())
        {
            landlock.AllowRead(path);
        }

        landlock.AllowDevice("/dev/null");
        if (scratch is not null)
        {
            landlock.AllowWork(scratch);
        }

        if (!landlock.TryEnter())
        {
            throw Refused("Landlock");
        }
    }

    /// <summary>All that a plugin sees of the environment: nothing of the node's.</summary>
    internal static IEnumerable<string> Environment(string? scratch) =>
    [
        "PATH=/usr/bin:/bin",
        "LANG=C.UTF-8",
        $"HOME={scratch ?? "/"}",
        $"TMPDIR={scratch ?? "/"}",
        $"DOTNET_ROOT={RuntimeFolder()}",
        "DOTNET_EnableDiagnostics=0",
        "DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=1",
        "DOTNET_TieredPGO=0",
        "DOTNET_EnableWriteXorExecute=0", // It would keep its code in a file of memory, larger than any file may be here.
    ];

    // What programs of this system are made of. Of /proc its own part alone: the command lines of others are not its business.
    private static IEnumerable<string> SystemFolders() =>
        ["/usr", "/lib", "/lib64", "/bin", "/etc/ld.so.cache", "/dev/zero", "/dev/urandom", "/proc/self", "/proc/meminfo", "/proc/cpuinfo",
            "/proc/stat", "/sys/fs/cgroup", "/sys/devices/system/cpu", RuntimeFolder()];

    private static string RuntimeFolder() => System.IO.Path.GetFullPath(System.IO.Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", ".."));

    private static IOException Refused(string what) => new($"{what} failed with {Marshal.GetLastPInvokeError()}.");

    [DllImport("libc", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int prctl(int option, nuint a, nuint b, nuint c, nuint d);

    [DllImport("libc", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int unshare(int flags);

    [DllImport("libc", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int execve([MarshalAs(UnmanagedType.LPUTF8Str)] string path,
        [MarshalAs(UnmanagedType.LPArray, ArraySubType = UnmanagedType.LPStr)] string?[] arguments,
        [MarshalAs(UnmanagedType.LPArray, ArraySubType = UnmanagedType.LPStr)] string?[] environment);
}
