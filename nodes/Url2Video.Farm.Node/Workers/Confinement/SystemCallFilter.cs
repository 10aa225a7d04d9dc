using System.Runtime.InteropServices;

namespace Url2Video.Farm.Node.Workers.Confinement;

/// <summary>
/// Which system calls a worker is refused (EPERM): sockets to other machines, what Landlock does not stand before, and what codecs never need but a stranger who
/// took one over would: other processes' memory, mounts, name spaces, kernel modules. Pure.
/// </summary>
internal static class SystemCallFilter
{
    private const uint UnixSockets = 1;

    // CLONE_NEWNS, NEWCGROUP, NEWUTS, NEWIPC, NEWUSER, NEWPID, NEWNET.
    private const uint NewNameSpaces = 0x7E02_0000;

    // O_TRUNC with the two bits of O_RDONLY, O_WRONLY, O_RDWR; 3 opens for neither.
    private const uint TruncateAndAccess = 0x203, TruncateReading = 0x200, TruncateNeither = 0x203;

    // Set-id bits and the sticky one. Copies keep the mode of what they copy, so the others may come where the umask is loose.
    private const uint NoModeOfOurs = 0xE00;

    /// <summary>Null for an architecture whose numbers are not known.</summary>
    /// <param name="isOnline">True: sockets are allowed.</param>
    public static FilterStep[]? For(Architecture architecture, bool isOnline)
    {
        if (SystemCallTable.For(architecture) is not { } calls)
        {
            return null;
        }

        // The store sets the mode and the time of files that it has open.
        var program = Common(calls, SystemCallProgram.NotPermitted).RefuseUnlessZero(calls.SetTimes, 1).RefuseBits(calls.ChangeMode, 1, NoModeOfOurs);
        return (isOnline ? program : program.RefuseUnless(calls.Socket, 0, UnixSockets)).ToArray();
    }

    /// <summary>What neither a worker nor a plugin may.</summary>
    public static SystemCallProgram Common(SystemCallTable calls, uint elsewhere)
    {
        var program = new SystemCallProgram(calls.Audit, elsewhere)
            .Refuse(SystemCallTable.Unreadable, SystemCallProgram.NoSuchCall)
            .Refuse([.. calls.Machine, .. SystemCallTable.Everywhere, .. calls.Attributes])
            .RefuseUnlessZero(calls.Bounds, 0) // Of itself alone: the bounds of another need no more than the same user.
            .RefuseBits(calls.CloneCall, 0, NewNameSpaces);
        foreach (var (number, flags) in calls.Opens)
        {
            // Until Linux 6.2 Landlock asks for what a file is opened for, and emptying it is not counted.
            program.RefuseMasked(number, flags, TruncateAndAccess, TruncateReading, TruncateNeither);
        }

        return program;
    }
}
