using System.Runtime.InteropServices;
using Url2Video.Farm.Core.Nodes;

namespace Url2Video.Farm.Node.Probing;

/// <summary>With what the kernel can confine a process of ours.</summary>
internal static class SandboxProbe
{
    // The number is the same on every architecture: it is younger than their common table.
    private const long LandlockCreateRuleset = 444;
    private const uint VersionFlag = 1;

    public static SandboxFacts Measure() => OperatingSystem.IsLinux()
        ? new SandboxFacts(LandlockAbi(), File.Exists("/proc/sys/kernel/seccomp/actions_avail"))
        : SandboxFacts.None;

    private static int LandlockAbi()
    {
        var abi = SysCall(LandlockCreateRuleset, 0, 0, VersionFlag);
        return abi > 0 ? (int)Math.Min(abi, 1_000) : 0;
    }

    [DllImport("libc", EntryPoint = "syscall", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern long SysCall(long number, nint attributes, nuint size, uint flags);
}
