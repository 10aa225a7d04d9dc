using System.Text;
using Url2Video.Farm.Media.Text;
using Xunit;

namespace Url2Video.Farm.Media.Tests.Text;

public sealed class FontSetTests
{
    [Fact]
    public void Open_NoFontAnywhere_IsATypedError()
    {
        var failure = Assert.Throws<FontException>(() => FontSet.Open(["/nowhere", Path.GetTempPath() + Guid.NewGuid()]));

        Assert.Equal(FontErrorKind.NoFonts, failure.Kind);
    }

    [FontFact("NotoSans", "NotoSansArabic", "NotoSansHebrew", "DejaVuSans")]
    public void Find_Scripts_PrefersTheFamilyMadeForThem()
    {
        Assert.Equal("NotoSans", Family("A"));
        Assert.Equal("NotoSans", Family("Ж"));
        Assert.Equal("NotoSans", Family("λ"));
        Assert.Equal("NotoSansArabic", Family("ث"));
        Assert.Equal("NotoSansHebrew", Family("ש"));
        Assert.Equal("DejaVuSans", Family("A", "DejaVu Sans"));
        Assert.Equal("DejaVuSans", Family("✓"));

        static string? Family(string text, string family = "Noto Sans") =>
            Fonts.All.Find(Rune.GetRuneAt(text, 0), false, family, text)?.File.Family;
    }

    [FontFact("NotoSans")]
    public void Find_Bold_TakesTheBoldFile() =>
        Assert.Equal(("Bold", "Regular"),
            (Fonts.All.Find(new Rune('A'), true, "Noto Sans", "A")!.File.Style,
                Fonts.All.Find(new Rune('A'), false, "Noto Sans", "A")!.File.Style));

    [FontFact("NotoSans")]
    public void Find_CharacterOfNoFont_IsNull() => Assert.Null(Fonts.All.Find(new Rune(0x10FFFD), false, "Noto Sans", ""));

    [FontFact("NotoSansCJK")]
    public void Find_Han_FollowsTheLanguageAround()
    {
        Assert.Contains("jp", Name("直かな"), StringComparison.OrdinalIgnoreCase);
        Assert.Contains("sc", Name("直接"), StringComparison.OrdinalIgnoreCase);

        static string Name(string text) => Fonts.All.Find(new Rune('直'), false, "Noto Sans", text)!.Name;
    }

    [FontFact("NotoSans", "NotoSansHebrew")]
    public void Identify_Texts_NamesTheirFontsByContent()
    {
        var latin = Fonts.All.Identify("Noto Sans", ["abc", "def"]);
        var both = Fonts.All.Identify("Noto Sans", ["abc", "שלום"]);

        Assert.Equal(2, latin.Length);
        Assert.Equal(4, both.Length);
        Assert.All(both, f => Assert.Matches("^[0-9a-f]{64}$", f.Sha256));
        Assert.Equal(both.OrderBy(f => f.Sha256, StringComparer.Ordinal), both);
    }
}
