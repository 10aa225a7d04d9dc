using System.Collections.Immutable;
using Url2Video.Farm.Core;
using Url2Video.Farm.Core.Errors;
using Url2Video.Farm.Core.Planning;
using Url2Video.Farm.Core.Storyboards;
using Url2Video.Farm.Media.Composition;

namespace Url2Video.Farm.Node.Work;

/// <summary>
/// Refuses a scene whose pictures, layers and brushes would not fit the memory of a worker, before any of them is decoded: in place of a worker that
/// dies of it, twice, and a job that is given up. Pure but for the sizes it asks for.
/// </summary>
internal static class SceneMemoryCheck
{
    private const long Mebibyte = 1024 * 1024;

    /// <param name="slots">Of the scenes to be judged, in order; only their numbers, frames and transitions are looked at.</param>
    /// <param name="pictures">By artifact, as a render opens them.</param>
    /// <exception cref="FarmException"><c>ERR_SCENE_TOO_LARGE</c> with the scene, the largest of its parts, and what would be smaller.</exception>
    public static void Require(Storyboard board, ImmutableArray<SceneSlot> slots, int width, int height, Rational fps, Func<string, PictureFacts> pictures)
    {
        SceneMemory? before = null;
        foreach (var (i, slot) in slots.Index())
        {
            var now = ShotMemory.Of(FilmBuilder.ShotOf(board, board.Scenes[slot.Index], slot, fps), width, height, pictures);
            var meets = i > 0 && slot.TransitionFrames > 0 ? before : null;
            var bytes = meets is null ? now.Bytes : now.With(meets);
            if (bytes > Limits.SceneMemoryMebibytesMax * Mebibyte)
            {
                throw TooLarge(board, slot.Index, $"{Mebibytes(bytes)} MiB of memory at {width}x{height}", now, meets);
            }

            before = now;
        }
    }

    /// <summary>The slots of all scenes of a storyboard whose times nobody knows yet.</summary>
    public static ImmutableArray<SceneSlot> SlotsOf(Storyboard board)
    {
        // How long a scene is seen says how far its camera moves, not what it keeps.
        var frames = Math.Max(1, board.Canvas.Fps.Numerator * 10 / board.Canvas.Fps.Denominator);
        return [.. board.Scenes.Select((scene, i) => new SceneSlot(i, 0, 0, i * frames, frames, scene.Transition.Ms > 0 ? 1 : 0, 0))];
    }

    private static FarmException TooLarge(Storyboard board, int index, string wanted, SceneMemory now, SceneMemory? before)
    {
        var isHere = before is null || now.Largest.Held >= before.Largest.Held;
        var largest = isHere ? now.Largest : before!.Largest;
        var together = before is null ? "" : ", with what the scene takes that it comes in over";
        return new FarmException(
            ErrorCodes.SceneTooLarge,
            $"/scenes/{index}: scene \"{board.Scenes[index].Id}\" wants {wanted}{together}; "
                + $"{Limits.SceneMemoryMebibytesMax} are allowed. The largest part is {NameOf(largest, isHere ? index : index - 1)} with {Mebibytes(largest.Held)} MiB"
                + (largest.Brushes > largest.Held / 2 ? ", most of it for its brushes." : "."),
            WayOutOf(largest));
    }

    private static string NameOf(MemoryPart part, int scene) => part.Place switch
    {
        MemoryPlace.Layer => $"/scenes/{scene}/layers/{part.Index}",
        MemoryPlace.Background => $"/scenes/{scene}/visual",
        MemoryPlace.Dress => $"the effects, texts and logo of /scenes/{scene}",
        _ => "the frame itself",
    };

    private static string WayOutOf(MemoryPart part) => part switch
    {
        { Brushes: var brushes } when brushes > part.Held / 2 => "Give it fewer brushes or smaller masks, or let its camera stay farther away; or take a smaller canvas.",
        { Place: MemoryPlace.Layer } => "Use fewer layers that move, smaller boxes, or a smaller scale in their keyframes; or take a smaller canvas.",
        { Place: MemoryPlace.Background } => "Scale its picture down, or take a smaller canvas.",
        _ => "Use fewer effects and animated texts in the scene, or take a smaller canvas.",
    };

    private static long Mebibytes(long bytes) => (bytes + Mebibyte - 1) / Mebibyte;
}
