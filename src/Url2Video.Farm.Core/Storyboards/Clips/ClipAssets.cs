namespace Url2Video.Farm.Core.Storyboards;

/// <summary>The clips that a storyboard names.</summary>
public static class ClipAssets
{
    /// <returns>Each with the JSON pointer of its asset and its scene, in document order.</returns>
    public static IEnumerable<(string Pointer, Scene Scene, Visual.Clip Clip)> Of(Storyboard storyboard)
    {
        for (var i = 0; i < storyboard.Scenes.Length; i++)
        {
            if (storyboard.Scenes[i] is { Visual: Visual.Clip clip } scene)
            {
                yield return ($"/scenes/{i}/visual/asset", scene, clip);
            }
        }
    }

    /// <summary>The same document with every clip put through <paramref name="resolve"/>.</summary>
    /// <param name="resolve">Pointer and asset to the asset that stands for it from now on.</param>
    public static Storyboard Resolve(Storyboard storyboard, Func<string, VisualAsset, VisualAsset> resolve) => storyboard with
    {
        Scenes =
        [
            .. storyboard.Scenes.Select((scene, i) => scene.Visual is Visual.Clip clip
                ? scene with { Visual = clip with { Asset = resolve($"/scenes/{i}/visual/asset", clip.Asset) } }
                : scene),
        ],
    };
}
