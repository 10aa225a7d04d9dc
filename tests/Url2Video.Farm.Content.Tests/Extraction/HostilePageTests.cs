using System.Diagnostics;
using Url2Video.Farm.Content.Extraction;
using Url2Video.Farm.Core.Errors;

namespace Url2Video.Farm.Content.Tests.Extraction;

/// <summary>Pages made to cost much. Each is either read or refused, in seconds; before the limits some took minutes.</summary>
public sealed class HostilePageTests
{
    private const string Sentence = "The wall of the harbour moved again in the spring of that year, and nobody was surprised. ";

    [Theory]
    [InlineData("attributes")]
    [InlineData("siblings")]
    [InlineData("formatting")]
    [InlineData("tables")]
    [InlineData("entities")]
    [InlineData("oneLongWord")]
    [InlineData("comments")]
    [InlineData("hiddenInWrongEndTags")]
    public async Task Extract_CostlyPage_EndsInSeconds(string kind)
    {
        var page = kind switch
        {
            "attributes" => "<div " + string.Join(' ', Enumerable.Range(0, 100_000).Select(i => $"a{i}")) + ">" + Sentence + Sentence,
            "siblings" => string.Concat(Enumerable.Repeat("<p>" + Sentence, 20_000)),
            "formatting" => string.Concat(Enumerable.Repeat("<p><b><i><u>" + Sentence + "</p>", 2_000)),
            "tables" => string.Concat(Enumerable.Repeat("<table><tr><td>", 400)) + Sentence + Sentence,
            "entities" => string.Concat(Enumerable.Repeat("&amp;&lt;&notin;", 50_000)) + Sentence,
            "oneLongWord" => "<p>" + new string('x', 2_000_000) + "</p><p>" + Sentence + Sentence,
            "comments" => string.Concat(Enumerable.Repeat("<!-- <p> -->", 20_000)) + "<p>" + Sentence + Sentence,
            _ => string.Concat(Enumerable.Repeat("<div></b>", 50_000)) + Sentence,
        };
        var clock = Stopwatch.StartNew();

        var failure = await Record.ExceptionAsync(() => HtmlExtractor.ExtractAsync(page, new Uri("https://a.example/"), null, default));

        Assert.True(failure is null or FarmException { Error.Code: ErrorCodes.TooLarge or ErrorCodes.NoText }, failure?.ToString());
        Assert.InRange(clock.Elapsed.TotalSeconds, 0, 20);
    }
}
