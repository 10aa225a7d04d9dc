using System.Globalization;

namespace Url2Video.Farm.EndToEnd.Tests.Support;

/// <summary>The TCP ports on which a process listens, as Linux tells.</summary>
internal static class ListeningPorts
{
    private const string Listening = "0A";

    public static IReadOnlyList<int> Of(int process)
    {
        var root = string.Create(CultureInfo.InvariantCulture, $"/proc/{process}");
        var sockets = Directory.EnumerateFileSystemEntries(Path.Combine(root, "fd"))
            .Select(f => new FileInfo(f).LinkTarget).Where(t => t?.StartsWith("socket:[", StringComparison.Ordinal) == true)
            .Select(t => t![8..^1]).ToHashSet(StringComparer.Ordinal);
        return
        [
            .. new[] { "tcp", "tcp6" }.SelectMany(table => File.ReadLines(Path.Combine(root, "net", table)).Skip(1))
                .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
                .Where(row => row[3] == Listening && sockets.Contains(row[9]))
                .Select(row => int.Parse(row[1].Split(':')[1], NumberStyles.HexNumber, CultureInfo.InvariantCulture)).Distinct(),
        ];
    }
}
