using System.Text;
using Url2Video.Farm.Media.Text;
using Xunit;

namespace Url2Video.Farm.Media.Tests.Text;

public sealed class TextLayoutTests
{
    private static readonly TextStyle s_style = new("Noto Sans", IsBold: false, EmMax: 60, EmMin: 30, LinesMax: 3);

    [FontFact("NotoSans")]
    public void Fit_ShortText_KeepsItsSizeOnOneLine()
    {
        var text = Fit("Northern Light", 800, 300);

        Assert.Equal((60, 1, false), (text.Em, text.Lines.Length, text.IsCut));
        Assert.InRange(text.Width, 380, 480);
    }

    [FontFact("NotoSans")]
    public void Fit_TwoLines_AreAboutEquallyLong()
    {
        var text = Fit("A quiet revolution in how videos get made", 1000, 300);

        Assert.Equal(2, text.Lines.Length);
        var (longer, shorter) = (text.Lines.Max(l => l.Width), text.Lines.Min(l => l.Width));
        Assert.True(shorter * 100 > longer * 75, $"{shorter} and {longer}");
    }

    [FontFact("NotoSans")]
    public void Fit_TooMuchForItsSize_Shrinks()
    {
        var text = Fit("Text is set once and glides at a quarter-thousandth of a pixel, even when the sentence is long", 900, 200);

        Assert.InRange(text.Em, 30, 59);
        Assert.False(text.IsCut);
        Assert.All(text.Lines, l => Assert.InRange(l.Width, 1, 900));
        Assert.InRange(text.Height, 1, 200);
    }

    [FontFact("NotoSans")]
    public void Fit_FarTooMuch_IsCutWithAnEllipsis()
    {
        var text = Fit(string.Concat(Enumerable.Repeat("word after word ", 60)), 500, 200);

        Assert.True(text.IsCut);
        Assert.Equal(30, text.Em);
        Assert.EndsWith("…", text.Lines[^1].Runs[^1].Text);
        Assert.All(text.Lines, l => Assert.InRange(l.Width, 1, 500));
    }

    [FontFact("NotoSans")]
    public void Fit_OneEndlessWord_IsBroken()
    {
        var text = Fit(new string('m', 40), 400, 400);

        Assert.True(text.Lines.Length > 1);
        Assert.All(text.Lines, l => Assert.InRange(l.Width, 1, 400));
    }

    [FontFact("NotoSans")]
    public void Fit_LineFeeds_BreakTheLine() => Assert.Equal(3, Fit("one\ntwo\n\nthree", 800, 400).Lines.Length);

    [FontFact("NotoSans")]
    public void Fit_Nothing_HasNoLines() => Assert.Empty(Fit("  \n ", 800, 400).Lines);

    [FontFact("NotoSans", "NotoSansArabic")]
    public void Fit_MixedScripts_SplitsRunsAndTellsTheDirection()
    {
        var text = Fit("ثورة HTML هادئة", 900, 200);

        Assert.True(text.IsRightToLeft);
        Assert.Equal(["NotoSansArabic", "NotoSans", "NotoSansArabic"], text.Lines[0].Runs.Select(r => r.Face.File.Family));
        Assert.False(Fit("Video ثورة", 900, 200).IsRightToLeft);
    }

    [FontFact("NotoSans", "NotoSansCJK")]
    public void Fit_Japanese_BreaksBetweenCharactersButNotBeforePunctuation()
    {
        var text = Fit("動画制作の静かな革命、ブラウザよりもエンコーダーが速さを決める。", 600, 300);

        Assert.True(text.Lines.Length > 1);
        Assert.All(text.Lines, l => Assert.DoesNotContain(l.Runs[0].Text[0], "、。ー"));
    }

    [FontFact("NotoSans")]
    public void Fit_CharacterNoFontHas_IsReportedAndLeftOut()
    {
        var missing = new List<Rune>();
        var text = new TextLayout(Fonts.All, missing.Add).Fit([new TextSpan("a\U0001F9FFb")], s_style, 800, 200);

        Assert.Contains(new Rune(0x1F9FF), missing);
        Assert.Equal("ab", string.Concat(text.Lines[0].Runs.Select(r => r.Text)));
    }

    [FontFact("NotoSans")]
    public void Fit_Words_KeepTheirTags()
    {
        var text = new TextLayout(Fonts.All, _ => { }).Fit([new TextSpan("one", 0), new TextSpan("two", 1), new TextSpan("three", 2)],
            s_style, 800, 200);

        Assert.Equal([0, 1, 2], text.Lines[0].Runs.Select(r => r.Tag).Distinct());
        Assert.Equal("one two three", string.Concat(text.Lines[0].Runs.Select(r => r.Text)));
    }

    private static LaidOutText Fit(string text, int width, int height) =>
        new TextLayout(Fonts.All, _ => { }).Fit([new TextSpan(text)], s_style, width, height);
}
