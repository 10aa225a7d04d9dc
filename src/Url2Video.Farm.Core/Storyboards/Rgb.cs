using System.Globalization;

namespace Url2Video.Farm.Core.Storyboards;

/// <summary>An sRGB colour, written <c>#rrggbb</c>.</summary>
public readonly record struct Rgb(byte R, byte G, byte B)
{
    /// <summary>Accepts <c>#rgb</c> and <c>#rrggbb</c> in either case.</summary>
    public static bool TryParse(string text, out Rgb value)
    {
        value = default;
        if (text.Length is not (4 or 7) || text[0] != '#')
        {
            return false;
        }

        var digits = text.Length == 7 ? text[1..] : string.Concat(text.Skip(1).Select(c => new string(c, 2)));
        if (!int.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var rgb))
        {
            return false;
        }

        value = new Rgb((byte)(rgb >> 16), (byte)(rgb >> 8), (byte)rgb);
        return true;
    }

    public override string ToString() => $"#{R:x2}{G:x2}{B:x2}";
}
