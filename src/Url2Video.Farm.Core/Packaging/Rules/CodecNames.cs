using System.Globalization;

namespace Url2Video.Farm.Core.Packaging.Rules;

/// <summary>Whether two codec names (RFC 6381) mean the same: what is optional in them may be left out or written.</summary>
internal static class CodecNames
{
    /// <summary>Whether one of the told names means one of the real ones.</summary>
    /// <param name="told">A CODECS or codecs attribute: names with commas between.</param>
    public static bool Has(string told, IReadOnlyList<string> real) =>
        NamesOf(told).Any(t => real.Any(r => IsSame(t, r)));

    /// <summary>The first part, which says how it is coded: <c>avc1</c>.</summary>
    public static string FamilyOf(string name) => name.Split('.')[0].Trim();

    /// <summary>Whether these names are of sound alone.</summary>
    public static bool AreOfSound(string told) =>
        NamesOf(told) is { Length: > 0 } names
        && names.All(n => FamilyOf(n).ToLowerInvariant() is "mp4a" or "ac-3" or "ec-3" or "ec+3" or "ac-4" or "opus" or "flac" or "alac");

    /// <summary>The names of an attribute, none of one that is longer than any is.</summary>
    public static string[] NamesOf(string told) =>
        told.Length > Limits.LintNameCharsMax ? [] : told.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    public static bool IsSame(string told, string real)
    {
        var (t, r) = (told.Split('.'), real.Split('.'));
        if (!string.Equals(t[0], r[0], StringComparison.OrdinalIgnoreCase))
        {
            return false;
        }

        return r[0] switch
        {
            // Chroma, colours and range follow, or do not.
            "av01" or "vp09" => Same(t.AsSpan(0, Math.Min(4, t.Length)), r.AsSpan(0, Math.Min(4, r.Length))),
            // Constraint bytes that are zero may stand at the end.
            "hvc1" or "hev1" => Same(WithoutZeros(t), WithoutZeros(r)),
            // The profile of the text is in the samples.
            "stpp" or "wvtt" => true,
            _ => Same(t, r),
        };
    }

    private static bool Same(ReadOnlySpan<string> told, ReadOnlySpan<string> real)
    {
        if (told.Length != real.Length)
        {
            return false;
        }

        for (var index = 0; index < told.Length; index++)
        {
            if (!string.Equals(told[index], real[index], StringComparison.OrdinalIgnoreCase) && !(Number(told[index]) is { } number && number == Number(real[index])))
            {
                return false;
            }
        }

        return true;
    }

    private static ReadOnlySpan<string> WithoutZeros(string[] parts)
    {
        const int Mandatory = 4;
        var end = parts.Length;
        while (end > Mandatory && parts[end - 1].Trim('0').Length == 0)
        {
            end--;
        }

        return parts.AsSpan(0, end);
    }

    // 02 and 2 are one number, also in hexadecimal; what is no number is compared as text.
    private static uint? Number(string part) =>
        part.Length is > 0 and <= 8 && uint.TryParse(part, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var number) ? number : null;
}
