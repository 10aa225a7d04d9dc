using System.Globalization;
using System.Text;

namespace Url2Video.Farm.Core.Captions;

/// <summary>How much room text takes in a line of captions. Pure.</summary>
public static class TextWidth
{
    /// <summary>Columns: East Asian wide characters and emoji take two, combining marks and joiners none.</summary>
    public static int Of(string text)
    {
        var width = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            width += Of(rune);
        }

        return width;
    }

    public static int Of(Rune rune) => Rune.GetUnicodeCategory(rune) switch
    {
        UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark or UnicodeCategory.Format => 0,
        _ => IsWide(rune.Value) ? 2 : 1,
    };

    /// <summary>Hangul, kana, Han and full-width forms (Unicode TR 11, W and F, coarsely), and pictographs.</summary>
    public static bool IsWide(int c) => c is
        >= 0x1100 and <= 0x115f or >= 0x2e80 and <= 0x303e or >= 0x3041 and <= 0x33ff or >= 0x3400 and <= 0x4dbf or >= 0x4e00 and <= 0x9fff
        or >= 0xac00 and <= 0xd7a3 or >= 0xf900 and <= 0xfaff or >= 0xfe30 and <= 0xfe6f or >= 0xff00 and <= 0xff60 or >= 0x1f300 and <= 0x1faff
        or >= 0x20000 and <= 0x3fffd;

    /// <summary>Scripts that write no blank between words: nothing is put between two of these.</summary>
    public static bool IsTight(string left, string right) =>
        left.Length > 0 && right.Length > 0
        && Rune.GetRuneAt(right, 0) is var first && IsUnspaced(first.Value)
        && IsUnspaced(char.IsLowSurrogate(left[^1]) && left.Length > 1 ? char.ConvertToUtf32(left[^2], left[^1]) : left[^1]);

    /// <summary>Wide, but not Hangul, which does use blanks.</summary>
    private static bool IsUnspaced(int c) => IsWide(c) && c is not (>= 0x1100 and <= 0x115f or >= 0xac00 and <= 0xd7a3 or >= 0x1f300 and <= 0x1faff);
}
