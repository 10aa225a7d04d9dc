using System.Globalization;
using System.Text.RegularExpressions;

namespace Url2Video.Farm.Media.Tests.Cuda.Ptx;

/// <summary>The kernels of a PTX text. Knows the part of the language that integer kernels need, and refuses the rest by name.</summary>
internal sealed partial class PtxModule
{
    private readonly Dictionary<string, PtxEntry> _entries = new(StringComparer.Ordinal);

    public PtxModule(string text)
    {
        var lines = text.Split('\n').Select(l => Comment().Replace(l, "").Trim()).ToArray();
        for (var i = 0; i < lines.Length; i++)
        {
            if (!lines[i].StartsWith(".visible .entry ", StringComparison.Ordinal))
            {
                continue;
            }

            var name = lines[i][".visible .entry ".Length..^1];
            var open = Array.IndexOf(lines, "{", i);
            var close = Array.IndexOf(lines, "}", open);
            var body = lines[(open + 1)..close].Where(l => l.Length > 0 && l[0] != '.'); // Directives say how many registers there are, and hints.
            _entries.Add(name, new PtxReader(Parameters(lines[(i + 1)..open])).Read(name, body));
            i = close;
        }
    }

    public IReadOnlyDictionary<string, PtxEntry> Entries => _entries;

    private static PtxParameter[] Parameters(IEnumerable<string> lines)
    {
        var (list, end) = (new List<PtxParameter>(), 0);
        foreach (var match in lines.Select(l => Parameter().Match(l)).Where(m => m.Success))
        {
            var isArray = match.Groups["size"].Success;
            var bytes = isArray ? Number(match.Groups["size"]) : Number(match.Groups["bits"]) / 8;
            var align = isArray ? Number(match.Groups["align"]) : bytes;
            var offset = (end + align - 1) / align * align;
            list.Add(new PtxParameter(match.Groups["name"].Value, bytes, offset));
            end = offset + bytes;
        }

        return [.. list];
    }

    private static int Number(Group group) => int.Parse(group.Value, CultureInfo.InvariantCulture);

    [GeneratedRegex("//.*$")]
    private static partial Regex Comment();

    [GeneratedRegex(@"^\.param (\.align (?<align>\d+) )?\.[busf](?<bits>\d+) (?<name>\w+)(\[(?<size>\d+)\])?,?$")]
    private static partial Regex Parameter();
}
