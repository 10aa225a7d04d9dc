using System.Text.RegularExpressions;

namespace Url2Video.Farm.Media.Speech.Normalising;

/// <summary>The little grammar that figures need. Pure.</summary>
internal static partial class EnglishGrammar
{
    /// <summary>True after an indefinite article: what follows describes a noun and stays singular ("a 12 megapixel camera").</summary>
    internal static bool IsAttribute(string text, int at) => Article().IsMatch(text[Math.Max(0, at - 4)..at]);

    [GeneratedRegex(@"(?:^|\P{L})[Aa]n?\s$", RegexOptions.CultureInvariant)]
    private static partial Regex Article();
}
