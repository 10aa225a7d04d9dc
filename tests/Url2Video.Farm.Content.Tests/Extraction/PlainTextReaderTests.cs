using Url2Video.Farm.Content.Extraction;
using Url2Video.Farm.Core.Errors;

namespace Url2Video.Farm.Content.Tests.Extraction;

public sealed class PlainTextReaderTests
{
    [Fact]
    public void Read_Markdown_GivesItsStructure()
    {
        var document = PlainTextReader.Read(
            "# The *big* title\n\nFirst paragraph with a [link](https://example.org/x) and **bold** words,\nover two lines.\n\nParts\n-----\n\n1. One thing\n2. Another thing\n\n> Somebody said this.\n\n```\ncode here\n```\n",
            null);

        Assert.Equal("The big title", document.Title);
        Assert.Equal(
            [
                (BlockKind.Paragraph, "First paragraph with a link and bold words, over two lines.", 0, "line:3"),
                (BlockKind.Heading, "Parts", 1, "line:6"),
                (BlockKind.ListItem, "One thing", 1, "line:9"),
                (BlockKind.ListItem, "Another thing", 1, "line:10"),
                (BlockKind.Quote, "Somebody said this.", 1, "line:12"),
                (BlockKind.Code, "code here", 1, "line:15"),
            ],
            document.Blocks.Select(b => (b.Kind, b.Text, b.Section, b.Path)));
    }

    [Fact]
    public void Read_WithoutHeading_TakesItsTitleFromTheFirstWords()
    {
        Assert.Equal("Tides are late every day", PlainTextReader.Read("Tides are late every day. The moon is why.", null).Title);
        Assert.Equal(
            "A sentence that goes on and on and on until nobody can remember how…",
            PlainTextReader.Read(
                "A sentence that goes on and on and on until nobody can remember how it started or why it was begun at all.", null).Title);
    }

    [Theory]
    [InlineData("")]
    [InlineData("   \n\n  ")]
    [InlineData("# Only a heading")]
    [InlineData("short")]
    public void Read_WithoutText_SaysSo(string text) =>
        Assert.Equal(ErrorCodes.NoText, Assert.Throws<FarmException>(() => PlainTextReader.Read(text, null)).Error.Code);

    [Fact]
    public void Read_HostileMarks_EndsSoon()
    {
        var text = "A sentence stands here first, and it is fine. " + new string('*', 20_000) + string.Concat(
            Enumerable.Repeat("[a](", 5_000)) + new string('_', 20_000);

        Assert.NotEmpty(PlainTextReader.Read(text, null).Blocks);
    }
}
