using System.Globalization;
using System.Net.Sockets;

namespace Url2Video.Farm.Node.Workers.Confinement;

/// <summary>What a worker process can still do: tried, not declared. For tests and for operators who want to see it.</summary>
public static class ConfinementCheck
{
    private const int LooksMax = 500;

    /// <param name="outside">A file that it must not be able to read.</param>
    /// <param name="folder">One in which it works.</param>
    /// <returns>A line for each attempt: what, and <c>done</c> or what came of it.</returns>
    public static IEnumerable<string> Run(string outside, string folder)
    {
        yield return $"status: {string.Join(' ', File.ReadLines("/proc/self/status").Where(l => l.StartsWith("NoNewPrivs", StringComparison.Ordinal) || l.StartsWith("Seccomp:", StringComparison.Ordinal)).Select(l => l.Replace("\t", "", StringComparison.Ordinal)))}";
        yield return Try("read outside", () => File.ReadAllBytes(outside));
        yield return Try("write outside", () => File.WriteAllText(outside + ".new", "x"));
        yield return Try("socket", () => new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp).Dispose());
        yield return Try("socket6", () => new Socket(AddressFamily.InterNetworkV6, SocketType.Dgram, ProtocolType.Udp).Dispose());
        yield return Try("parent's environment", () => File.ReadAllBytes($"/proc/{ParentId()}/environ"));
        yield return Try("parent's threads", () => ReadEnvironmentsOf(ParentId()));
        yield return Try("mode outside", () => KernelAttempts.ChangeMode(outside));
        yield return Try("time outside", () => File.SetLastWriteTimeUtc(outside, DateTime.UnixEpoch));
        yield return Try("truncate outside", () => KernelAttempts.Truncate(outside));
        yield return Try("parent's bounds", () => KernelAttempts.AskBoundsOf(int.Parse(ParentId(), CultureInfo.InvariantCulture)));
        yield return Try("name space", KernelAttempts.CloneIntoNameSpace);
        yield return Try("work", () =>
        {
            var path = Path.Combine(folder, $"check-{Environment.ProcessId}");
            File.WriteAllText(path, "x");
            File.Delete(path);
        });
        yield return Try("program", () =>
        {
            using var program = System.Diagnostics.Process.Start(new System.Diagnostics.ProcessStartInfo("/bin/true") { RedirectStandardOutput = true });
            program!.WaitForExit();
        });
    }

    // Each thread is a way into the process. The one that started this process may be confined as it is, and is about to end.
    private static void ReadEnvironmentsOf(string process)
    {
        for (var looks = 0; looks < LooksMax; looks++)
        {
            var read = Directory.GetDirectories($"/proc/{process}/task").Select(IsOpen).ToList();
            if (!read.Contains(true))
            {
                throw new UnauthorizedAccessException("No thread's environment can be read.");
            }

            if (!read.Contains(false))
            {
                return;
            }

            Thread.Sleep(10);
        }
    }

    private static bool IsOpen(string task)
    {
        try
        {
            return File.ReadAllBytes(Path.Combine(task, "environ")).Length > 0; // Of one that has ended there is nothing.
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static string ParentId() => File.ReadAllText("/proc/self/stat").Split(") ")[^1].Split(' ')[1];

    private static string Try(string what, Action attempt)
    {
        try
        {
            attempt();
            return $"{what}: done";
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or SocketException or System.ComponentModel.Win32Exception)
        {
            return $"{what}: {fault.GetType().Name}";
        }
    }
}
