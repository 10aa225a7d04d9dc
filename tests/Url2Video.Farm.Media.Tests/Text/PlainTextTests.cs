using Url2Video.Farm.Media.Text;
using Xunit;

namespace Url2Video.Farm.Media.Tests.Text;

public sealed class PlainTextTests
{
    [Theory]
    [InlineData("  a \t b\u00A0c  ", "a b c")]
    [InlineData("a\r\n  b", "a\nb")]
    [InlineData("a\u0007\u202Eb\uFEFFc", "abc")]
    [InlineData("\uD83D lone", "lone")]
    [InlineData("", "")]
    public void Clean_HostileText_BecomesTidy(string text, string expected) => Assert.Equal(expected, PlainText.Clean(text));

    [Fact]
    public void Clean_MarksHeapedOnALetter_AreKeptToWhatScriptsNeed()
    {
        var heap = string.Concat(Enumerable.Repeat("\u0301\u200D", 50));

        Assert.Equal(6, PlainText.Clean($"Z{heap}").Count(c => c == '\u0301'));
        Assert.Equal("e\u0323\u0302\u0301x\u0301", PlainText.Clean("e\u0323\u0302\u0301x\u0301"));
    }

    [Theory]
    [InlineData("{\\b1}x", "\\{\\\u2060b1\\}x")]
    [InlineData("a\\Nb", "a\\\u2060Nb")]
    [InlineData("plain", "plain")]
    public void EscapeForAss_Markup_IsDisarmed(string text, string expected) => Assert.Equal(expected, PlainText.EscapeForAss(text));
}
