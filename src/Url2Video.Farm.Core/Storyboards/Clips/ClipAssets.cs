namespace Url2Video.Farm.Core.Storyboards;

/// <summary>The clips that a storyboard names, as visuals and in layers.</summary>
public static class ClipAssets
{
    /// <returns>Each with the JSON pointer of its asset and its scene, in document order.</returns>
    public static IEnumerable<(string Pointer, Scene Scene, Visual.Clip Clip)> Of(Storyboard storyboard) =>
        storyboard.Scenes.Index().SelectMany(s => Of(s.Item, $"/scenes/{s.Index}"));

    /// <param name="pointer">Of the scene.</param>
    public static IEnumerable<(string Pointer, Scene Scene, Visual.Clip Clip)> Of(Scene scene, string pointer)
    {
        if (scene.Visual is Visual.Clip own)
        {
            yield return ($"{pointer}/visual/asset", scene, own);
        }

        foreach (var (index, layer) in scene.Layers.Index())
        {
            if (layer.Visual is Visual.Clip clip)
            {
                yield return ($"{pointer}/layers/{index}/visual/asset", scene, clip);
            }
        }
    }

    /// <summary>The same document with every clip put through <paramref name="resolve"/>.</summary>
    /// <param name="resolve">Pointer and asset to the asset that stands for it from now on.</param>
    public static Storyboard Resolve(Storyboard storyboard, Func<string, VisualAsset, VisualAsset> resolve)
    {
        return storyboard with
        {
            Scenes =
            [
                .. storyboard.Scenes.Select((scene, i) => scene with
                {
                    Visual = Of(scene.Visual, $"/scenes/{i}/visual/asset"),
                    Layers = [.. scene.Layers.Select((layer, j) => layer with { Visual = Of(layer.Visual, $"/scenes/{i}/layers/{j}/visual/asset") })],
                }),
            ],
        };

        Visual Of(Visual visual, string pointer) => visual is Visual.Clip clip ? clip with { Asset = resolve(pointer, clip.Asset) } : visual;
    }
}
