using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using Url2Video.Farm.Core;

namespace Url2Video.Farm.Content.Extraction;

/// <summary>
/// A parsed page whose elements carry their number in document order, so that a second reader's choice can be mapped back.
/// </summary>
internal static class Page
{
    public const string NumberAttribute = "data-u2v";

    /// <summary>Parses without running scripts or loading anything.</summary>
    /// <exception cref="Core.Errors.FarmException"><c>ERR_TOO_LARGE</c> past the element or nesting limits.</exception>
    public static IHtmlDocument Parse(string html)
    {
        TagCensus.Check(html);
        var document = new HtmlParser(new HtmlParserOptions { IsScripting = false }).ParseDocument(html);
        Number(document);
        return document;
    }

    public static int NumberOf(IElement element) =>
        int.TryParse(
            element.GetAttribute(NumberAttribute),
            System.Globalization.NumberStyles.None,
            System.Globalization.CultureInfo.InvariantCulture,
            out var number)
            ? number
            : -1;

    /// <summary>
    /// The most children any element has: trees are walked by sibling in some places, which AngleSharp answers in linear time.
    /// </summary>
    public static int ChildrenMax(IHtmlDocument document) => document.All.Select(e => e.ChildElementCount).DefaultIfEmpty(0).Max();

    /// <summary>
    /// Iterative on purpose: the stack must not depend on the page. By index, because asking for the next sibling is linear.
    /// </summary>
    private static void Number(IHtmlDocument document)
    {
        var number = 0;
        var path = new Stack<(INode Node, int Next)>([(document, 0)]);
        while (path.TryPop(out var step))
        {
            if (step.Next >= step.Node.ChildNodes.Length)
            {
                continue;
            }

            path.Push((step.Node, step.Next + 1));
            var child = step.Node.ChildNodes[step.Next];
            if (child is IElement element)
            {
                element.SetAttribute(NumberAttribute, (number++).ToString(System.Globalization.CultureInfo.InvariantCulture));
            }

            path.Push((child, 0));
            if (number > Limits.PageElementsMax || path.Count > Limits.PageDepthMax)
            {
                throw TagCensus.TooLarge();
            }
        }
    }
}
