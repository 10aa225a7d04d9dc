using System.Collections.Immutable;
using System.Globalization;

namespace Url2Video.Farm.Core.Packaging.Rules;

/// <summary>A playlist taken apart, as a client would.</summary>
internal sealed record HlsText(string Path, ImmutableArray<string> Lines)
{
    public static HlsText Parse(string path, string text) => new(path, [.. text.Split('\n', StringSplitOptions.RemoveEmptyEntries)]);

    /// <summary>The rest of the first line that starts with this tag; null when there is none.</summary>
    public string? Value(string tag) => Lines.FirstOrDefault(l => l == tag || l.StartsWith(tag + ":", StringComparison.Ordinal)) is { } line
        ? line[Math.Min(line.Length, tag.Length + 1)..]
        : null;

    public int Number(string tag) => int.TryParse(Value(tag), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : -1;

    /// <summary>EXTINF seconds and the paths of the segments, in order.</summary>
    public ImmutableArray<(decimal Seconds, string Path)> Segments()
    {
        var segments = ImmutableArray.CreateBuilder<(decimal, string)>();
        for (var index = 0; index + 1 < Lines.Length; index++)
        {
            if (Lines[index].StartsWith("#EXTINF:", StringComparison.Ordinal)
                && decimal.TryParse(Lines[index][8..].TrimEnd(','), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds))
            {
                segments.Add((seconds, Resolve(Lines[index + 1])));
            }
        }

        return segments.ToImmutable();
    }

    /// <summary>Every line of a tag as attributes, and the line after it.</summary>
    public IEnumerable<(ImmutableDictionary<string, string> Attributes, string Next)> Entries(string tag) => Lines
        .Select((line, index) => (line, next: index + 1 < Lines.Length ? Lines[index + 1] : ""))
        .Where(l => l.line.StartsWith(tag + ":", StringComparison.Ordinal))
        .Select(l => (Attributes(l.line[(tag.Length + 1)..]), l.next));

    /// <summary>A URI of this playlist as a path of the package.</summary>
    public string Resolve(string uri)
    {
        var parts = new Stack<string>(Path.Split('/').SkipLast(1));
        foreach (var part in uri.Split('/'))
        {
            if (part != "..")
            {
                parts.Push(part);
            }
            else if (!parts.TryPop(out _))
            {
                return uri;
            }
        }

        return string.Join('/', parts.Reverse());
    }

    public static ImmutableDictionary<string, string> Attributes(string list)
    {
        var attributes = ImmutableDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        for (var at = 0; at < list.Length;)
        {
            var equals = list.IndexOf('=', at);
            if (equals < 0)
            {
                break;
            }

            var isQuoted = equals + 1 < list.Length && list[equals + 1] == '"';
            var end = isQuoted ? list.IndexOf('"', equals + 2) : list.IndexOf(',', equals);
            end = end < 0 ? list.Length : end;
            attributes[list[at..equals]] = list[(equals + (isQuoted ? 2 : 1))..end];
            at = end + (isQuoted ? 2 : 1);
        }

        return attributes.ToImmutable();
    }
}
