using System.Collections;
using System.Runtime.InteropServices;
using System.Text;

namespace Url2Video.Farm.Node.Workers.Confinement;

/// <summary>
/// What a worker process gives away for good before it decodes a stranger's bytes: privileges, files outside of its folders, sockets to
/// other machines. What the kernel offers is for one thread and what comes after it, and a runtime has threads before its first line of ours;
/// so one thread confines itself and then starts the program anew in its place.
/// </summary>
public static class WorkerConfinement
{
    private const int SetNoNewPrivileges = 38;

    // Programs and libraries; names of machines and certificates; the clock. Not the rest of /etc, not homes, not the farm's own folder.
    private static readonly string[] s_readable =
    [
        "/usr", "/lib", "/lib64", "/bin", "/sbin", "/proc", "/sys", "/etc/ld.so.cache", "/etc/localtime", "/etc/ssl", "/etc/ca-certificates", "/etc/pki",
        "/etc/resolv.conf", "/etc/hosts", "/etc/host.conf", "/etc/nsswitch.conf", "/etc/gai.conf", "/etc/fonts", "/run/systemd/resolve",
    ];

    private static readonly string[] s_devices = ["/dev/null", "/dev/zero", "/dev/full", "/dev/random", "/dev/urandom", "/dev/dri", "/dev/nvidia-caps"];

    /// <summary>Does not return where the kernel can confine: the program begins again, with <paramref name="confinedOption"/> behind its arguments.</summary>
    /// <param name="isOnline">True for works that fetch from the web.</param>
    /// <param name="isAllOrNothing">True: it also returns where only a part can be had; what follows must then not be done.</param>
    public static void Begin(ConfinedFolders folders, bool isOnline, string confinedOption, bool isAllOrNothing = false)
    {
        ArgumentNullException.ThrowIfNull(folders);
        if (!OperatingSystem.IsLinux() || folders.Work.Count == 0 || !folders.Work.All(Directory.Exists) || Environment.ProcessPath is not { } program)
        {
            return;
        }

        WorkerSelf.EndFirst(); // Cannot be said any more from inside.
        using var landlock = Landlock.TryCreate(isOnline);
        var filter = SystemCallFilter.For(RuntimeInformation.ProcessArchitecture, isOnline);
        if ((landlock is null && filter is null) || (isAllOrNothing && (landlock is null || filter is null)) || Control(SetNoNewPrivileges, 1, 0, 0, 0) != 0)
        {
            return;
        }

        var isWhole = true;
        var arguments = File.ReadAllText("/proc/self/cmdline").TrimEnd('\0').Split('\0');
        if (landlock is not null)
        {
            Name(landlock, folders, program);
            if (!landlock.TryEnter())
            {
                isWhole = false;
                Console.Error.WriteLine($"Landlock refused with {Marshal.GetLastPInvokeError()}: this worker may read what its user may.");
            }
        }

        if (!Capabilities.TryDrop())
        {
            isWhole = false;
            Console.Error.WriteLine($"Capabilities were not dropped ({Marshal.GetLastPInvokeError()}).");
        }

        if (filter is not null && !SeccompFilter.TryInstall(filter))
        {
            isWhole = false;
            Console.Error.WriteLine($"The filter of system calls was refused with {Marshal.GetLastPInvokeError()}.");
        }

        if (isAllOrNothing && !isWhole)
        {
            return;
        }

        Become(program, [.. arguments, confinedOption], folders.Work[^1]);
        Console.Error.WriteLine($"The confined worker did not start ({Marshal.GetLastPInvokeError()}).");
        Environment.Exit(1); // Half confined is nothing to work in.
    }

    private static void Name(Landlock landlock, ConfinedFolders folders, string program)
    {
        var runtime = Path.GetDirectoryName(typeof(object).Assembly.Location);
        foreach (var path in s_readable.Append(AppContext.BaseDirectory).Append(Path.GetDirectoryName(program)).Append(runtime).Append(folders.Programs))
        {
            if (!string.IsNullOrEmpty(path))
            {
                landlock.AllowRead(path);
            }
        }

        foreach (var path in s_devices.Concat(Directory.EnumerateFiles("/dev", "nvidia*")))
        {
            landlock.AllowDevice(path);
        }

        foreach (var folder in folders.Inputs)
        {
            landlock.AllowInput(folder);
        }

        foreach (var folder in folders.Work)
        {
            landlock.AllowWork(folder);
        }
    }

    // Returns only when it failed; nothing is freed then, because the process ends.
    private static void Become(string program, string[] arguments, string temporary)
    {
        var environment = Environment.GetEnvironmentVariables().Cast<DictionaryEntry>().Where(e => (string)e.Key != "TMPDIR").Select(e => $"{e.Key}={e.Value}");
        _ = Execute(program, Texts(arguments), Texts(environment.Append($"TMPDIR={temporary}")));
    }

    private static nint[] Texts(IEnumerable<string> texts) => [.. texts.Select(Marshal.StringToCoTaskMemUTF8), 0];

    [DllImport("libc", EntryPoint = "prctl", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Control(int option, nint first, nint second, nint third, nint fourth);

    [DllImport("libc", EntryPoint = "execve", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Execute([MarshalAs(UnmanagedType.LPUTF8Str)] string program, nint[] arguments, nint[] environment);
}
