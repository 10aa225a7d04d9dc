using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using Url2Video.Farm.Core;
using Url2Video.Farm.Core.Errors;

namespace Url2Video.Farm.Content.Extraction;

/// <summary>A parsed page whose elements carry their number in document order, so that a second reader's choice can be mapped back.</summary>
internal static class Page
{
    public const string NumberAttribute = "data-u2v";

    /// <summary>Parses without running scripts or loading anything.</summary>
    /// <exception cref="FarmException"><c>ERR_TOO_LARGE</c> past the element or nesting limits.</exception>
    public static IHtmlDocument Parse(string html)
    {
        var document = new HtmlParser(new HtmlParserOptions { IsScripting = false }).ParseDocument(html);
        Number(document);
        return document;
    }

    public static int NumberOf(IElement element) =>
        int.TryParse(element.GetAttribute(NumberAttribute), System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var number)
            ? number
            : -1;

    /// <summary>Iterative on purpose: a page may nest a hundred thousand elements, and the stack would not.</summary>
    private static void Number(IHtmlDocument document)
    {
        var number = 0;
        var depth = 0;
        INode node = document;
        while (true)
        {
            if (node is IElement element)
            {
                element.SetAttribute(NumberAttribute, (number++).ToString(System.Globalization.CultureInfo.InvariantCulture));
            }

            if (number > Limits.PageElementsMax || depth > Limits.PageDepthMax)
            {
                throw new FarmException(
                    ErrorCodes.TooLarge,
                    $"The page has more than {Limits.PageElementsMax} elements or nests deeper than {Limits.PageDepthMax}.",
                    "Save the part you want as a file and render that.");
            }

            if (node.FirstChild is { } child)
            {
                (node, depth) = (child, depth + 1);
                continue;
            }

            while (node.NextSibling is null)
            {
                if (node.Parent is not { } parent || parent == document)
                {
                    return;
                }

                (node, depth) = (parent, depth - 1);
            }

            node = node.NextSibling;
        }
    }
}
