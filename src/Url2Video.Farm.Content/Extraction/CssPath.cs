using AngleSharp.Dom;
using Url2Video.Farm.Core.Storyboards;

namespace Url2Video.Farm.Content.Extraction;

/// <summary>A selector that finds an element again: from the nearest id, or from the body, by tag and place.</summary>
internal static class CssPath
{
    public static string Of(IElement element)
    {
        var steps = new List<string>();
        for (var current = element; current is not null && current.LocalName is not ("body" or "html"); current = current.ParentElement)
        {
            if (current.Id is { Length: > 0 and <= 60 } id && id.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_')
                && !char.IsAsciiDigit(id[0]))
            {
                steps.Add($"#{id}");
                break;
            }

            // By enumeration: asking for the sibling before is linear in AngleSharp.
            var place = current.ParentElement?.Children.TakeWhile(c => c != current).Count(c => c.LocalName == current.LocalName) ?? 0;
            steps.Add($"{current.LocalName}:nth-of-type({place + 1})");
        }

        steps.Reverse();
        var path = string.Join(" > ", steps);

        // A path is for finding again by hand; of a very deep one the last steps say most.
        return path.Length <= Provenance.PathCharsMax ? path : path[^Provenance.PathCharsMax..];
    }
}
