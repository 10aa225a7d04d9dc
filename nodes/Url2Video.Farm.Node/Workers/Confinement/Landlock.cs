using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Url2Video.Farm.Node.Workers.Confinement;

/// <summary>
/// Landlock: this thread, and whatever it becomes by exec, may open only what lies below the paths it names. It stands before opening, making, moving and
/// removing, not before rights, owners, attributes and times by path, nor before truncate until Linux 6.2: those are for <see cref="SystemCallFilter"/>.
/// DllImport on purpose: see <c>LibC</c> of the Cluster room.
/// </summary>
internal sealed class Landlock : IDisposable
{
    // The numbers are the same on every architecture: they are younger than their common table.
    private const long CreateRuleset = 444, AddRule = 445, RestrictSelf = 446;
    private const uint VersionFlag = 1, ErrataFlag = 2;
    private const int PathBeneath = 1;
    private const int OpenPath = 0x200000 | 0x80000; // O_PATH | O_CLOEXEC
    private const int RuleBytes = 12;

    // What a machine or process that is short of something answers. Whatever else keeps a path from being opened is its own affair: it is not there, say.
    private const int NoMemory = 12, NoFilesOfMachine = 23, NoFilesOfProcess = 24;

    private const ulong Execute = 1, WriteFile = 1 << 1, ReadFile = 1 << 2, ReadFolder = 1 << 3, RemoveFolder = 1 << 4, RemoveFile = 1 << 5;
    private const ulong MakeFolder = 1 << 7, MakeFile = 1 << 8, Refer = 1 << 13, Truncate = 1 << 14, DeviceControl = 1 << 15;
    private const ulong RightsOfFirst = (1 << 13) - 1;
    private const ulong BindAndConnect = 0b11, AbstractSocketsAndSignals = 0b11;
    private const ulong OfFiles = Execute | WriteFile | ReadFile | Truncate | DeviceControl;

    private readonly int _ruleset;
    private readonly ulong _handled;

    private Landlock(int ruleset, ulong handled, bool isForOneThread) => (_ruleset, _handled, IsForOneThread) = (ruleset, handled, isForOneThread);

    /// <summary>See <see cref="IsForOneThreadIn"/>.</summary>
    public bool IsForOneThread { get; }

    /// <summary>Null where the kernel has none.</summary>
    /// <param name="isOnline">False: TCP is refused as well, where the kernel can.</param>
    /// <exception cref="IOException">It has, and refuses: no descriptor is left, say.</exception>
    public static Landlock? TryCreate(bool isOnline)
    {
        var version = OperatingSystem.IsLinux() ? (int)SysCall(CreateRuleset, 0, 0, (nint)VersionFlag) : 0;
        if (version < 1)
        {
            return null;
        }

        var handled = RightsOfFirst | (version >= 2 ? Refer : 0) | (version >= 3 ? Truncate : 0) | (version >= 5 ? DeviceControl : 0);
        Span<byte> attributes = stackalloc byte[24];
        BinaryPrimitives.WriteUInt64LittleEndian(attributes, handled);
        BinaryPrimitives.WriteUInt64LittleEndian(attributes[8..], isOnline ? 0 : BindAndConnect);
        BinaryPrimitives.WriteUInt64LittleEndian(attributes[16..], AbstractSocketsAndSignals);
        var bytes = version >= 6 ? 24 : version >= 4 ? 16 : 8;
        var ruleset = (int)WithBytes(attributes, at => SysCall(CreateRuleset, at, bytes, 0));
        return ruleset >= 0
            ? new Landlock(ruleset, handled, IsForOneThreadIn(version, (int)SysCall(CreateRuleset, 0, 0, (nint)ErrataFlag)))
            : throw Refused("made no ruleset");
    }

    /// <summary>
    /// Whether one thread of a process may be confined alone. Where signals are kept in (ABI 6) and the kernel's second erratum is not mended, it may not signal the others
    /// of its own process; the runtime does that at each collection, and ends when it cannot. A process that is confined as a whole has no such others. Pure.
    /// </summary>
    /// <param name="errata">The mended ones, a bit each; negative: the kernel does not tell.</param>
    public static bool IsForOneThreadIn(int version, int errata) => version < 6 || (errata > 0 && (errata & 0b10) != 0);

    /// <summary>Files below may be read and started. A path that is not there is passed over.</summary>
    public void AllowRead(string path) => Allow(path, Execute | ReadFile | ReadFolder);

    /// <summary>Files below may be read, not started: they are a stranger's.</summary>
    public void AllowInput(string path) => Allow(path, ReadFile | ReadFolder);

    /// <summary>Files below may be read, written, made and removed, not started.</summary>
    public void AllowWork(string path) =>
        Allow(path, ReadFile | ReadFolder | WriteFile | RemoveFolder | RemoveFile | MakeFolder | MakeFile | Refer | Truncate);

    /// <summary>A device, or the devices of a folder.</summary>
    public void AllowDevice(string path) => Allow(path, ReadFile | ReadFolder | WriteFile | DeviceControl);

    /// <summary>From now on this thread is confined, for good. Needs no_new_privs. Nothing but a call of the kernel.</summary>
    public bool TryEnter() => SysCall(RestrictSelf, _ruleset, 0, 0) == 0;

    public void Dispose() => _ = Close(_ruleset);

    private void Allow(string path, ulong rights)
    {
        var target = Open(path, OpenPath);
        if (target < 0)
        {
            if (Marshal.GetLastPInvokeError() is NoMemory or NoFilesOfMachine or NoFilesOfProcess)
            {
                throw Refused($"could not be told of {path}"); // What lacks fonts or a library works otherwise than the rest.
            }

            return;
        }

        Span<byte> rule = stackalloc byte[RuleBytes];
        BinaryPrimitives.WriteUInt64LittleEndian(rule, rights & _handled & (Directory.Exists(path) ? ulong.MaxValue : OfFiles));
        BinaryPrimitives.WriteInt32LittleEndian(rule[8..], target);
        _ = WithBytes(rule, at => SysCall(AddRule, _ruleset, PathBeneath, at)); // A rule that is refused allows nothing: the safe side.
        _ = Close(target);
    }

    private static IOException Refused(string what) => new($"Landlock {what} ({Marshal.GetLastPInvokeErrorMessage()}).");

    private static long WithBytes(ReadOnlySpan<byte> bytes, Func<nint, long> call)
    {
        var memory = Marshal.AllocHGlobal(bytes.Length);
        try
        {
            Marshal.Copy(bytes.ToArray(), 0, memory, bytes.Length);
            return call(memory);
        }
        finally
        {
            Marshal.FreeHGlobal(memory);
        }
    }

    [DllImport("libc", EntryPoint = "syscall", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern long SysCall(long number, nint first, nint second, nint third, nint fourth = 0);

    [DllImport("libc", EntryPoint = "open", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Open([MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags);

    [DllImport("libc", EntryPoint = "close", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Close(int file);
}
