using System.Text;
using AngleSharp.Dom;

namespace Url2Video.Farm.Content.Extraction;

/// <summary>The text of a node as a reader sees it: runs of white space are one space, invisible characters are gone.</summary>
internal static class TextOf
{
    private static readonly HashSet<string> Silent = new(StringComparer.Ordinal)
    {
        "script", "style", "noscript", "template", "svg", "button", "select", "textarea", "input", "iframe", "object", "canvas", "audio",
        "video", "math",
    };

    private static readonly HashSet<string> Breaking = new(StringComparer.Ordinal) { "br", "p", "div", "li", "tr", "td", "th", "dd", "dt", "section" };

    public static bool IsSilent(IElement element) => Silent.Contains(element.LocalName) || IsHidden(element);

    public static string Node(INode node)
    {
        var text = new StringBuilder();
        Append(text, node);
        return Clean(text.ToString());
    }

    public static string Clean(string text)
    {
        var clean = new StringBuilder(text.Length);
        var isGap = false;
        foreach (var c in text)
        {
            if (char.IsWhiteSpace(c) || char.IsControl(c))
            {
                isGap = clean.Length > 0;
                continue;
            }

            if (c is '\u200B' or '\u200C' or '\u200E' or '\u200F' or '\u2060' or '\uFEFF' or '\u00AD' or '\uFFFD')
            {
                continue; // Zero-width characters, soft hyphens and decoding scars: a voice would stumble.
            }

            if (isGap)
            {
                clean.Append(' ');
                isGap = false;
            }

            clean.Append(c);
        }

        return clean.ToString();
    }

    private static bool IsHidden(IElement element)
    {
        if (element.HasAttribute("hidden"))
        {
            return true;
        }

        var style = element.GetAttribute("style");
        return style is not null
            && (style.Replace(" ", "", StringComparison.Ordinal).Contains("display:none", StringComparison.OrdinalIgnoreCase)
                || style.Replace(" ", "", StringComparison.Ordinal).Contains("visibility:hidden", StringComparison.OrdinalIgnoreCase));
    }

    private static void Append(StringBuilder text, INode node)
    {
        foreach (var child in node.ChildNodes)
        {
            switch (child)
            {
                case IText leaf:
                    text.Append(leaf.Data);
                    break;
                case IElement element when !IsSilent(element) && element.LocalName != "sup":
                    if (Breaking.Contains(element.LocalName))
                    {
                        text.Append(' ');
                    }

                    Append(text, element);
                    if (Breaking.Contains(element.LocalName))
                    {
                        text.Append(' ');
                    }

                    break;
            }
        }
    }
}
