using Url2Video.Farm.Core;
using Url2Video.Farm.Core.Planning;
using Url2Video.Farm.Core.Storyboards;

namespace Url2Video.Farm.Node.Work;

internal static class PicturesOf
{
    /// <summary>The artifacts of the images and clips that the given scenes show.</summary>
    public static IEnumerable<ArtifactRef> Scenes(Storyboard board, IEnumerable<SceneSlot> slots) => slots
        .Select(s => board.Scenes[s.Index])
        .SelectMany(s => BrandAssets.Of(board, s).Append(s.Visual switch { Visual.Image image => image.Asset, Visual.Clip clip => clip.Asset, _ => null }))
        .OfType<VisualAsset.Resolved>().Select(a => a.Artifact);
}
