using Url2Video.Farm.Content.Extraction;
using Url2Video.Farm.Content.Web;
using Url2Video.Farm.Core;
using Url2Video.Farm.Core.Storyboards;
using Url2Video.Farm.Core.Storyboards.Sounds;

namespace Url2Video.Farm.Content.Bundling;

/// <param name="BytesMax">What a file of its kind may have.</param>
internal readonly record struct Reference(string Path, long BytesMax);

/// <summary>The bundle paths that a document names.</summary>
internal static class References
{
    private static readonly Uri Root = new("http://bundle.invalid/");

    public static IEnumerable<Reference> Of(BundleKind kind, byte[] body) => kind switch
    {
        BundleKind.Page => OfPage(TextDecoder.Decode(body, null)).Select(p => new Reference(p, Limits.ImageBytesMax)),
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
    private static IEnumerable<Reference> OfStoryboard(byte[] body)
    {
        if (StoryboardReader.Read(body).Storyboard is not { } storyboard)
        {
            return [];
        }

        var images = PictureAssets.Of(storyboard).Select(p => (p.Asset, (long)Limits.ImageBytesMax));
        var sounds = SoundAssets.Of(storyboard).Select(s => (s.Asset, (long)Limits.SoundBytesMax));
        var clips = ClipAssets.Of(storyboard).Select(c => (c.Clip.Asset, Limits.ClipBytesMax));
        return images.Concat(clips).Concat(sounds).Where(a => a.Asset is VisualAsset.InBundle)
            .Select(a => new Reference(((VisualAsset.InBundle)a.Asset).Path, a.Item2));
    }
}
