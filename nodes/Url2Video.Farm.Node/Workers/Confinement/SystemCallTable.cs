using System.Runtime.InteropServices;

namespace Url2Video.Farm.Node.Workers.Confinement;

/// <summary>The numbers of system calls on one architecture.</summary>
/// <param name="Audit">What the kernel calls the architecture.</param>
/// <param name="Machine">Other processes' memory, mounts, name spaces, modules, clocks, swap, keys, io_uring (which would pass by a filter).</param>
/// <param name="Attributes">Rights, owners, extended attributes and times of files by path, owners and attributes also by file, and truncate by path: no
/// Landlock stands before them, or (truncate) none before Linux 6.2.</param>
/// <param name="Opens">open and openat, with the place of their flags among the arguments.</param>
/// <param name="SetTimes">utimensat: by path, or by file if the path is null.</param>
/// <param name="ChangeMode">fchmod.</param>
/// <param name="Bounds">prlimit64.</param>
/// <param name="CloneCall">clone.</param>
/// <param name="ThreadKill">tgkill.</param>
/// <param name="OfOthers">What only a process that knows others needs: sockets, processes, signals, memory and queues that outlive a process.</param>
internal sealed record SystemCallTable(
    uint Audit, uint[] Machine, uint[] Attributes, (uint Number, int Flags)[] Opens, uint Socket, uint CloneCall, uint SetTimes, uint ChangeMode, uint Bounds, uint ThreadKill,
    uint[] OfOthers)
{
    /// <summary>clone3 and openat2, younger than the common table: they take their flags from memory, where a filter cannot read.</summary>
    public static IReadOnlyList<uint> Unreadable { get; } = [435, 437];

    /// <summary>io_uring_setup, _enter, _register, open_tree, move_mount, fsopen, fsconfig, fsmount, fspick, pidfd_getfd, mount_setattr;
    /// fchmodat2, setxattrat, removexattrat, open_tree_attr, file_setattr.</summary>
    public static IReadOnlyList<uint> Everywhere { get; } = [425, 426, 427, 428, 429, 430, 431, 432, 433, 438, 442, 452, 463, 466, 467, 469];

    // Machine: ptrace, syslog, pivot_root, chroot, acct, settimeofday, mount, umount2, swapon, swapoff, reboot, iopl, ioperm, init_module, delete_module,
    // clock_settime, kexec_load, add_key, request_key, keyctl, unshare, perf_event_open, open_by_handle_at, setns, process_vm_readv, process_vm_writev, finit_module,
    // kexec_file_load, bpf, userfaultfd.
    // Attributes: truncate, chmod, fchmodat, chown, fchown, lchown, fchownat, utime, utimes, futimesat, (l|f)setxattr, (l|f)removexattr.
    // OfOthers: socket, connect, bind, listen, accept, accept4; fork, vfork; kill, tkill, rt_sigqueueinfo, rt_tgsigqueueinfo, pidfd_send_signal; shm*, sem*, msg*, mq_*.
    private static readonly SystemCallTable s_x64 = new(
        0xC000_003E,
        [101, 103, 155, 161, 163, 164, 165, 166, 167, 168, 169, 172, 173, 175, 176, 227, 246, 248, 249, 250, 272, 298, 304, 308, 310, 311, 313, 320, 321, 323],
        [76, 90, 268, 92, 93, 94, 260, 132, 235, 261, 188, 189, 190, 197, 198, 199],
        [(2, 1), (257, 2)], Socket: 41, CloneCall: 56, SetTimes: 280, ChangeMode: 91, Bounds: 302, ThreadKill: 234,
        [41, 42, 49, 50, 43, 288, 57, 58, 62, 200, 129, 297, 424, 29, 30, 31, 64, 65, 66, 220, 68, 69, 70, 71, 240, 241, 242, 243]);

    private static readonly SystemCallTable s_arm64 = new(
        0xC000_00B7,
        [117, 116, 41, 51, 89, 170, 40, 39, 224, 225, 142, 105, 106, 112, 104, 217, 218, 219, 97, 241, 265, 268, 270, 271, 273, 294, 280, 282],
        [45, 53, 54, 55, 5, 6, 7, 14, 15, 16],
        [(56, 2)], Socket: 198, CloneCall: 220, SetTimes: 88, ChangeMode: 52, Bounds: 261, ThreadKill: 131,
        [198, 203, 200, 201, 202, 242, 129, 130, 138, 240, 424, 180, 181, 182, 183, 186, 187, 188, 189, 190, 191, 192, 193, 194, 195, 196]);

    /// <summary>Null where the numbers are not known.</summary>
    public static SystemCallTable? For(Architecture architecture) => architecture switch
    {
        Architecture.X64 => s_x64,
        Architecture.Arm64 => s_arm64,
        _ => null,
    };
}
