using System.Collections;
using System.Runtime.InteropServices;

namespace Url2Video.Farm.Node.Workers.Confinement;

/// <summary>
/// What a worker process gives away for good before it decodes a stranger's bytes: privileges, files outside of its folders, sockets to
/// other machines. What the kernel offers is for one thread and what comes after it, and a runtime has threads before its first line of ours; so its node
/// starts it from a thread that is confined (<see cref="ConfinedStart"/>). One that was not started so confines a thread and begins anew in its place.
/// </summary>
public static class WorkerConfinement
{
    /// <summary>Does not return where the kernel can confine: the program begins again, with <paramref name="confinedOption"/> behind its arguments.</summary>
    /// <exception cref="IOException">The kernel can confine and refuses.</exception>
    /// <param name="isAllOrNothing">True: it also returns where only a part can be had; what follows must then not be done.</param>
    public static void Begin(WorkerBounds bounds, string confinedOption, bool isAllOrNothing = false)
    {
        ArgumentNullException.ThrowIfNull(bounds);
        if (!bounds.Folders.All(Directory.Exists) || Environment.ProcessPath is not { } program)
        {
            return;
        }

        WorkerSelf.EndFirst(Environment.ProcessId); // Cannot be said any more from inside.
        using var ready = ThreadBounds.TryCreate(bounds, program);
        if (ready is null || (isAllOrNothing && !ready.IsWhole))
        {
            return;
        }

        var arguments = File.ReadAllText("/proc/self/cmdline").TrimEnd('\0').Split('\0');
        try
        {
            ready.Enter();
            Become(program, [.. arguments, confinedOption], bounds.Folders[^1]);
            Console.Error.WriteLine($"The confined worker did not start ({Marshal.GetLastPInvokeError()}).");
        }
        catch (IOException fault)
        {
            Console.Error.WriteLine(fault.Message);
        }

        Environment.Exit(1); // Half confined is nothing to work in.
    }

    // Returns only when it failed; nothing is freed then, because the process ends.
    private static void Become(string program, string[] arguments, string temporary)
    {
        var environment = Environment.GetEnvironmentVariables().Cast<DictionaryEntry>().Where(e => (string)e.Key != "TMPDIR").Select(e => $"{e.Key}={e.Value}");
        _ = Execute(program, Texts(arguments), Texts(environment.Append($"TMPDIR={temporary}")));
    }

    private static nint[] Texts(IEnumerable<string> texts) => [.. texts.Select(Marshal.StringToCoTaskMemUTF8), 0];

    [DllImport("libc", EntryPoint = "execve", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Execute([MarshalAs(UnmanagedType.LPUTF8Str)] string program, nint[] arguments, nint[] environment);
}
