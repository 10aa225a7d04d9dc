using System.Text;
using AngleSharp.Dom;
using Url2Video.Farm.Core;

namespace Url2Video.Farm.Content.Extraction;

/// <summary>
/// Walks a page in reading order and cuts it into blocks and images. Depth is bounded by <see cref="Page"/>, so it may recurse.
/// </summary>
internal sealed class BlockCollector
{
    private static readonly HashSet<string> BlockTags = new(StringComparer.Ordinal)
    {
        "address", "article", "aside", "blockquote", "dd", "details", "dialog", "div", "dl", "dt", "fieldset", "figcaption", "figure",
        "footer", "form",
        "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "nav", "ol", "p", "pre", "section", "summary", "table", "ul",
    };

    /// <summary>More than are ever fetched, so that the best can be chosen.</summary>
    private const int ImagesMax = 5 * Limits.ImagesPerSourceMax;

    private readonly List<RawBlock> _blocks = [];
    private readonly List<RawImage> _images = [];

    public IReadOnlyList<RawBlock> Blocks => _blocks;

    public IReadOnlyList<RawImage> Images => _images;

    public static BlockCollector Of(IElement root)
    {
        var collector = new BlockCollector();
        collector.Children(root);
        return collector;
    }

    private void Visit(IElement element)
    {
        switch (element.LocalName)
        {
            case "nav" or "footer" or "dialog" or "form" or "aside" or "menu":
                break; // Never part of a text, whatever they are called.
            case ['h', >= '1' and <= '6'] heading:
                Add(BlockKind.Heading, heading[1] - '0', element);
                break;
            case "p" or "dd" or "dt" or "summary" or "address":
                PicturesIn(element);
                Add(BlockKind.Paragraph, 0, element);
                break;
            case "li":
                ListItem(element);
                break;
            case "blockquote":
                Add(BlockKind.Quote, 0, element);
                break;
            case "pre":
                Add(BlockKind.Code, 0, element);
                break;
            case "tr":
                Row(element);
                break;
            case "figure":
                Figure(element);
                break;
            case "img" or "picture":
                Picture(element, "");
                break;
            default:
                Children(element);
                break;
        }
    }

    /// <summary>Text that stands loose between blocks is a paragraph of its own.</summary>
    private void Children(IElement parent)
    {
        var hasBlocks = parent.Children.Any(IsBlock);
        if (!hasBlocks && parent.LocalName is not ("body" or "table" or "tbody" or "thead" or "tfoot" or "picture"))
        {
            PicturesIn(parent);
            Add(BlockKind.Paragraph, 0, parent);
            return;
        }

        var loose = new StringBuilder();
        foreach (var node in parent.ChildNodes)
        {
            switch (node)
            {
                case IText text:
                    loose.Append(text.Data);
                    break;
                case IElement element when TextOf.IsSilent(element):
                    break;
                case IElement element when IsBlock(element)
                    || element.LocalName is "img" or "picture" or "tbody" or "thead" or "tfoot" or "tr":
                    Flush(loose, parent);
                    Visit(element);
                    break;
                case IElement element when element.QuerySelector("img") is not null || element.Children.Any(IsBlock):
                    Flush(loose, parent);
                    Children(element);
                    break;
                case IElement inline:
                    loose.Append(' ').Append(TextOf.Node(inline)).Append(' ');
                    break;
            }
        }

        Flush(loose, parent);
    }

    private static bool IsBlock(IElement element) => BlockTags.Contains(element.LocalName);

    private void Flush(StringBuilder loose, IElement parent)
    {
        Add(BlockKind.Paragraph, 0, TextOf.Clean(loose.ToString()), 0, parent);
        loose.Clear();
    }

    private void ListItem(IElement item)
    {
        var inner = item.Children.Where(c => c.LocalName is "ul" or "ol").ToList();
        if (inner.Count == 0)
        {
            PicturesIn(item);
            Add(BlockKind.ListItem, 0, item);
            return;
        }

        var own = string.Concat(
            item.ChildNodes.Where(n => n is not IElement { LocalName: "ul" or "ol" }).Select(
                n => n is IText t ? t.Data : $" {TextOf.Node(n)} "));
        Add(BlockKind.ListItem, 0, TextOf.Clean(own), 0, item);
        inner.ForEach(Children);
    }

    private void Row(IElement row)
    {
        var cells = row.Children.Where(c => c.LocalName is "td" or "th").Select(TextOf.Node).Where(t => t.Length > 0).ToList();
        if (cells.Count == 2 && row.Children.Any(c => c.LocalName == "td"))
        {
            Add(BlockKind.Row, 0, $"{cells[0].TrimEnd(':')}: {cells[1]}", 0, row);
        }
    }

    private void Figure(IElement figure)
    {
        var caption = figure.QuerySelector("figcaption") is { } c ? TextOf.Node(c) : "";
        if (figure.QuerySelector("blockquote") is { } quote)
        {
            Visit(quote);
            return;
        }

        foreach (var image in figure.QuerySelectorAll("img"))
        {
            Picture(image, caption);
        }

        Add(BlockKind.Figure, 0, caption, 0, figure);
    }

    private void PicturesIn(IElement element)
    {
        foreach (var image in element.QuerySelectorAll("img"))
        {
            Picture(image, "");
        }
    }

    private void Picture(IElement element, string caption)
    {
        if ((element.LocalName == "img" ? element : element.QuerySelector("img")) is { } image && _images.Count < ImagesMax
            && ImageReference.Of(image, caption, _blocks.Count) is { } raw)
        {
            _images.Add(raw);
        }
    }

    private void Add(BlockKind kind, int level, IElement element)
    {
        var links = element.LocalName == "a" ? TextOf.Node(element).Length : element.QuerySelectorAll("a").Sum(a => TextOf.Node(a).Length);
        Add(kind, level, TextOf.Node(element), links, element);
    }

    private void Add(BlockKind kind, int level, string text, int linkChars, IElement element)
    {
        if (text.Length > 0 && _blocks.Count < Limits.BlocksPerSourceMax)
        {
            _blocks.Add(
                new RawBlock(kind, level, text.Length > Limits.BlockCharsMax ? text[..Limits.BlockCharsMax] : text, linkChars, element));
        }
    }
}
