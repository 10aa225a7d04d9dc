using System.Text.RegularExpressions;

namespace Url2Video.Farm.Media.Speech.Normalising;

/// <summary>Markdown and HTML that may be left in a text: shown or hidden by others, never spoken. Pure.</summary>
internal static partial class Markup
{
    /// <summary>Length of silent markup at a place: a tag, an entity of no sound, the target of a Markdown link, a list number.</summary>
    internal static int SilentLength(string text, int at) => text[at] switch
    {
        '<' => Tag().Match(text, at).Length,
        ']' => LinkTarget().Match(text, at).Length,
        '&' => Entity().Match(text, at).Length,
        _ => 0,
    };

    /// <summary>True where a list item begins, given that this is the start of a line.</summary>
    internal static bool IsListItem(string text, int at) => Item().IsMatch(text, at);

    [GeneratedRegex(@"\G(?:[-*•–]|\d{1,2}[.)])\s", RegexOptions.CultureInvariant)]
    private static partial Regex Item();

    /// <summary>Bounded, so that a text of a million <c>&lt;</c> stays linear.</summary>
    [GeneratedRegex(@"\G<[A-Za-z/!?][^<>]{0,300}>", RegexOptions.CultureInvariant)]
    private static partial Regex Tag();

    [GeneratedRegex(@"\G\]\([^()\s]{1,300}\)", RegexOptions.CultureInvariant)]
    private static partial Regex LinkTarget();

    [GeneratedRegex(@"\G&(?:nbsp|quot|lt|gt|apos|shy|#\d{1,6});", RegexOptions.CultureInvariant)]
    private static partial Regex Entity();
}
