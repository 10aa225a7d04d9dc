using System.Collections;
using System.Runtime.InteropServices;

namespace Url2Video.Farm.Node.Workers.Confinement;

/// <summary>
/// What a worker process gives away for good before it decodes a stranger's bytes: privileges, files outside of its folders, sockets to
/// other machines. What the kernel offers is for one thread and what comes after it, and a runtime has threads before its first line of ours; so its node
/// starts it from a thread that is confined (<see cref="ConfinedStart"/>). One that was started by anybody else starts itself anew from such a thread.
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
    public static void Begin(WorkerBounds bounds, string confinedOption)
    {
        ArgumentNullException.ThrowIfNull(bounds);
        if (!bounds.Folders.All(Directory.Exists) || Environment.ProcessPath is not { } program)
        {
            return;
        }

        WorkerSelf.EndFirst(Environment.ProcessId); // Cannot be said any more from inside.
        if (!TryEnter(bounds, program, Console.Error.WriteLine))
        {
            return;
        }

        var arguments = File.ReadAllText("/proc/self/cmdline").TrimEnd('\0').Split('\0');
        Become(program, [.. arguments, confinedOption], bounds.Folders[^1]);
        Console.Error.WriteLine($"The confined worker did not start ({Marshal.GetLastPInvokeError()}).");
        Environment.Exit(1); // Half confined is nothing to work in.
    }

    /// <summary>Confines this thread and whatever it starts or becomes, for good.</summary>
    /// <param name="program">That it will start.</param>
    /// <param name="say">Told what the kernel refused.</param>
    /// <returns>False where the kernel can do nothing of it, or there is nothing to confine to.</returns>
    public static bool TryEnter(WorkerBounds bounds, string program, Action<string> say)
    {
        ArgumentNullException.ThrowIfNull(bounds);
        ArgumentNullException.ThrowIfNull(say);
        if (!OperatingSystem.IsLinux() || bounds.Folders.IsEmpty)
        {
            return false;
        }

        using var landlock = Landlock.TryCreate(bounds.IsOnline);
        var filter = SystemCallFilter.For(RuntimeInformation.ProcessArchitecture, bounds.IsOnline);
        if ((landlock is null && filter is null) || Control(SetNoNewPrivileges, 1, 0, 0, 0) != 0)
        {
            return false;
        }

        if (landlock is not null)
        {
            Name(landlock, bounds.Folders, program, bounds.Plugins);
            if (!landlock.TryEnter())
            {
                say($"Landlock refused with {Marshal.GetLastPInvokeError()}: this worker may read what its user may.");
            }
        }

        if (!Capabilities.TryDrop())
        {
            say($"Capabilities were not dropped ({Marshal.GetLastPInvokeError()}).");
        }

        if (filter is not null && !SeccompFilter.TryInstall(filter))
        {
            say($"The filter of system calls was refused with {Marshal.GetLastPInvokeError()}.");
        }

        return true;
    }

    private static void Name(Landlock landlock, IReadOnlyList<string> folders, string program, string plugins)
    {
        var runtime = Path.GetDirectoryName(typeof(object).Assembly.Location);
        foreach (var path in s_readable.Append(AppContext.BaseDirectory).Append(Path.GetDirectoryName(program)).Append(runtime).Append(plugins))
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

        foreach (var folder in folders)
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
