using System.Collections.Immutable;
using System.Globalization;

namespace Url2Video.Farm.Core.Packaging.Rules;

/// <summary>A playlist taken apart, as a client would. What was looked for once is known: a list of a million lines is asked by every master.</summary>
internal sealed class HlsText(string path, ImmutableArray<string> lines)
{
    /// <summary>Longer segments are nonsense, and their sums would leave the range of numbers.</summary>
    private const decimal SegmentSecondsMax = 86_400;

    private readonly Dictionary<string, string?> _values = [];
    private ImmutableArray<int>? _discontinuities;

    public string Path => path;

    public ImmutableArray<string> Lines => lines;

    public static HlsText Parse(string path, string text) =>
        new(path, [.. text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => l.TrimEnd('\r', ' ')).Where(l => l.Length > 0)]);

    /// <summary>The rest of the first line that starts with this tag; null when there is none.</summary>
    public string? Value(string tag)
    {
        if (!_values.TryGetValue(tag, out var value))
        {
            value = Lines.FirstOrDefault(l => Is(l, tag)) is { } line ? line[Math.Min(line.Length, tag.Length + 1)..] : null;
            _values[tag] = value;
        }

        return value;
    }

    public bool Has(string tag) => Value(tag) is not null;

    /// <summary>Lists of segments, or of other lists.</summary>
    public bool IsMaster => Has("#EXT-X-STREAM-INF") || Has("#EXT-X-I-FRAME-STREAM-INF");

    /// <summary>No segment will be added.</summary>
    public bool IsEnded => Has("#EXT-X-ENDLIST");

    public int Number(string tag) => int.TryParse(Value(tag), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : -1;

    /// <summary>EXTINF seconds and the names of the segments, in order; a negative duration where there is none that can be read.</summary>
    public ImmutableArray<(decimal Seconds, string Uri)> Segments()
    {
        var segments = ImmutableArray.CreateBuilder<(decimal, string)>();
        var seconds = -1m;
        foreach (var line in Lines)
        {
            if (line.StartsWith("#EXTINF:", StringComparison.Ordinal))
            {
                seconds = decimal.TryParse(line[8..].Split(',')[0], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var said) && said <= SegmentSecondsMax ? said : -1;
            }
            else if (line[0] != '#')
            {
                segments.Add((seconds, line));
                seconds = -1;
            }
        }

        return segments.ToImmutable();
    }

    /// <summary>How many lines name a file.</summary>
    public int Names { get; } = lines.Count(l => l[0] != '#');

    /// <summary>Indices of the segments before which a discontinuity stands.</summary>
    public ImmutableArray<int> Discontinuities() => _discontinuities ??= FindDiscontinuities();

    private ImmutableArray<int> FindDiscontinuities()
    {
        var (at, segment) = (ImmutableArray.CreateBuilder<int>(), 0);
        foreach (var line in Lines)
        {
            if (line == "#EXT-X-DISCONTINUITY")
            {
                at.Add(segment);
            }

            segment += line[0] == '#' ? 0 : 1;
        }

        return at.ToImmutable();
    }

    /// <summary>How many lines of this tag there are.</summary>
    public int Count(string tag) => Lines.Count(l => Is(l, tag));

    /// <summary>Every line of a tag as attributes, and the line after it that is no comment.</summary>
    public IEnumerable<(ImmutableDictionary<string, string> Attributes, string Next)> Entries(string tag)
    {
        for (var index = 0; index < Lines.Length; index++)
        {
            if (Lines[index].Length > tag.Length && Is(Lines[index], tag))
            {
                var next = index + 1;
                while (next < Lines.Length && Lines[next][0] == '#' && !Lines[next].StartsWith("#EXT", StringComparison.Ordinal))
                {
                    next++;
                }

                yield return (Attributes(Lines[index][(tag.Length + 1)..]), next < Lines.Length ? Lines[next] : "");
            }
        }
    }

    /// <summary>A URI of a file as a path of the package; null when it leads out of it.</summary>
    public static string? Resolve(string from, string uri)
    {
        // Most names are of a file beside; there are millions.
        if (uri.Length > 0 && uri is not ("." or "..") && !uri.Contains('/', StringComparison.Ordinal))
        {
            return string.Concat(from.AsSpan(0, from.LastIndexOf('/') + 1), uri);
        }

        var parts = new Stack<string>(from.Split('/').SkipLast(1));
        foreach (var part in uri.Split('/'))
        {
            if (part is not (".." or "." or ""))
            {
                parts.Push(part);
            }
            else if (part == ".." && !parts.TryPop(out _))
            {
                return null;
            }
        }

        return string.Join('/', parts.Reverse());
    }

    public static ImmutableDictionary<string, string> Attributes(string list)
    {
        var attributes = ImmutableDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        for (var at = 0; at < list.Length && attributes.Count < Limits.LintTagAttributesMax;)
        {
            var equals = list.IndexOf('=', at);
            if (equals < 0)
            {
                break;
            }

            var isQuoted = equals + 1 < list.Length && list[equals + 1] == '"';
            var end = isQuoted ? list.IndexOf('"', equals + 2) : list.IndexOf(',', equals);
            end = end < 0 ? list.Length : end;
            attributes[list[at..equals].Trim()] = list[(equals + (isQuoted ? 2 : 1))..end];
            at = end + (isQuoted ? 2 : 1);
        }

        return attributes.ToImmutable();
    }

    // A tag, alone or with a value; not one whose name only starts so.
    private static bool Is(string line, string tag) =>
        line.StartsWith(tag, StringComparison.Ordinal) && (line.Length == tag.Length || line[tag.Length] == ':');
}
