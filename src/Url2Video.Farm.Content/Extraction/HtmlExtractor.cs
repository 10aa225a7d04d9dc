using System.Collections.Immutable;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using Url2Video.Farm.Content.Languages;
using Url2Video.Farm.Core.Errors;
using Url2Video.Farm.Core.Storyboards;

namespace Url2Video.Farm.Content.Extraction;

/// <summary>A page as read, its images still to be fetched.</summary>
/// <param name="Base">What image references are relative to.</param>
internal sealed record ExtractedPage(SourceDoc Document, Uri Base, ImmutableArray<RawImage> Images);

/// <summary>HTML to a <see cref="SourceDoc"/> without images.</summary>
internal static class HtmlExtractor
{
    /// <summary>Less prose than this does not make one sentence worth a film.</summary>
    private const int ProseCharsMin = 80;

    private static readonly string[] Walls = [
        "just a moment", "attention required", "access denied", "are you a robot", "verify you are human"];

    /// <param name="url">Final address, or a made-up one for local files.</param>
    /// <exception cref="FarmException"><c>ERR_NO_TEXT</c>, <c>ERR_TOO_LARGE</c>.</exception>
    public static async Task<ExtractedPage> ExtractAsync(string html, Uri url, string? shownUrl, CancellationToken cancellation)
    {
        using var document = Page.Parse(html);
        if (document.Body is not { } body)
        {
            throw NoText(shownUrl);
        }

        var data = JsonLd.Of(document);
        var title = Metadata.TitleOf(document);
        var collected = BlockCollector.Of(body);
        var filtered = BoilerplateFilter.Apply(collected.Blocks);
        var (readable, byline) = await Readability.ReadAsync(html, url, cancellation);
        var chosen = BodyVote.Choose(document, filtered, readable);
        chosen.RemoveAll(b => b.Kind == BlockKind.Heading && (b.Level == 1 || SameWords(b.Text, title)));

        if (chosen.Where(b => b.IsProse).Sum(b => b.Text.Length) < ProseCharsMin
            || Walls.Any(w => title?.Contains(w, StringComparison.OrdinalIgnoreCase) == true))
        {
            throw NoText(shownUrl);
        }

        var blocks = Numbered(chosen);
        var prose = string.Join(
            '\n', blocks.Where(b => b.Kind is BlockKind.Paragraph or BlockKind.Quote or BlockKind.ListItem).Select(b => b.Text));
        return new ExtractedPage(
            new SourceDoc(
                data.Product is not null
                    ? SourceKind.Product : data.IsArticle || document.QuerySelector("article") is not null ? SourceKind.Article
                    : SourceKind.Landing,
                shownUrl,
                title ?? TitleFrom(blocks),
                Metadata.BylineOf(document, data, byline),
                Metadata.SiteOf(document),
                LanguageDetector.Detect(prose, Metadata.LanguageOf(document)),
                Metadata.ThemeOf(document),
                data.Product,
                blocks,
                []),
            BaseOf(document, url),
            ImagesOf(document, data, collected, chosen));
    }

    private static ImmutableArray<Block> Numbered(List<RawBlock> chosen)
    {
        var section = 0;
        var blocks = ImmutableArray.CreateBuilder<Block>(chosen.Count);
        foreach (var raw in chosen)
        {
            section += raw.Kind == BlockKind.Heading ? 1 : 0;
            blocks.Add(new Block(blocks.Count, raw.Kind, raw.Level, raw.Text, section, CssPath.Of(raw.Element)));
        }

        return blocks.MoveToImmutable();
    }

    /// <summary>Images between the first and the last chosen block, then the page's share image, each with the block it follows.</summary>
    private static ImmutableArray<RawImage> ImagesOf(IHtmlDocument document, JsonLd data, BlockCollector collected, List<RawBlock> chosen)
    {
        var place = new Dictionary<RawBlock, int>(ReferenceEqualityComparer.Instance);
        for (var i = 0; i < chosen.Count; i++)
        {
            place[chosen[i]] = i;
        }

        var (first, last) = (IndexOf(collected, chosen[0]), IndexOf(collected, chosen[^1]));
        var images = ImmutableArray.CreateBuilder<RawImage>();
        foreach (var image in collected.Images.Where(i => i.After >= first - 3 && i.After <= last + 2))
        {
            var before = collected.Blocks.Take(image.After).LastOrDefault(place.ContainsKey);
            images.Add(image with { After = before is null ? -1 : place[before] });
        }

        var shared = new[] { data.Image, Metadata.Meta(document, "og:image:secure_url", "og:image", "twitter:image") };
        images.AddRange(shared.OfType<string>().Distinct(StringComparer.Ordinal).Select(s => new RawImage(s, "", "", -1, null, null, 1)));
        return images.ToImmutable();
    }

    private static int IndexOf(BlockCollector collected, RawBlock block)
    {
        for (var i = 0; i < collected.Blocks.Count; i++)
        {
            if (ReferenceEquals(collected.Blocks[i], block))
            {
                return i;
            }
        }

        return 0;
    }

    private static Uri BaseOf(IHtmlDocument document, Uri url)
    {
        var reference = document.QuerySelector("base[href]")?.GetAttribute("href");
        return reference is not null && Uri.TryCreate(url, reference, out var result) && result.Scheme is "http" or "https" ? result : url;
    }

    private static bool SameWords(string a, string? b) =>
        b is not null
            && string.Concat(a.Where(char.IsLetterOrDigit)).Equals(
                string.Concat(b.Where(char.IsLetterOrDigit)), StringComparison.OrdinalIgnoreCase);

    private static string TitleFrom(ImmutableArray<Block> blocks)
    {
        var text = (blocks.FirstOrDefault(b => b.Kind == BlockKind.Heading) ?? blocks[0]).Text;
        return text.Length > 80 ? text[..79] + "…" : text;
    }

    private static FarmException NoText(string? url) => new(
        ErrorCodes.NoText,
        $"{url ?? "The page"} has no text to make a film of.",
        "If the page builds itself with scripts or hides behind a sign-in, save it from a browser and render the file.");
}
