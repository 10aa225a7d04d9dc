using System.Globalization;

namespace Url2Video.Farm.Node.Workers.Confinement;

/// <summary>
/// Threads of this process that are confined beyond its first one. Whatever thread a confined one made is confined as well and lives on: a worker of the same
/// bounds might look into it, and through it into the whole process.
/// </summary>
internal static class ConfinedThreads
{
    private const string Tasks = "/proc/self/task";

    /// <summary>ESRCH: of a file of a thread that ended while it was read.</summary>
    private const int NoSuchThread = 3;

    /// <summary>Whether a thread that enters the bounds could be told from the others.</summary>
    public static bool CanTell(ThreadBounds bounds)
    {
        var first = OfFirst();
        return first.NoNewPrivileges == 0 || (bounds.HasFilter && first.Filters >= 0);
    }

    /// <summary>Ids of those that are there now.</summary>
    public static IReadOnlyList<int> Find()
    {
        var first = OfFirst();
        return
        [
            .. Directory.EnumerateDirectories(Tasks).Select(task => int.Parse(Path.GetFileName(task), CultureInfo.InvariantCulture))
                .Where(id => TryRead(id) is { } status && LevelOf(status) != first),
        ];
    }

    /// <summary>The kernel's number of the thread that asks.</summary>
    public static int Current() => int.Parse(Path.GetFileName(new FileInfo("/proc/thread-self").LinkTarget!), CultureInfo.InvariantCulture);

    /// <summary>What a thread is under, of its status. Pure.</summary>
    public static ThreadLevel LevelOf(string status) => new(NumberOf(status, "NoNewPrivs:"), NumberOf(status, "Seccomp:"), NumberOf(status, "Seccomp_filters:"));

    private static ThreadLevel OfFirst() => LevelOf(File.ReadAllText("/proc/self/status"));

    // Null: it has ended. Anything else that keeps it from being read is an error: nobody knows then what it is under.
    private static string? TryRead(int id)
    {
        try
        {
            return File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"{Tasks}/{id}/status"));
        }
        catch (Exception fault) when (fault is FileNotFoundException or DirectoryNotFoundException or IOException { HResult: NoSuchThread })
        {
            return null;
        }
    }

    private static int NumberOf(string status, string name)
    {
        foreach (var line in status.AsSpan().EnumerateLines())
        {
            if (line.StartsWith(name, StringComparison.Ordinal))
            {
                return int.Parse(line[name.Length..], NumberStyles.AllowLeadingWhite, CultureInfo.InvariantCulture);
            }
        }

        return -1;
    }
}

/// <summary>What the kernel keeps from a thread for good; -1 where it does not say.</summary>
/// <param name="Filters">Of system calls, told since Linux 5.9.</param>
internal readonly record struct ThreadLevel(int NoNewPrivileges, int FilterMode, int Filters);
