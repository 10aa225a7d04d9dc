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

    /// <summary>A plugin's picture on its way, and the one that comes back.</summary>
    private const int FilterFrames = 2;

    /// <summary>Frames that a transition is made in: under, over and between.</summary>
    private const int TransitionFrames = 3;

    /// <summary>Of the frame's pixels, in bytes to each: the most that an effect of ours keeps, and a text with what lies under it.</summary>
    private const int EffectBytes = 5, CardBytes = 2;

    /// <summary>A text that becomes sharp has copies; it fills a third of the frame at most.</summary>
    private const int SoftCardBytes = 4;

    /// <summary>Of a logo's pixels: it and seven softer copies of it with their opacity.</summary>
    private const int LogoBytes = 36;

    /// <param name="width">Of the frame.</param>
    /// <param name="pictures">By the id that the shot names them by.</param>
    public static SceneMemory Of(Shot shot, int width, int height, Func<string, PictureFacts> pictures)
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
            new MemoryPart(MemoryPlace.Frames, 0, frames, 0),
            BackgroundMemory.Of(shot.Background, width, height, desk),
            .. shot.Layers.Select((layer, i) => LayerMemory.Of(layer, width, height, desk) with { Index = i }),
            Dress(shot, width, height, desk),
        ]);
    }

    private static MemoryPart Dress(Shot shot, int width, int height, MemoryDesk desk)
    {
        var pixels = (long)width * height;
        var frame = YuvImage.BytesOf(width, height);
        var held = (shot.Effects.Length * EffectBytes * pixels)
            + (shot.Filters.Length * FilterFrames * frame)
            + shot.Cards.Sum(c => pixels * (c.Motion is null && c is not TextCard.Bullets { HeadingMotion: not null } ? CardBytes : CardBytes + SoftCardBytes));
        var passing = shot.Cards.IsEmpty ? 0 : frame; // Veils look at the picture under them.
        if (shot.Logo is { } logo)
        {
            var facts = desk.FactsOf(logo.PictureId);
            held += LogoBytes * (long)(Math.Min(width, height) * logo.WidthMillionths / 1_000_000L) * height;
            passing = Math.Max(passing, MemoryDesk.Opened(facts));
        }

        return new MemoryPart(MemoryPlace.Dress, 0, held, passing);
    }
}
