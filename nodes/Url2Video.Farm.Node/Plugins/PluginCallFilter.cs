using System.Runtime.InteropServices;

namespace Url2Video.Farm.Node.Plugins;

/// <summary>
/// The kernel's seccomp: this thread and what becomes of it may make no socket and no other process, signal nobody, and use none of the calls that look into
/// others. A call that is refused fails with EPERM, so a plugin can be told; clone3 fails with ENOSYS, so that the library makes threads by the older call,
/// whose flags a filter can read.
/// </summary>
internal static class PluginCallFilter
{
    private const int SetSeccomp = 22;
    private const nuint ModeFilter = 2;
    private const uint Allow = 0x7FFF_0000, Fail = 0x0005_0000, Kill = 0x8000_0000;
    private const uint NotPermitted = 1, NoSuchCall = 38;
    private const ushort Load = 0x20, JumpEqual = 0x15, JumpAtLeast = 0x35, JumpBits = 0x45, Return = 0x06;
    private const uint NumberAt = 0, ArchitectureAt = 4, FirstArgumentAt = 16;
    private const uint NewThread = 0x0001_0000;
    private const uint OtherTable = 0x4000_0000;

    /// <exception cref="IOException">The kernel refuses, or the processor is not known here.</exception>
    public static void Enforce()
    {
        var table = RuntimeInformation.ProcessArchitecture switch
        {
            // socket connect bind listen accept accept4 | fork vfork | kill tkill rt_sigqueueinfo pidfd_send_signal | ptrace process_vm_* | mount umount unshare
            // setns | bpf perf keyctl add_key request_key userfaultfd io_uring_setup open_by_handle_at, chroot, pivot_root, kexec, init_module, pidfd_getfd
            Architecture.X64 => new Table(0xC000_003E, 56, 435, 234,
                [41, 42, 49, 50, 43, 288, 57, 58, 62, 200, 129, 297, 424, 101, 310, 311, 165, 166, 272, 308, 321, 298, 250, 248, 249, 323, 425, 304, 161, 155, 246, 175, 313, 438]),
            Architecture.Arm64 => new Table(0xC000_00B7, 220, 435, 131,
                [198, 203, 200, 201, 202, 242, 129, 130, 138, 240, 424, 117, 270, 271, 40, 39, 97, 268, 280, 241, 219, 217, 218, 282, 425, 265, 51, 41, 104, 105, 273, 438]),
            _ => throw new IOException($"no filter is known for {RuntimeInformation.ProcessArchitecture}"),
        };
        var program = ProgramOf(table, (uint)Environment.ProcessId);
        var pinned = GCHandle.Alloc(program, GCHandleType.Pinned);
        try
        {
            var whole = new FilterProgram { Length = (ushort)program.Length, First = pinned.AddrOfPinnedObject() };
            if (prctl(SetSeccomp, ModeFilter, ref whole, 0, 0) != 0)
            {
                throw new IOException($"seccomp failed with {Marshal.GetLastPInvokeError()}");
            }
        }
        finally
        {
            pinned.Free();
        }
    }

    private static Instruction[] ProgramOf(Table table, uint self)
    {
        List<Instruction> program =
        [
            new(Load, 0, 0, ArchitectureAt),
            new(JumpEqual, 1, 0, table.Audit),
            new(Return, 0, 0, Kill),
            new(Load, 0, 0, NumberAt),
            new(JumpAtLeast, 0, 1, OtherTable), // The x32 calls of x86-64 would go round the list.
            new(Return, 0, 0, Kill),
            new(JumpEqual, 0, 1, table.Clone3),
            new(Return, 0, 0, Fail | NoSuchCall),
        ];
        foreach (var call in table.Refused)
        {
            program.Add(new(JumpEqual, 0, 1, call));
            program.Add(new(Return, 0, 0, Fail | NotPermitted));
        }

        program.AddRange(
        [
            new(JumpEqual, 0, 3, table.CloneCall),
            new(Load, 0, 0, FirstArgumentAt),
            new(JumpBits, 1, 0, NewThread), // A thread of its own is allowed; its own process is not.
            new(Return, 0, 0, Fail | NotPermitted),
            new(Load, 0, 0, NumberAt),
            new(JumpEqual, 0, 3, table.ThreadKill),
            new(Load, 0, 0, FirstArgumentAt),
            new(JumpEqual, 1, 0, self), // Runtimes signal their own threads; the number of the process stays over exec.
            new(Return, 0, 0, Fail | NotPermitted),
            new(Return, 0, 0, Allow),
        ]);
        return [.. program];
    }

    [DllImport("libc", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int prctl(int option, nuint mode, ref FilterProgram program, nuint c, nuint d);

    /// <param name="Audit">What the kernel calls the architecture.</param>
    private sealed record Table(uint Audit, uint CloneCall, uint Clone3, uint ThreadKill, uint[] Refused);

    /// <summary>sock_filter.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private readonly record struct Instruction(ushort Code, byte IfTrue, byte IfFalse, uint Value);

    /// <summary>sock_fprog.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct FilterProgram
    {
        public ushort Length;
        public nint First;
    }
}
