namespace Url2Video.Farm.Core.Storyboards;

/// <summary>A text with a number in it, taken apart so that the number can count.</summary>
/// <param name="Digits">The number without separators, e.g. 125 for 12.5; never negative.</param>
/// <param name="Decimals">How many of the digits stand behind the decimal sign.</param>
/// <param name="IsGrouped">The text sets its thousands apart.</param>
public sealed record CounterText(string Before, long Digits, int Decimals, bool IsGrouped, string After, NumberSigns Signs)
{
    private const int DigitsMax = 12;

    /// <summary>The first number of a text, or null when there is none that can be counted.</summary>
    public static CounterText? Find(string text, string language)
    {
        var signs = NumberSigns.Of(language);
        var start = text.AsSpan().IndexOfAnyInRange('0', '9');
        if (start < 0)
        {
            return null;
        }

        var (digits, count, decimals, isGrouped, isFraction, i) = (0L, 0, 0, false, false, start);
        for (; i < text.Length; i++)
        {
            if (char.IsAsciiDigit(text[i]))
            {
                digits = (digits * 10) + (text[i] - '0');
                count++;
                decimals += isFraction ? 1 : 0;
                if (count > DigitsMax)
                {
                    return null;
                }
            }
            else if (!isFraction && IsGroupAt(text, i, signs))
            {
                isGrouped = true;
            }
            else if (!isFraction && text[i] == signs.Decimal && i + 1 < text.Length && char.IsAsciiDigit(text[i + 1]))
            {
                isFraction = true;
            }
            else
            {
                break;
            }
        }

        return new CounterText(text[..start], digits, decimals, isGrouped, text[i..], signs);
    }

    // Two or three digits and then no more: "12,500" and "1,00,000", but not the list "3,4".
    private static bool IsGroupAt(string text, int at, NumberSigns signs)
    {
        var isSign = text[at] == signs.Group || (signs.Group == '\u202F' && text[at] is '\u00A0' or ' ');
        var end = at + 1;
        while (end < text.Length && char.IsAsciiDigit(text[end]))
        {
            end++;
        }

        return isSign && (end - at - 1 == 3 || (end - at - 1 == signs.GroupSize && signs.GroupSize != 3));
    }
}

/// <summary>
/// How a language writes numbers. A table of our own: what an operating system says about languages differs between machines.
/// </summary>
/// <param name="GroupSize">Of all groups but the last, which has three digits.</param>
public sealed record NumberSigns(char Decimal, char Group, int GroupSize)
{
    private const char NarrowSpace = '\u202F';

    public static NumberSigns Of(string language)
    {
        var tag = language.ToLowerInvariant();
        return tag switch
        {
            "en-in" or "de-ch" or "de-li" or "it-ch" => tag == "en-in" ? new('.', ',', 2) : new('.', '’', 3),
            "es-mx" or "es-us" => new('.', ',', 3),
            "de-at" => new(',', '.', 3),
            _ => OfPrimary(tag.Split('-')[0]),
        };
    }

    private static NumberSigns OfPrimary(string primary) => primary switch
    {
        "hi" or "bn" or "gu" or "mr" or "ta" or "te" or "kn" or "ml" or "pa" => new('.', ',', 2),
        "de" or "es" or "it" or "nl" or "pt" or "da" or "el" or "id" or "tr" or "hr" or "sl" or "sr" or "ro" or "vi" => new(',', '.', 3),
        "fr" or "ru" or "uk" or "be" or "pl" or "cs" or "sk" or "sv" or "nb" or "nn" or "no" or "fi" or "hu" or "bg" or "et" or "lv" or "lt" =>
            new(',', NarrowSpace, 3),
        _ => new('.', ',', 3),
    };
}
