using Url2Video.Farm.Core;
using Url2Video.Farm.Core.Planning;
using Url2Video.Farm.Core.Storyboards;

namespace Url2Video.Farm.Node.Work;

internal static class PicturesOf
{
    /// <summary>The image artifacts that the given scenes show.</summary>
    public static IEnumerable<ArtifactRef> Scenes(Storyboard board, IEnumerable<SceneSlot> slots) =>
        slots.SelectMany(s => PictureAssets.Of(board.Scenes[s.Index])).Select(p => p.Asset).OfType<VisualAsset.Resolved>().Select(a => a.Artifact);
}
