using System.Text;
using Url2Video.Farm.Content.Web;
using Url2Video.Farm.Core.Errors;

namespace Url2Video.Farm.Content.Tests.Web;

public sealed class TextDecoderTests
{
    static TextDecoderTests() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    [Theory]
    [InlineData("utf-8", null, "")]
    [InlineData("utf-8", "utf-8", "")]
    [InlineData("utf-8", "iso-8859-99", "")]
    [InlineData("windows-1252", "iso-8859-1", "")]
    [InlineData("windows-1252", null, "")]
    [InlineData("windows-1252", null, "<meta charset=latin1>")]
    [InlineData("windows-1252", "utf-8", "")]
    [InlineData("utf-8", null, "<meta charset=\"utf-16\">")]
    public void Decode_German_ComesOutWhole(string written, string? transport, string head)
    {
        var text = head + "Grüße über Straßen, „so“ wie sie sind. " + string.Concat(Enumerable.Repeat("äöü", 20));

        Assert.Equal(text, TextDecoder.Decode(Encoding.GetEncoding(written).GetBytes(text), transport));
    }

    [Theory]
    [InlineData("shift_jis", "<meta http-equiv=\"Content-Type\" content=\"text/html; charset=Shift_JIS\">", "日本語のテキスト")]
    [InlineData("euc-kr", "<meta charset='euc-kr'>", "한국어 문장")]
    [InlineData("gb18030", "<meta charset=gb2312>", "中文句子")]
    [InlineData("windows-1251", "<?xml version=\"1.0\" encoding=\"windows-1251\"?>", "Русский текст")]
    public void Decode_MetaNamesTheCharset_IsBelieved(string written, string head, string text) =>
        Assert.Equal(head + text, TextDecoder.Decode(Encoding.GetEncoding(written).GetBytes(head + text), null));

    [Theory]
    [InlineData("utf-16")]
    [InlineData("utf-16BE")]
    [InlineData("utf-32")]
    [InlineData("utf-8")]
    public void Decode_ByteOrderMark_WinsOverEverything(string written)
    {
        var encoding = Encoding.GetEncoding(written);

        Assert.Equal("<p>ß", TextDecoder.Decode([.. encoding.GetPreamble(), .. encoding.GetBytes("<p>ß")], "windows-1252"));
    }

    [Theory]
    [InlineData("text/html", "<p>x", ContentKind.Html)]
    [InlineData("application/xhtml+xml", "<p>x", ContentKind.Html)]
    [InlineData("text/markdown", "# x", ContentKind.Text)]
    [InlineData("text/plain", "plain", ContentKind.Text)]
    [InlineData("application/octet-stream", "  <!DOCTYPE html><p>", ContentKind.Html)]
    [InlineData(null, "<html><p>", ContentKind.Html)]
    public void KindOf_Text_IsTold(string? mediaType, string body, ContentKind kind) =>
        Assert.Equal(kind, ContentSniffer.KindOf(Encoding.UTF8.GetBytes(body), mediaType));

    [Theory]
    [InlineData("application/pdf", "%PDF-1.7")]
    [InlineData("text/html", "%PDF-1.7")]
    [InlineData("image/png", "\u0089PNG")]
    [InlineData("video/mp4", "x")]
    [InlineData(null, "PK\u0003\u0004\0\0")]
    [InlineData("text/plain", "a\0b")]
    public void KindOf_NotText_IsRefused(string? mediaType, string body) =>
        Assert.Equal(
            ErrorCodes.Format,
            Assert.Throws<FarmException>(() => ContentSniffer.KindOf(Encoding.Latin1.GetBytes(body), mediaType)).Error.Code);
}
