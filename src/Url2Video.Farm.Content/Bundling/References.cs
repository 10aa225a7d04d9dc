using Url2Video.Farm.Content.Extraction;
using Url2Video.Farm.Content.Web;
using Url2Video.Farm.Core.Storyboards;

namespace Url2Video.Farm.Content.Bundling;

/// <summary>The bundle paths that a document names.</summary>
internal static class References
{
    private static readonly Uri Root = new("http://bundle.invalid/");

    public static IEnumerable<string> Of(BundleKind kind, byte[] body) => kind switch
    {
        BundleKind.Page => OfPage(TextDecoder.Decode(body, null)),
        BundleKind.Storyboard => OfStoryboard(body),
        _ => [],
    };

    private static IEnumerable<string> OfPage(string html)
    {
        using var page = Page.Parse(html);
        var references = page.QuerySelectorAll("img").Select(i => ImageReference.Of(i, "", 0)?.Reference)
            .Append(Metadata.Meta(page, "og:image"))
            .Append(Metadata.Meta(page, "twitter:image"))
            .Append(JsonLd.Of(page).Image);
        foreach (var reference in references.OfType<string>())
        {
            if (Uri.TryCreate(Root, reference, out var uri) && uri.Host == Root.Host)
            {
                yield return Uri.UnescapeDataString(uri.AbsolutePath.TrimStart('/'));
            }
        }
    }

    /// <summary>A storyboard with errors is submitted as it is: ingest reports all of them.</summary>
    private static IEnumerable<string> OfStoryboard(byte[] body) =>
        StoryboardReader.Read(body).Storyboard?.Scenes.Select(s => s.Visual).OfType<Visual.Image>().Select(i => i.Asset)
            .OfType<VisualAsset.InBundle>().Select(a => a.Path) ?? [];
}
