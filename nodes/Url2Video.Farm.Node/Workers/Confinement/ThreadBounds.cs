using System.Runtime.InteropServices;

namespace Url2Video.Farm.Node.Workers.Confinement;

/// <summary>
/// What a thread will be confined to, made ready before: to enter takes four calls of the kernel and next to nothing of the runtime. Either the kernel has nothing to
/// confine with, or all that it has holds: nothing goes on half confined.
/// </summary>
internal sealed class ThreadBounds : IDisposable
{
    private const int SetNoNewPrivileges = 38;

    // Programs and libraries; names of machines and certificates; the clock. Not the rest of /etc, not homes, not the farm's own folder.
    private static readonly string[] s_readable =
    [
        "/usr", "/lib", "/lib64", "/bin", "/sbin", "/proc", "/sys", "/etc/ld.so.cache", "/etc/localtime", "/etc/ssl", "/etc/ca-certificates", "/etc/pki",
        "/etc/resolv.conf", "/etc/hosts", "/etc/host.conf", "/etc/nsswitch.conf", "/etc/gai.conf", "/etc/fonts", "/run/systemd/resolve",
    ];

    private static readonly string[] s_devices = ["/dev/null", "/dev/zero", "/dev/full", "/dev/random", "/dev/urandom", "/dev/dri", "/dev/nvidia-caps"];

    private readonly Landlock? _landlock;
    private readonly FilterStep[]? _filter;

    private ThreadBounds(Landlock? landlock, FilterStep[]? filter) => (_landlock, _filter) = (landlock, filter);

    /// <summary>Whether a thread that enters may share its process with threads that do not.</summary>
    public bool IsForOneThread => _landlock?.IsForOneThread ?? true;

    /// <summary>It will have a filter of system calls more than before.</summary>
    public bool HasFilter => _filter is not null;

    /// <summary>Of both kinds that a kernel may have.</summary>
    public bool IsWhole => _landlock is not null && _filter is not null;

    /// <summary>Null where the kernel has nothing to confine with, or there is nothing to confine to.</summary>
    /// <param name="program">That will be started.</param>
    /// <exception cref="IOException">The kernel has, and refuses.</exception>
    public static ThreadBounds? TryCreate(WorkerBounds bounds, string program)
    {
        if (!OperatingSystem.IsLinux() || bounds.Folders.IsEmpty)
        {
            return null;
        }

        var filter = SeccompFilter.IsKnown ? SystemCallFilter.For(RuntimeInformation.ProcessArchitecture, bounds.IsOnline) : null;
        var landlock = Landlock.TryCreate(bounds.IsOnline);
        if (landlock is not null)
        {
            try
            {
                Name(landlock, bounds, program);
            }
            catch
            {
                landlock.Dispose();
                throw;
            }
        }

        return landlock is null && filter is null ? null : new ThreadBounds(landlock, filter);
    }

    /// <summary>Confines this thread and whatever it starts or becomes, for good.</summary>
    /// <exception cref="IOException">The kernel refused: the thread is of no use any more.</exception>
    public void Enter()
    {
        Demand(Control(SetNoNewPrivileges, 1, 0, 0, 0) == 0, "no_new_privs");

        // The filter first, which lets the others pass: where a node has no_new_privs already, it is what a thread is known by that the runtime makes from here on.
        Demand(_filter is null || SeccompFilter.TryInstall(_filter), "the filter of system calls");
        Demand(_landlock?.TryEnter() ?? true, "Landlock");
        Demand(Capabilities.TryDrop(), "giving up capabilities");
    }

    public void Dispose() => _landlock?.Dispose();

    private static void Demand(bool isDone, string what)
    {
        if (!isDone)
        {
            throw new IOException($"A worker cannot be confined: {what} was refused ({Marshal.GetLastPInvokeErrorMessage()}).");
        }
    }

    private static void Name(Landlock landlock, WorkerBounds bounds, string program)
    {
        var runtime = Path.GetDirectoryName(typeof(object).Assembly.Location);
        foreach (var path in s_readable.Append(AppContext.BaseDirectory).Append(Path.GetDirectoryName(program)).Append(runtime).Append(bounds.Plugins))
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

        foreach (var folder in bounds.Inputs)
        {
            landlock.AllowInput(folder);
        }

        foreach (var folder in bounds.Folders)
        {
            landlock.AllowWork(folder);
        }
    }

    [DllImport("libc", EntryPoint = "prctl", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Control(int option, nint first, nint second, nint third, nint fourth);
}
