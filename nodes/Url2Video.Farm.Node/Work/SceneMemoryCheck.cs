using System.Collections.Immutable;
using Url2Video.Farm.Core;
using Url2Video.Farm.Core.Errors;
using Url2Video.Farm.Core.Nodes;
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
    /// <param name="room">Of the worker that is to render them.</param>
    /// <exception cref="FarmException"><c>ERR_SCENE_TOO_LARGE</c> with the scene, the largest of its parts, and what would be smaller.</exception>
    public static void Require(
        Storyboard board, ImmutableArray<SceneSlot> slots, int width, int height, Rational fps, Func<string, PictureFacts> pictures, SceneRoom room)
    {
        foreach (var wanted in Reckoned(board, slots, width, height, fps, pictures))
        {
            if (wanted.Bytes > room.BytesMax)
            {
                throw TooLarge(board, wanted, $"at {width}x{height}", room);
            }
        }
    }

    /// <summary>For each scene the capability of a node whose workers have room for it; null where all have.</summary>
    public static ImmutableArray<string?> NeedsOf(
        Storyboard board, ImmutableArray<SceneSlot> slots, int width, int height, Rational fps, Func<string, PictureFacts> pictures) =>
        [.. Reckoned(board, slots, width, height, fps, pictures).Select(w => MemoryWords.NeedOf(w.Bytes))];

    /// <summary>The slots of all scenes of a storyboard whose times nobody knows yet.</summary>
    public static ImmutableArray<SceneSlot> SlotsOf(Storyboard board)
    {
        // How long a scene is seen says how far its camera moves, not what it keeps.
        var frames = Math.Max(1, board.Canvas.Fps.Numerator * 10 / board.Canvas.Fps.Denominator);
        return [.. board.Scenes.Select((scene, i) => new SceneSlot(i, 0, 0, i * frames, frames, scene.Transition.Ms > 0 ? 1 : 0, 0))];
    }

    private static IEnumerable<Wanted> Reckoned(
        Storyboard board, ImmutableArray<SceneSlot> slots, int width, int height, Rational fps, Func<string, PictureFacts> pictures)
    {
        var over = FilmMemory.Of(Brands.MarkOf(board.Watermark), board.Captions.IsBurned, width, height, pictures);
        SceneMemory? before = null;
        foreach (var (i, slot) in slots.Index())
        {
            var now = ShotMemory.Of(FilmBuilder.ShotOf(board, board.Scenes[slot.Index], slot, fps), width, height, pictures, over);
            var meets = i > 0 && slot.TransitionFrames > 0 ? before : null;
            yield return new Wanted(slot.Index, meets is null ? now.Bytes : now.With(meets), now, meets);
            before = now;
        }
    }

    private static FarmException TooLarge(Storyboard board, Wanted wanted, string size, SceneRoom room)
    {
        var (index, bytes, now, before) = wanted;
        var isHere = before is null || now.Largest.Held >= before.Largest.Held;
        var largest = isHere ? now.Largest : before!.Largest;
        var together = before is null ? "" : ", with what the scene takes that it comes in over";
        return new FarmException(
            ErrorCodes.SceneTooLarge,
            $"/scenes/{index}: scene \"{board.Scenes[index].Id}\" wants {Mebibytes(bytes)} MiB of memory {size}{together}; "
                + $"{room.BytesMax / Mebibyte} are allowed in a worker of {room.WorkerMib}. The largest part is {NameOf(largest, isHere ? index : index - 1)} with {Mebibytes(largest.Held)} MiB"
                + (largest.Brushes > largest.Held / 2 ? ", most of it for its brushes." : "."),
            WayOutOf(largest) + (room.IsAllThereIs || MemoryWords.WorkerMibFor(bytes) is not { } mib ? "" : $" Or give workers more: --worker-memory {mib}."),
            retryable: room.OthersMayHaveMore); // Another node may have it: older facts did not say what is needed.
    }

    private static string NameOf(MemoryPart part, int scene) => part.Place switch
    {
        MemoryPlace.Layer => $"/scenes/{scene}/layers/{part.Index}",
        MemoryPlace.Background => $"/scenes/{scene}/visual",
        MemoryPlace.Dress => $"the effects, texts and logo of /scenes/{scene}",
        _ => "the frame itself, with the film's mark and captions,",
    };

    private static string WayOutOf(MemoryPart part) => part switch
    {
        { Brushes: var brushes } when brushes > part.Held / 2 => "Give it fewer brushes or smaller masks, or let its camera stay farther away; or take a smaller canvas.",
        { Place: MemoryPlace.Layer } => "Use fewer layers that move, smaller boxes, or a smaller scale in their keyframes; or take a smaller canvas.",
        { Place: MemoryPlace.Background } => "Scale its picture down, or take a smaller canvas.",
        _ => "Use fewer effects and animated texts in the scene, or take a smaller canvas.",
    };

    private static long Mebibytes(long bytes) => (bytes + Mebibyte - 1) / Mebibyte;

    /// <param name="Before">The scene that it comes in over; null for none.</param>
    private readonly record struct Wanted(int Index, long Bytes, SceneMemory Now, SceneMemory? Before);
}
