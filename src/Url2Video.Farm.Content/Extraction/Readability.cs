using AngleSharp.Html.Parser;
using SmartReader;

namespace Url2Video.Farm.Content.Extraction;

/// <summary>Asks SmartReader (a port of Mozilla's Readability) which elements are the article.</summary>
internal static class Readability
{
    /// <summary>Its time grows with the square of this; a flat page of ten thousand lines is better served by the filter alone.</summary>
    private const int ChildrenMax = 3_000;

    /// <param name="html">The page; it is parsed anew because SmartReader takes its document apart.</param>
    /// <returns>Numbers (<see cref="Page.NumberOf"/>) of the elements it kept, and its idea of the byline; empty when it found no
    /// article.</returns>
    public static async Task<(HashSet<int> Kept, string? Byline)> ReadAsync(string html, Uri url, CancellationToken cancellation)
    {
        using var copy = Page.Parse(html);
        if (Page.ChildrenMax(copy) > ChildrenMax)
        {
            return ([], null);
        }

        using var reader = new Reader(url.AbsoluteUri, copy) { ClassesToPreserve = [] };
        Article article;
        try
        {
            article = await reader.GetArticleAsync(cancellation);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            return ([], null); // A page that confuses the reader still has the other candidates of the vote.
        }

        if (string.IsNullOrEmpty(article.Content))
        {
            return ([], null);
        }

        using var content = new HtmlParser().ParseDocument(article.Content);
        return ([.. content.All.Select(Page.NumberOf).Where(n => n >= 0)], article.Byline);
    }
}
