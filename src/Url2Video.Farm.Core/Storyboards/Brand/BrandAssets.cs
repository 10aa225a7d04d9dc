namespace Url2Video.Farm.Core.Storyboards;

/// <summary>The pictures that a storyboard names beside those its scenes show as their visual.</summary>
public static class BrandAssets
{
    /// <returns>Each with the JSON pointer of the place that names it, in document order.</returns>
    public static IEnumerable<(string Pointer, VisualAsset Asset)> Of(Storyboard storyboard)
    {
        if (storyboard.Watermark?.Asset is { } mark)
        {
            yield return (Watermark.Pointer, mark);
        }

        for (var i = 0; i < storyboard.Scenes.Length; i++)
        {
            if (storyboard.Scenes[i].Logo is { } logo)
            {
                yield return (SceneLogo.PointerOf(i), logo.Asset);
            }
        }
    }

    /// <summary>What the frames of one scene need.</summary>
    public static IEnumerable<VisualAsset> Of(Storyboard storyboard, Scene scene)
    {
        if (storyboard.Watermark?.Asset is { } mark)
        {
            yield return mark;
        }

        if (scene.Logo is { } logo)
        {
            yield return logo.Asset;
        }
    }

    /// <summary>The same document with every such picture put through <paramref name="resolve"/>.</summary>
    public static Storyboard Resolve(Storyboard storyboard, Func<string, VisualAsset, VisualAsset> resolve) => storyboard with
    {
        Watermark = storyboard.Watermark is { Asset: { } asset } mark ? mark with { Asset = resolve(Watermark.Pointer, asset) } : storyboard.Watermark,
        Scenes =
        [
            .. storyboard.Scenes.Select((scene, i) => scene with
            {
                Logo = scene.Logo is { } logo ? logo with { Asset = resolve(SceneLogo.PointerOf(i), logo.Asset) } : null,
            }),
        ],
    };
}
