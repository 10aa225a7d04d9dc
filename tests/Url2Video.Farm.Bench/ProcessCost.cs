using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Url2Video.Farm.Bench;

/// <summary>What processes and sockets of this machine have used, as the kernel counts.</summary>
internal static partial class ProcessCost
{
    private const double TicksPerSecond = 100;

    /// <summary>Of the process and its living children; the PostgreSQL server has one a connection.</summary>
    public static double CpuSeconds(int process) => Directory.EnumerateDirectories("/proc")
        .Where(d => int.TryParse(Path.GetFileName(d), CultureInfo.InvariantCulture, out _))
        .Select(Stat)
        .Where(s => s is { } stat && (stat.Id == process || stat.Parent == process))
        .Sum(s => s!.Value.CpuTicks / TicksPerSecond);

    public static long ResidentBytes(int process) =>
        long.Parse(File.ReadAllText($"/proc/{process}/statm").Split(' ')[1], CultureInfo.InvariantCulture) * Environment.SystemPageSize;

    /// <summary>Payload bytes of each connection to a port that listens here, by the other end.</summary>
    public static async Task<Dictionary<string, (long In, long Out)>> BytesAsync(int port)
    {
        var start = new ProcessStartInfo("ss", ["-tinHO", $"sport = :{port}"]) { RedirectStandardOutput = true };
        using var ss = Process.Start(start)!;
        var lines = (await ss.StandardOutput.ReadToEndAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        await ss.WaitForExitAsync();
        var bytes = new Dictionary<string, (long, long)>(StringComparer.Ordinal);
        foreach (var line in lines)
        {
            var words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (words is [_, _, _, _, var peer, ..])
            {
                bytes[peer] = (Number(Received().Match(line)), Number(Sent().Match(line)));
            }
        }

        return bytes;
    }

    /// <summary>What connections that were there before have moved meanwhile.</summary>
    public static (long In, long Out) Between(Dictionary<string, (long In, long Out)> before, Dictionary<string, (long In, long Out)> after)
    {
        var both = after.Where(a => before.ContainsKey(a.Key)).Select(a => (Now: a.Value, Then: before[a.Key])).ToList();
        return (both.Sum(b => b.Now.In - b.Then.In), both.Sum(b => b.Now.Out - b.Then.Out));
    }

    private static long Number(Match match) => match.Success ? long.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture) : 0;

    private static (int Id, int Parent, long CpuTicks)? Stat(string folder)
    {
        try
        {
            var text = File.ReadAllText(Path.Combine(folder, "stat"));
            var fields = text[(text.LastIndexOf(')') + 2)..].Split(' ');
            return (
                int.Parse(Path.GetFileName(folder), CultureInfo.InvariantCulture),
                int.Parse(fields[1], CultureInfo.InvariantCulture),
                long.Parse(fields[11], CultureInfo.InvariantCulture) + long.Parse(fields[12], CultureInfo.InvariantCulture));
        }
        catch (IOException)
        {
            return null; // Ended meanwhile.
        }
    }

    [GeneratedRegex(@"bytes_received:(\d+)")]
    private static partial Regex Received();

    [GeneratedRegex(@"bytes_acked:(\d+)")]
    private static partial Regex Sent();
}
