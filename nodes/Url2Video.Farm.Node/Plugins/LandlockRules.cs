using System.Runtime.InteropServices;

namespace Url2Video.Farm.Node.Plugins;

/// <summary>
/// The kernel's Landlock: this thread and what becomes of it reads only below some places, writes only below others, reaches no network and signals nobody
/// outside. Numbers are those of linux/landlock.h; the calls are younger than the architectures' differences.
/// </summary>
internal static class LandlockRules
{
    private const long CreateRuleset = 444, AddRule = 445, RestrictSelf = 446;
    private const uint VersionFlag = 1;
    private const int PathBeneath = 1;
    private const int OpenPath = 0x20_0000, OpenCloseOnExec = 0x8_0000;
    private const ulong Execute = 1, WriteFile = 2, ReadFile = 4, ReadDir = 8, Truncate = 1 << 14, DeviceControl = 1 << 15;
    private const ulong AllOfFirst = 0x1FFF, Refer = 1 << 13;
    private const ulong RemoveDir = 1 << 4, RemoveFile = 1 << 5, MakeDir = 1 << 7, MakeFile = 1 << 8;
    private const ulong Connect = 2, Bind = 1;
    private const ulong AbstractSockets = 1, Signals = 2;

    /// <exception cref="IOException">The kernel has no Landlock, or refuses.</exception>
    public static void Enforce(IEnumerable<string> readable, IEnumerable<string> writable)
    {
        var abi = Plain(CreateRuleset, 0, 0, VersionFlag);
        if (abi < 1)
        {
            throw new IOException("this kernel has no Landlock");
        }

        var handled = AllOfFirst | (abi >= 2 ? Refer : 0) | (abi >= 3 ? Truncate : 0) | (abi >= 5 ? DeviceControl : 0);
        var rules = new Ruleset { Files = handled, Network = abi >= 4 ? Connect | Bind : 0, Scoped = abi >= 6 ? AbstractSockets | Signals : 0 };
        var ruleset = (int)CreateFrom(CreateRuleset, ref rules, (nuint)(abi >= 6 ? 24 : abi >= 4 ? 16 : 8), 0);
        if (ruleset < 0)
        {
            throw new IOException($"landlock_create_ruleset failed with {Marshal.GetLastPInvokeError()}");
        }

        foreach (var path in readable)
        {
            Allow(ruleset, path, Execute | ReadFile | ReadDir, handled);
        }

        foreach (var path in writable)
        {
            Allow(ruleset, path, ReadFile | ReadDir | WriteFile | RemoveDir | RemoveFile | MakeDir | MakeFile | Truncate, handled);
        }

        Allow(ruleset, "/dev/null", ReadFile | WriteFile, handled);
        if (Plain(RestrictSelf, ruleset, 0, 0) != 0)
        {
            throw new IOException($"landlock_restrict_self failed with {Marshal.GetLastPInvokeError()}");
        }
    }

    // A place that is not there needs no permission.
    private static void Allow(int ruleset, string path, ulong access, ulong handled)
    {
        var file = open(path, OpenPath | OpenCloseOnExec);
        if (file < 0)
        {
            return;
        }

        // A file knows no rights of folders.
        var rule = new Beneath { Access = (Directory.Exists(path) ? access : access & (Execute | WriteFile | ReadFile | Truncate)) & handled, Parent = file };
        var failed = Add(AddRule, ruleset, PathBeneath, ref rule, 0) != 0;
        var error = Marshal.GetLastPInvokeError();
        _ = close(file);
        if (failed)
        {
            throw new IOException($"landlock_add_rule({path}) failed with {error}");
        }
    }

    [DllImport("libc", EntryPoint = "syscall", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern long Plain(long number, nint a, nuint b, nuint flags);

    [DllImport("libc", EntryPoint = "syscall", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern long CreateFrom(long number, ref Ruleset rules, nuint size, nuint flags);

    [DllImport("libc", EntryPoint = "syscall", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern long Add(long number, nint ruleset, nint kind, ref Beneath rule, nuint flags);

    [DllImport("libc", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int open([MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags);

    [DllImport("libc", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int close(int file);

    [StructLayout(LayoutKind.Sequential)]
    private struct Ruleset
    {
        public ulong Files;
        public ulong Network;
        public ulong Scoped;
    }

    [StructLayout(LayoutKind.Sequential, Pack = 1)]
    private struct Beneath
    {
        public ulong Access;
        public int Parent;
    }
}
