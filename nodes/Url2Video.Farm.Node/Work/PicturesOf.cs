using Url2Video.Farm.Core;
using Url2Video.Farm.Core.Planning;
using Url2Video.Farm.Core.Storyboards;

namespace Url2Video.Farm.Node.Work;

internal static class PicturesOf
{
    /// <summary>The artifacts of the images and clips that the given scenes show.</summary>
    public static IEnumerable<ArtifactRef> Scenes(Storyboard board, IEnumerable<SceneSlot> slots) => slots
        .Select(s => board.Scenes[s.Index])
        .SelectMany(s => PictureAssets.Of(s).Select(p => p.Asset).Concat(ClipAssets.Of(s, "").Select(c => c.Clip.Asset)))
        .OfType<VisualAsset.Resolved>().Select(a => a.Artifact);
}
