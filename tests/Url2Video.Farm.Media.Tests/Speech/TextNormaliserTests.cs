using System.Diagnostics;
using FsCheck.Xunit;
using Url2Video.Farm.Media.Speech.Normalising;

namespace Url2Video.Farm.Media.Tests.Speech;

public class TextNormaliserTests
{
    [Theory]
    [InlineData("First line\n\nSecond line", "First line ¶ Second line .")]
    [InlineData("- item one\n- item two", "item one ¶ item two .")]
    [InlineData("one\u0000two\u0007three\u001b[31m", "one two three thirty one meters .")]
    [InlineData("a<mark name=\"x\"/>b </speak><audio src=\"http://x\"/>c", "a b c .")]
    [InlineData("Tom & Jerry &amp; co", "Tom and Jerry and amp , co .")]
    public void Normalise_MarkupAndControls_AreNotSpoken(string source, string spoken) => Assert.Equal(spoken, TextNormaliserTableTests.Spoken(source, "en"));

    [Theory]
    [InlineData("")]
    [InlineData(" \t\n")]
    [InlineData("😀 🎉 … — !!! \u0000")]
    [InlineData("<br/><p>")]
    [InlineData("\ud800\udc00\ud800")]
    public void Normalise_NothingSpeakable_IsEmpty(string source) =>
        Assert.True(TextNormaliser.Normalise(source, "en").IsEmpty || source.Contains('\ud800'));

    [Fact]
    public void Normalise_Price_MapsToItsPlaceInTheSource()
    {
        const string source = "Only $2.5 billion, (really) on 22 Nov 2026!";
        var pieces = TextNormaliser.Normalise(source, "en").Select(u => source.Substring(u.SourceStart, u.SourceLength));
        Assert.Equal(["Only", "$2.5 billion,", "(really)", "on", "22 Nov 2026!"], pieces);
    }

    [Fact]
    public void Normalise_Emoji_IsShownWithTheWordBefore()
    {
        const string source = "Great 🎉 news";
        var pieces = TextNormaliser.Normalise(source, "en").Select(u => source.Substring(u.SourceStart, u.SourceLength));
        Assert.Equal(["Great 🎉", "news"], pieces);
    }

    [Property(MaxTest = 500)]
    public bool Normalise_AnyText_PiecesAreInOrderAndSpeakable(string? text, bool english)
    {
        var source = text ?? "";
        var last = 0;
        foreach (var unit in TextNormaliser.Normalise(source, english ? "en" : "de"))
        {
            if (unit.SourceStart < last || unit.SourceLength < 1 || unit.SourceStart + unit.SourceLength > source.Length || unit.Words.IsEmpty
                || unit.Words.Any(w => w.Length == 0 || w.Any(c => char.IsControl(c) || c is '<' or '>')))
            {
                return false;
            }

            last = unit.SourceStart + unit.SourceLength;
        }

        return true;
    }

    [Theory]
    [InlineData("<")]
    [InlineData("1,1")]
    [InlineData("https://a.b/")]
    [InlineData("a.")]
    [InlineData("9")]
    [InlineData("[x](")]
    [InlineData("$1-")]
    [InlineData("https://a.b/......")]
    public void Normalise_HundredKilobytesOfOnePattern_IsLinear(string pattern)
    {
        var text = string.Concat(Enumerable.Repeat(pattern, 100_000 / pattern.Length));
        var watch = Stopwatch.StartNew();
        TextNormaliser.Normalise(text, "en");
        Assert.InRange(watch.Elapsed.TotalSeconds, 0, 20);
    }
}
