using System.Text.RegularExpressions;

namespace Url2Video.Farm.Media.Speech.Normalising;

/// <summary>Roman numerals after a name: "Henry VIII" is the eighth, "Chapter IV" is four. Pure.</summary>
internal static partial class EnglishRoman
{
    private static readonly HashSet<string> Regnal = new(StringComparer.Ordinal)
    {
        "Henry", "Elizabeth", "Louis", "George", "Edward", "Charles", "William", "James", "Richard", "Philip", "Napoleon", "Nicholas", "Peter", "Catherine",
        "Alexander", "Frederick", "Wilhelm", "Francis", "Ferdinand", "Leopold", "Ramses", "Ramesses", "John", "Paul", "Benedict", "Pius", "Leo", "Gregory", "Clement", "Innocent",
        "Mary", "Robert", "Ivan", "Carlos", "Felipe", "Harald", "Gustav", "Constantine",
    };

    internal static Reading Read(string text, int at)
    {
        var match = Numeral().Match(text, at);
        if (!match.Success)
        {
            return Reading.None;
        }

        var before = NameBefore().Match(text, Math.Max(0, at - 24), Math.Min(at, 24));
        if (!before.Success || (match.Length == 1 && !Regnal.Contains(before.Groups["w"].Value)))
        {
            return Reading.None;
        }

        var value = Value(match.Value);
        return new Reading(match.Length, Regnal.Contains(before.Groups["w"].Value) ? "the " + EnglishNumbers.Ordinal(value) : EnglishNumbers.Cardinal(value));
    }

    private static int Value(string numeral)
    {
        var (sum, last) = (0, 0);
        foreach (var c in numeral.Reverse())
        {
            var value = c switch { 'I' => 1, 'V' => 5, 'X' => 10, _ => 50 };
            sum += value < last ? -value : value;
            last = Math.Max(last, value);
        }

        return sum;
    }

    /// <summary>2 to 89 in their proper form, and V and X alone.</summary>
    [GeneratedRegex(@"\G(?=[IVXL])(?:XL|L?X{0,3})(?:IX|IV|V?I{0,3})(?![\p{L}\d'’])(?<!\bI)", RegexOptions.CultureInvariant)]
    private static partial Regex Numeral();

    [GeneratedRegex(@"(?<w>\p{Lu}\p{Ll}+)\s$", RegexOptions.CultureInvariant)]
    private static partial Regex NameBefore();
}
