using System.Text;
using System.Text.RegularExpressions;

namespace Url2Video.Farm.Media.Speech.Normalising;

/// <summary>The words for the signs in addresses.</summary>
internal sealed record WebWords(string Dot, string At, string Slash);

/// <summary>URLs, host names, e-mail addresses: the part a listener can use. Pure.</summary>
internal static partial class WebAddress
{
    private const string Domains =
        "com|org|net|io|dev|ai|app|co|uk|de|fr|es|it|nl|pt|eu|us|ca|ch|at|be|se|no|fi|dk|pl|cz|ru|jp|cn|in|br|au|nz|gov|edu|info|tv|me|shop|store|blog|tech|cloud|online|site";

    /// <summary>Nobody remembers more of a path.</summary>
    private const int PathPartsMax = 2;

    /// <param name="number">How digits inside an address are read.</param>
    internal static Reading Read(string text, int at, WebWords words, Func<string, string> number)
    {
        var mail = Mail().Match(text, at);
        if (mail.Success)
        {
            return new Reading(mail.Length, $"{Part(mail.Groups["local"].Value, words, number)} {words.At} {Part(mail.Groups["host"].Value, words, number)}");
        }

        var url = Url().Match(text, at);
        if (!url.Success)
        {
            return Reading.None;
        }

        var spoken = new StringBuilder(Part(url.Groups["host"].Value, words, number));
        var parts = url.Groups["path"].Value.Split('/', StringSplitOptions.RemoveEmptyEntries);
        foreach (var part in parts.Length <= PathPartsMax ? parts : [])
        {
            spoken.Append(' ').Append(words.Slash).Append(' ').Append(Part(part, words, number));
        }

        // What ends the sentence around an address is not part of it.
        return new Reading(url.ValueSpan.TrimEnd(Closing).Length, spoken.ToString());
    }

    private const string Closing = ".,;:!?)]}»”…*_`";

    private static string Part(string part, WebWords words, Func<string, string> number)
    {
        var spoken = new StringBuilder();
        foreach (Match piece in Pieces().Matches(part))
        {
            var value = piece.Value;
            spoken.Append(value == "." ? words.Dot : char.IsAsciiDigit(value[0]) ? number(value) : value).Append(' ');
        }

        return spoken.ToString().TrimEnd();
    }

    [GeneratedRegex(@"\G(?<local>[\p{L}\d][\p{L}\d._%+-]{0,63})@(?<host>(?:[\p{L}\d-]{1,63}\.){1,4}\p{L}{2,24})(?![\p{L}\d])", RegexOptions.CultureInvariant)]
    private static partial Regex Mail();

    [GeneratedRegex(
        @"\G(?:(?:https?://)(?:www\.)?(?<host>[\p{L}\d-]{1,63}(?:\.[\p{L}\d-]{1,63}){0,4})(?::\d{1,5})?|www\.(?<host>[\p{L}\d-]{1,63}(?:\.[\p{L}\d-]{1,63}){1,4})|(?<host>[A-Za-z\d][A-Za-z\d-]{0,62}(?:\.[A-Za-z\d-]{1,63}){0,3}\.(?:" + Domains + @"))(?![\p{L}\d@-]|\.[\p{L}\d]))(?<path>/[^\s?#<>""']{0,500})?(?:[?#][^\s<>""']{0,500})?",
        RegexOptions.CultureInvariant)]
    private static partial Regex Url();

    [GeneratedRegex(@"\.|\p{L}+|\d+", RegexOptions.CultureInvariant)]
    private static partial Regex Pieces();
}
