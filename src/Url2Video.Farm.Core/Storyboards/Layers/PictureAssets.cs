using System.Collections.Immutable;

namespace Url2Video.Farm.Core.Storyboards;

/// <summary>The image files that a storyboard names, wherever in it: in visuals, in layers, as masks of brushes.</summary>
public static class PictureAssets
{
    /// <returns>Each with the JSON pointer of the place that names it, in document order.</returns>
    public static IEnumerable<(string Pointer, VisualAsset Asset)> Of(Storyboard storyboard) =>
        storyboard.Scenes.Index().SelectMany(s => Of(s.Item, $"/scenes/{s.Index}"));

    /// <param name="pointer">Of the scene.</param>
    public static IEnumerable<(string Pointer, VisualAsset Asset)> Of(Scene scene, string pointer = "")
    {
        var found = new List<(string, VisualAsset)>();
        _ = Resolve(scene, pointer, (at, asset) =>
        {
            found.Add((at, asset));
            return asset;
        });
        return found;
    }

    /// <summary>The same document with every image put through <paramref name="resolve"/>.</summary>
    /// <param name="resolve">Pointer and asset to the asset that stands for it from now on.</param>
    public static Storyboard Resolve(Storyboard storyboard, Func<string, VisualAsset, VisualAsset> resolve) =>
        storyboard with { Scenes = [.. storyboard.Scenes.Select((scene, i) => Resolve(scene, $"/scenes/{i}", resolve))] };

    private static Scene Resolve(Scene scene, string pointer, Func<string, VisualAsset, VisualAsset> resolve) => scene with
    {
        Visual = Resolve(scene.Visual, $"{pointer}/visual", resolve),
        Layers = [.. scene.Layers.Select((layer, i) => layer with { Visual = Resolve(layer.Visual, $"{pointer}/layers/{i}/visual", resolve) })],
    };

    private static Visual Resolve(Visual visual, string pointer, Func<string, VisualAsset, VisualAsset> resolve) => visual switch
    {
        Visual.Image image => image with
        {
            Asset = resolve($"{pointer}/asset", image.Asset),
            Brushes = [.. image.Brushes.Select((brush, i) => brush.Mask is BrushMask.Painted mask
                ? brush with { Mask = new BrushMask.Painted(resolve($"{pointer}/brush/{i}/mask", mask.Asset)) }
                : brush)],
        },
        Visual.Split split => split with { Left = resolve($"{pointer}/left", split.Left), Right = resolve($"{pointer}/right", split.Right) },
        Visual.Spin spin => spin with { Assets = [.. spin.Assets.Select((asset, i) => resolve($"{pointer}/assets/{i}", asset))] },
        _ => visual,
    };
}
