using Url2Video.Farm.Media.Pixels;

namespace Url2Video.Farm.Media.Composition;

/// <summary>
/// Reckons what a shot wants of memory, from what it says and the sizes of its pictures. Pure. Sizes come from the rules that the renderer follows
/// itself (<see cref="PicturePlan"/>, <see cref="LayerContent"/>); what a scene decides only when it is drawn counts at its most.
/// </summary>
public static class ShotMemory
{
    /// <summary>Tables of samplers, lines of pixels, laid text: what does not grow with pictures.</summary>
    internal const long ToolBytes = 4L * 1024 * 1024;

    /// <summary>Frames that a transition is made in: under, over and between.</summary>
    private const int TransitionFrames = 3;

    /// <param name="width">Of the frame.</param>
    /// <param name="pictures">By the id that the shot names them by.</param>
    /// <param name="over">What lies over the whole film (<see cref="FilmMemory"/>).</param>
    public static SceneMemory Of(Shot shot, int width, int height, Func<string, PictureFacts> pictures, MemoryPart over = default)
    {
        var desk = new MemoryDesk(pictures);
        var frame = YuvImage.BytesOf(width, height);
        var frames = (TransitionFrames * frame) + ToolBytes;
        if (!shot.Layers.IsEmpty)
        {
            frames += 2 * frame;
        }

        return new SceneMemory(
        [
            new MemoryPart(MemoryPlace.Frames, 0, frames + over.Held, over.Passing),
            BackgroundMemory.Of(shot.Background, width, height, desk),
            .. shot.Layers.Select((layer, i) => LayerMemory.Of(layer, width, height, desk) with { Index = i }),
            DressMemory.Of(shot, width, height, desk),
        ]);
    }
}
