using System.Runtime.InteropServices;

namespace Url2Video.Farm.Node.Workers.Confinement;

/// <summary>A step of a classic BPF program.</summary>
/// <param name="IfTrue">Steps to pass over when the comparison holds.</param>
/// <param name="IfFalse">Steps to pass over when it does not.</param>
[StructLayout(LayoutKind.Sequential)]
internal readonly record struct FilterStep(ushort Code, byte IfTrue, byte IfFalse, uint Value);

/// <summary>
/// Which system calls a worker is refused (EPERM): sockets to other machines, and what codecs never need but a stranger who took one over
/// would: other processes' memory, mounts, name spaces, kernel modules, io_uring, which would pass by a filter. Pure.
/// </summary>
internal static class SystemCallFilter
{
    private const ushort Load = 0x20, JumpIfEqual = 0x15, JumpIfGreaterOrEqual = 0x35, Return = 0x06;
    private const uint NumberAt = 0, ArchitectureAt = 4, FirstArgumentAt = 16;
    private const uint Allow = 0x7FFF0000, RefuseNotPermitted = 0x00050000 | 1;
    private const uint UnixSockets = 1;

    /// <summary>System calls of the 32-bit pointer ABI have numbers from here on.</summary>
    private const uint X32 = 0x40000000;

    // ptrace, syslog, pivot_root, chroot, acct, settimeofday, mount, umount2, swapon, swapoff, reboot, iopl, ioperm, init_module, delete_module, clock_settime,
    // kexec_load, add_key, request_key, keyctl, unshare, perf_event_open, open_by_handle_at, setns, process_vm_readv, process_vm_writev, finit_module, kexec_file_load, bpf, userfaultfd
    private static readonly uint[] s_x64 =
        [101, 103, 155, 161, 163, 164, 165, 166, 167, 168, 169, 172, 173, 175, 176, 227, 246, 248, 249, 250, 272, 298, 304, 308, 310, 311, 313, 320, 321, 323];

    private static readonly uint[] s_arm64 =
        [117, 116, 41, 51, 89, 170, 40, 39, 224, 225, 142, 105, 106, 112, 104, 217, 218, 219, 97, 241, 265, 268, 270, 271, 273, 294, 280, 282];

    // io_uring_setup, _enter, _register, open_tree, move_mount, fsopen, fsconfig, fsmount, fspick, pidfd_getfd, mount_setattr
    private static readonly uint[] s_everywhere = [425, 426, 427, 428, 429, 430, 431, 432, 433, 438, 442];

    /// <summary>Null for an architecture whose numbers are not known.</summary>
    /// <param name="isOnline">True: sockets are allowed.</param>
    public static FilterStep[]? For(Architecture architecture, bool isOnline) => architecture switch
    {
        Architecture.X64 => Program(0xC000003E, [.. s_x64, .. s_everywhere], isOnline ? null : 41, hasX32: true),
        Architecture.Arm64 => Program(0xC00000B7, [.. s_arm64, .. s_everywhere], isOnline ? null : 198, hasX32: false),
        _ => null,
    };

    private static FilterStep[] Program(uint architecture, uint[] refused, uint? socket, bool hasX32)
    {
        // The two ends stand last: allow, refuse.
        var length = 3 + (hasX32 ? 1 : 0) + refused.Length + (socket is null ? 0 : 3) + 2;
        var steps = new List<FilterStep>(length);
        byte ToAllow() => (byte)(length - 2 - steps.Count - 1);
        byte ToRefuse() => (byte)(length - 1 - steps.Count - 1);

        steps.Add(new FilterStep(Load, 0, 0, ArchitectureAt));
        steps.Add(new FilterStep(JumpIfEqual, 0, ToRefuse(), architecture));
        steps.Add(new FilterStep(Load, 0, 0, NumberAt));
        if (hasX32)
        {
            steps.Add(new FilterStep(JumpIfGreaterOrEqual, ToRefuse(), 0, X32));
        }

        foreach (var number in refused)
        {
            steps.Add(new FilterStep(JumpIfEqual, ToRefuse(), 0, number));
        }

        if (socket is { } call)
        {
            steps.Add(new FilterStep(JumpIfEqual, 0, ToAllow(), call));
            steps.Add(new FilterStep(Load, 0, 0, FirstArgumentAt));
            steps.Add(new FilterStep(JumpIfEqual, ToAllow(), ToRefuse(), UnixSockets));
        }

        steps.Add(new FilterStep(Return, 0, 0, Allow));
        steps.Add(new FilterStep(Return, 0, 0, RefuseNotPermitted));
        return [.. steps];
    }
}
