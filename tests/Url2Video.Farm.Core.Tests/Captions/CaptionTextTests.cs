using System.Collections.Immutable;
using Url2Video.Farm.Core.Captions;

namespace Url2Video.Farm.Core.Tests.Captions;

public class CaptionTextTests
{
    private static readonly ImmutableArray<Cue> Cues =
    [
        new Cue(0, 48_047, ["First <b>line</b> & more", "second --> line"], []),
        new Cue(48_000L * 3_723 + 24_000, 48_000L * 3_725, ["{\\an8}Top"], []),
    ];

    [Fact]
    public void WebVtt_Cues_AreEscapedAndTimedToTheMillisecond() => Assert.Equal(
        "WEBVTT\nX-TIMESTAMP-MAP=LOCAL:00:00:00.000,MPEGTS:0\n\n00:00:00.000 --> 00:00:01.000\nFirst &lt;b&gt;line&lt;/b&gt; &amp; more\nsecond --&gt; line\n\n01:02:03.500 --> 01:02:05.000\n{\\an8}Top\n",
        CaptionText.WebVtt(Cues));

    [Fact]
    public void SubRip_Cues_AreNumberedAndHoldNoMarkup() => Assert.Equal(
        "1\n00:00:00,000 --> 00:00:01,000\nFirst <\u2060b>line<\u2060/b> & more\nsecond → line\n\n2\n01:02:03,500 --> 01:02:05,000\n{\u2060\\an8}Top\n",
        CaptionText.SubRip(Cues));

    [Fact]
    public void WebVtt_NoCues_IsStillAFile() => Assert.Equal("WEBVTT\nX-TIMESTAMP-MAP=LOCAL:00:00:00.000,MPEGTS:0\n", CaptionText.WebVtt([]));

    [Theory]
    [InlineData("abc", 3)]
    [InlineData("日本", 4)]
    [InlineData("한국", 4)]
    [InlineData("e\u0301", 1)]
    [InlineData("🎉", 2)]
    [InlineData("नमस्ते", 4)]
    public void Of_Text_CountsColumns(string text, int columns) => Assert.Equal(columns, TextWidth.Of(text));
}
