using System.Runtime.InteropServices;
using Url2Video.Farm.Node.Workers.Confinement;

namespace Url2Video.Farm.Node.Plugins;

/// <summary>
/// Which system calls a plugin is refused: all that a worker is, and sockets, other processes, signals to others, the rights and times of files, and memory and
/// queues that outlive it. A call that is refused fails with EPERM, so a plugin can be told. Pure.
/// </summary>
internal static class PluginCallFilter
{
    private const uint NewThread = 0x0001_0000;

    /// <summary>Null for an architecture whose numbers are not known.</summary>
    /// <param name="self">The number of the process, which stays over exec: runtimes signal their own threads.</param>
    public static FilterStep[]? For(Architecture architecture, uint self) => SystemCallTable.For(architecture) is not { } calls
        ? null
        : SystemCallFilter.Common(calls, SystemCallProgram.Kill)
            .Refuse([.. calls.OfOthers, calls.SetTimes, calls.ChangeMode])
            .RefuseWithout(calls.CloneCall, 0, NewThread) // A thread of its own is allowed; its own process is not.
            .RefuseUnless(calls.ThreadKill, 0, self)
            .ToArray();

    /// <summary>From now on this thread, and what it becomes, is refused them.</summary>
    /// <exception cref="IOException">The kernel refuses, or the processor is not known here.</exception>
    public static void Enforce()
    {
        var filter = For(RuntimeInformation.ProcessArchitecture, (uint)Environment.ProcessId)
            ?? throw new IOException($"no filter is known for {RuntimeInformation.ProcessArchitecture}");
        if (!SeccompFilter.TryInstall(filter))
        {
            throw new IOException($"seccomp failed with {Marshal.GetLastPInvokeError()}");
        }
    }
}
