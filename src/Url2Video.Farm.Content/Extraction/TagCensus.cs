using System.Collections.Frozen;
using Url2Video.Farm.Core;
using Url2Video.Farm.Core.Errors;

namespace Url2Video.Farm.Content.Extraction;

/// <summary>
/// Counts tags before a page is parsed, because parsing deep nesting takes quadratic time (100,000 open divs: minutes). Deliberately
/// simple: it knows no comments, scripts or quotes, so nothing can be hidden from it, and honest pages stay far below the limits.
/// </summary>
internal static class TagCensus
{
    /// <summary>Sloppy pages leave some tags open; four times the nesting limit is not sloppiness.</summary>
    private const int OpenMax = 4 * Limits.PageDepthMax;

    /// <summary>Attributes of one tag; parsing takes the square of their number.</summary>
    private const int AttributesMax = 2_000;

    /// <summary>Elements that close themselves or have no inside, so that they do not nest by being left open.</summary>
    private static readonly FrozenSet<string> Unclosed = new[]
    {
        "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr",
        "p", "li", "td", "th", "tr", "dt", "dd", "option", "optgroup", "tbody", "thead", "tfoot", "colgroup", "rp", "rt", "html", "head",
        "body",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    /// <exception cref="FarmException"><c>ERR_TOO_LARGE</c>.</exception>
    public static void Check(string html)
    {
        var open = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase);
        var (tags, depth, checkedTo) = (0, 0, 0);
        for (var at = html.IndexOf('<', StringComparison.Ordinal); at >= 0 && at + 1 < html.Length; at = html.IndexOf('<', at + 1))
        {
            var isEnd = html[at + 1] == '/';
            var start = at + (isEnd ? 2 : 1);
            var end = start;
            while (end < html.Length && end - start < 64 && (char.IsAsciiLetterOrDigit(html[end]) || html[end] is '-' or ':' or '_'))
            {
                end++;
            }

            if (end == start || Unclosed.Contains(html[start..end]))
            {
                tags += end == start || isEnd ? 0 : 1;
            }
            else if (!isEnd)
            {
                open[html[start..end]] = open.GetValueOrDefault(html[start..end]) + 1;
                (tags, depth) = (tags + 1, depth + 1);
            }
            else if (open.GetValueOrDefault(html[start..end]) is > 0 and var count)
            {
                open[html[start..end]] = count - 1;
                depth--;
            }

            if (end > start && !isEnd && at >= checkedTo)
            {
                checkedTo = EndOfAttributes(html, end);
            }

            if (tags > Limits.PageElementsMax || depth > OpenMax)
            {
                throw TooLarge();
            }
        }
    }

    /// <summary>
    /// Walks the attributes of a tag as the HTML standard does: a quotation mark matters only right after an equals sign.
    /// </summary>
    private static int EndOfAttributes(string html, int start)
    {
        var (count, last) = (0, ' ');
        for (var at = start; at < html.Length; at++)
        {
            var c = html[at];
            if (c == '>')
            {
                return at;
            }

            if (last == '=' && c is '"' or '\'' && html.IndexOf(c, at + 1) is > 0 and var close)
            {
                at = close;
            }
            else if (char.IsWhiteSpace(c) || c == '/')
            {
                count += last is ' ' or '/' ? 0 : 1;
            }

            last = char.IsWhiteSpace(c) ? last == '=' ? '=' : ' ' : c;
            if (count > AttributesMax)
            {
                throw TooLarge();
            }
        }

        return html.Length;
    }

    public static FarmException TooLarge() => new(
        ErrorCodes.TooLarge,
        $"The page has more than {Limits.PageElementsMax} elements or nests deeper than {Limits.PageDepthMax}.",
        "Save the part you want as a file and render that.");
}
