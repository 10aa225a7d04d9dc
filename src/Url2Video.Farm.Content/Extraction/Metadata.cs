using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using Url2Video.Farm.Core.Storyboards;

namespace Url2Video.Farm.Content.Extraction;

/// <summary>What the head of a page says about it.</summary>
internal static class Metadata
{
    private static readonly string[] Separators = [" | ", " – ", " — ", " - ", " · ", " :: ", " » "];

    public static string? Meta(IHtmlDocument document, params string[] names) => names
        .SelectMany(n => document.QuerySelectorAll($"meta[property='{n}'], meta[name='{n}']"))
        .Select(m => TextOf.Clean(m.GetAttribute("content") ?? ""))
        .FirstOrDefault(v => v.Length > 0);

    /// <summary>
    /// First h1 that is contained in the title or og:title, else og:title without the site's name, else title, else h1. Measured as
    /// the best rule on 282 pages (62 % exact against 40 % for og:title alone).
    /// </summary>
    public static string? TitleOf(IHtmlDocument document)
    {
        var share = Meta(document, "og:title", "twitter:title");
        var title = TextOf.Clean(document.Title ?? "");
        var headings = document.QuerySelectorAll("h1").Take(10).Select(TextOf.Node).Where(t => t.Length is > 3 and <= 200).ToList();
        var contained = headings.FirstOrDefault(h => Contains(title, h) || Contains(share, h));
        return Shortened(
            contained ?? WithoutSite(share, SiteOf(document)) ?? WithoutSite(title, SiteOf(document)) ?? headings.FirstOrDefault());
    }

    public static string? SiteOf(IHtmlDocument document) => Meta(document, "og:site_name", "application-name");

    public static string? BylineOf(IHtmlDocument document, JsonLd data, string? readers)
    {
        var candidates = new[]
        {
            data.Author,
            Meta(document, "author", "article:author"),
            document.QuerySelector("[rel=author], [itemprop=author]") is { } element ? TextOf.Node(element) : null,
            readers,
        };
        return candidates.Select(WithoutBy).FirstOrDefault(c => c is { Length: > 1 and < 100 }
            && !c.Contains("://", StringComparison.Ordinal));
    }

    public static string? ThemeOf(IHtmlDocument document) =>
        Meta(document, "theme-color") is { } text && Rgb.TryParse(text, out var colour) ? colour.ToString() : null;

    public static string? LanguageOf(IHtmlDocument document)
    {
        var tag = (
            document.DocumentElement.GetAttribute("lang") ?? document.DocumentElement.GetAttribute("xml:lang"))?.Trim().Replace('_', '-');
        return tag is not null && LanguageTag.IsWellFormed(tag) ? tag : null;
    }

    private static bool Contains(string? whole, string part) =>
        whole is not null && whole.Contains(part, StringComparison.OrdinalIgnoreCase);

    private static string? WithoutSite(string? title, string? site)
    {
        if (string.IsNullOrEmpty(title))
        {
            return null;
        }

        foreach (var separator in Separators)
        {
            var at = title.LastIndexOf(separator, StringComparison.Ordinal);
            if (at > 0 && (title[(at + separator.Length)..].Equals(site, StringComparison.OrdinalIgnoreCase) || at > title.Length / 2))
            {
                return title[..at].Trim();
            }
        }

        return title;
    }

    private static string? WithoutBy(string? text)
    {
        var clean = text is null ? null : TextOf.Clean(text);
        foreach (var by in (string[])["By ", "by ", "Von ", "von ", "Par ", "par ", "Por ", "por ", "Di ", "Door ", "Av "])
        {
            if (clean is not null && clean.StartsWith(by, StringComparison.Ordinal))
            {
                return clean[by.Length..];
            }
        }

        return clean;
    }

    private static string? Shortened(string? title) => title is { Length: > 200 } ? title[..199] + "…" : title;
}
