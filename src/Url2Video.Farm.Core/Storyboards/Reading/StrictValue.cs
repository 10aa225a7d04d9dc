using System.Text.Json;

namespace Url2Video.Farm.Core.Storyboards.Reading;

/// <summary>Checks single JSON values. Each method returns null after reporting what is wrong.</summary>
internal static class StrictValue
{
    public static string NameOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "a list",
        JsonValueKind.String => "a text",
        JsonValueKind.Number => "a number",
        JsonValueKind.True or JsonValueKind.False => "true or false",
        _ => "null",
    };

    /// <summary>False for a name that is not Unicode (a lone surrogate escape), which no reader can ask for.</summary>
    public static bool TryName(JsonProperty property, out string name)
    {
        try
        {
            name = property.Name;
            return true;
        }
        catch (InvalidOperationException)
        {
            name = "";
            return false;
        }
    }

    /// <summary>Text of a bounded length without control characters; line breaks and tabs are allowed.</summary>
    public static string? Text(JsonElement value, string pointer, int charsMin, int charsMax, ReadErrors errors)
    {
        if (value.ValueKind != JsonValueKind.String)
        {
            errors.Invalid(pointer, $"expected a text, found {NameOf(value)}.");
            return null;
        }

        string text;
        try
        {
            text = value.GetString()!;
        }
        catch (InvalidOperationException)
        {
            errors.Invalid(pointer, "the text is not valid Unicode (half of a surrogate pair).");
            return null;
        }

        if (text.Any(c => char.IsControl(c) && c is not ('\n' or '\t')))
        {
            errors.Invalid(pointer, "the text holds control characters.");
            return null;
        }

        if (text.Length < charsMin || text.Length > charsMax || (charsMin > 0 && string.IsNullOrWhiteSpace(text)))
        {
            errors.Invalid(pointer, $"the text has {text.Trim().Length} characters; {charsMin} to {charsMax} are allowed.");
            return null;
        }

        return text;
    }

    public static long? Integer(JsonElement value, string pointer, long min, long max, ReadErrors errors)
    {
        if (value.ValueKind != JsonValueKind.Number)
        {
            errors.Invalid(pointer, $"expected a whole number, found {NameOf(value)}.");
            return null;
        }

        if (!value.TryGetInt64(out var number) || number < min || number > max)
        {
            errors.Invalid(pointer, $"{Shown(value)} is out of range; a whole number from {min} to {max} is allowed.");
            return null;
        }

        return number;
    }

    public static int? Decimal(JsonElement value, string pointer, int scale, int min, int max, ReadErrors errors)
    {
        if (value.ValueKind != JsonValueKind.Number)
        {
            errors.Invalid(pointer, $"expected a number, found {NameOf(value)}.");
            return null;
        }

        var isInRange = value.TryGetDecimal(out var number) && number >= (decimal)min / scale && number <= (decimal)max / scale;
        if (!isInRange || number * scale != decimal.Truncate(number * scale))
        {
            var decimals = scale.ToString(System.Globalization.CultureInfo.InvariantCulture).Length - 1;
            errors.Invalid(pointer, FormattableString.Invariant(
                $"{Shown(value)} is out of range; a number from {(decimal)min / scale:0.####} to {(decimal)max / scale:0.####} with at most {decimals} decimals is allowed."));
            return null;
        }

        return (int)(number * scale);
    }

    public static T? Choice<T>(JsonElement value, string pointer, ReadErrors errors) where T : struct, Enum
    {
        var words = Enum.GetNames<T>().Select(JsonNamingPolicy.CamelCase.ConvertName).ToArray();
        if (Text(value, pointer, 1, 64, errors) is not { } text)
        {
            return null;
        }

        var index = Array.IndexOf(words, text);
        if (index >= 0)
        {
            return Enum.GetValues<T>()[index];
        }

        var near = DidYouMean.Nearest(text, words);
        errors.Invalid(pointer, $"\"{text}\" is not one of {string.Join(", ", words)}.", near is null ? null : $"Did you mean \"{near}\"?");
        return null;
    }

    /// <summary>The number as written, cut so that a hostile document cannot fill the message.</summary>
    private static string Shown(JsonElement value) => value.GetRawText() is { Length: > 32 } raw ? $"{raw[..32]}…" : value.GetRawText();
}
