using System.Text;

namespace Url2Video.Farm.Media.Text;

/// <summary>What of Unicode's scripts matters for choosing fonts, direction and line breaks.</summary>
internal static class Scripts
{
    // Blocks in order of code point, with the Noto family that is made for them.
    private static readonly (int First, int Last, string Family)[] s_blocks =
    [
        (0x0530, 0x058F, "NotoSansArmenian"),
        (0x0590, 0x05FF, "NotoSansHebrew"),
        (0x0600, 0x06FF, "NotoSansArabic"),
        (0x0700, 0x074F, "NotoSansSyriac"),
        (0x0750, 0x077F, "NotoSansArabic"),
        (0x0780, 0x07BF, "NotoSansThaana"),
        (0x08A0, 0x08FF, "NotoSansArabic"),
        (0x0900, 0x097F, "NotoSansDevanagari"),
        (0x0980, 0x09FF, "NotoSansBengali"),
        (0x0A00, 0x0A7F, "NotoSansGurmukhi"),
        (0x0A80, 0x0AFF, "NotoSansGujarati"),
        (0x0B00, 0x0B7F, "NotoSansOriya"),
        (0x0B80, 0x0BFF, "NotoSansTamil"),
        (0x0C00, 0x0C7F, "NotoSansTelugu"),
        (0x0C80, 0x0CFF, "NotoSansKannada"),
        (0x0D00, 0x0D7F, "NotoSansMalayalam"),
        (0x0D80, 0x0DFF, "NotoSansSinhala"),
        (0x0E00, 0x0E7F, "NotoSansThai"),
        (0x0E80, 0x0EFF, "NotoSansLao"),
        (0x0F00, 0x0FFF, "NotoSerifTibetan"),
        (0x1000, 0x109F, "NotoSansMyanmar"),
        (0x10A0, 0x10FF, "NotoSansGeorgian"),
        (0x1200, 0x137F, "NotoSansEthiopic"),
        (0x1780, 0x17FF, "NotoSansKhmer"),
        (0x2E80, 0x9FFF, "NotoSansCJK"),
        (0xAC00, 0xD7AF, "NotoSansCJK"),
        (0xF900, 0xFAFF, "NotoSansCJK"),
        (0xFB1D, 0xFB4F, "NotoSansHebrew"),
        (0xFB50, 0xFDFF, "NotoSansArabic"),
        (0xFE70, 0xFEFE, "NotoSansArabic"),
        (0xFF00, 0xFFEF, "NotoSansCJK"),
        (0x20000, 0x3FFFF, "NotoSansCJK"),
    ];

    /// <summary>The family made for the script of a character, or null for Latin, Greek, Cyrillic and symbols.</summary>
    public static string? FamilyFor(Rune rune)
    {
        foreach (var (first, last, family) in s_blocks)
        {
            if (rune.Value >= first && rune.Value <= last)
            {
                return family;
            }
        }

        return null;
    }

    /// <summary>Written without spaces, breakable between any two characters.</summary>
    public static bool IsIdeographic(Rune rune) =>
        rune.Value is (>= 0x2E80 and <= 0x9FFF) or (>= 0xF900 and <= 0xFAFF) or (>= 0xFF00 and <= 0xFFEF) or (>= 0x20000 and <= 0x3FFFF);

    public static bool IsKana(Rune rune) => rune.Value is >= 0x3040 and <= 0x30FF;

    public static bool IsHangul(Rune rune) => rune.Value is (>= 0x1100 and <= 0x11FF) or (>= 0xAC00 and <= 0xD7AF);

    /// <summary>Right to left: Hebrew, Arabic, Syriac, Thaana, N'Ko and their presentation forms.</summary>
    public static bool IsRightToLeft(Rune rune) =>
        rune.Value is (>= 0x0590 and <= 0x08FF) or (>= 0xFB1D and <= 0xFDFF) or (>= 0xFE70 and <= 0xFEFE) or (>= 0x10800 and <= 0x10FFF);

    /// <summary>The direction of the first letter decides that of the paragraph (Unicode's rule P2, on letters).</summary>
    public static bool IsRightToLeft(string text)
    {
        foreach (var rune in text.EnumerateRunes())
        {
            if (Rune.IsLetter(rune))
            {
                return IsRightToLeft(rune);
            }
        }

        return false;
    }

    /// <summary>Not at the start of a line (closing punctuation, small kana, sound marks).</summary>
    public static bool IsNoLineStart(Rune rune) =>
        "、。，．・：；？！」』）】〕〉》”’…‥ーぁぃぅぇぉっゃゅょァィゥェォッャュョ々゛゜!),.:;?]}".Contains(rune.ToString(), StringComparison.Ordinal);

    /// <summary>Not at the end of a line (opening brackets and quotes).</summary>
    public static bool IsNoLineEnd(Rune rune) => "「『（【〔〈《“‘([{".Contains(rune.ToString(), StringComparison.Ordinal);

    /// <summary>The face of a pan-CJK collection (in its customary order) whose forms a text expects.</summary>
    public static int CjkFace(string text)
    {
        const int Japanese = 0, Korean = 1, SimplifiedChinese = 2;
        foreach (var rune in text.EnumerateRunes())
        {
            if (IsKana(rune))
            {
                return Japanese;
            }

            if (IsHangul(rune))
            {
                return Korean;
            }
        }

        return SimplifiedChinese;
    }
}
