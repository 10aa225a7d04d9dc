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

    [Theory]
    [InlineData("{\\b1}x", "\\{\\\u2060b1\\}x")]
    [InlineData("a\\Nb", "a\\\u2060Nb")]
    [InlineData("plain", "plain")]
    public void EscapeForAss_Markup_IsDisarmed(string text, string expected) => Assert.Equal(expected, PlainText.EscapeForAss(text));
}
