using Url2Video.Farm.Media.Pixels;

namespace Url2Video.Farm.Media.Composition;

/// <summary>What a background wants, in a frame or in the box of a layer that is a frame to it.</summary>
internal static class BackgroundMemory
{
    /// <summary>The largest clip as it is shown, and as it lies in its file. Its decoder has a bound of its own.</summary>
    private const long ClipBytes = 2L * 4_096 * 2_304 * 3 / 2;

    public static MemoryPart Of(Background background, int width, int height, MemoryDesk desk)
    {
        var frame = YuvImage.BytesOf(width, height);
        return background switch
        {
            Background.Picture picture => OfPicture(picture, width, height, desk),
            Background.Split split => OfSplit(split, width, height, desk),
            Background.Spin spin => OfSpin(spin, width, height, desk),
            Background.Clip => new MemoryPart(MemoryPlace.Background, 0, ClipBytes + frame, ClipBytes),
            Background.Generated => new MemoryPart(MemoryPlace.Background, 0, 2 * frame, 0),
            _ => new MemoryPart(MemoryPlace.Background, 0, 0, 0),
        };
    }

    private static MemoryPart OfPicture(Background.Picture picture, int width, int height, MemoryDesk desk)
    {
        var facts = desk.FactsOf(picture.PictureId);
        var plan = PicturePlan.Of(picture, facts.Width, facts.Height, width, height);
        var kept = YuvImage.BytesOf(plan.Width, plan.Height);
        var held = desk.Once((picture.PictureId, picture.Style, plan.Width, plan.Height), kept) + (plan.HasFill ? YuvImage.BytesOf(width, height) : 0);
        var (brushes, passing) = BrushMemory.Of(picture.Brushes, plan.Width, plan.Height, desk);
        return new MemoryPart(
            MemoryPlace.Background, 0, held + brushes, Math.Max(desk.Opened(facts, picture.Style), passing) + ShotMemory.ToolBytes, brushes);
    }

    // A side that the line leaves less room keeps no more than one that is under all of the frame.
    private static MemoryPart OfSplit(Background.Split split, int width, int height, MemoryDesk desk)
    {
        var (held, passing) = (ShotMemory.ToolBytes, 0L);
        foreach (var side in (Background.Picture[])[split.First, split.Second])
        {
            var facts = desk.FactsOf(side.PictureId);
            var widest = new CameraPath(side.Camera, facts.Width, facts.Height, width, height).WidestQ32;
            var (keptWidth, keptHeight) = PictureFitter.ReducedSize(facts.Width, facts.Height, widest, width);
            held += YuvImage.BytesOf(keptWidth, keptHeight);
            passing = Math.Max(passing, MemoryDesk.Opened(facts));
        }

        return new MemoryPart(MemoryPlace.Background, 0, held, passing);
    }

    private static MemoryPart OfSpin(Background.Spin spin, int width, int height, MemoryDesk desk)
    {
        // One after the other is fitted and let go.
        var fitted = spin.PictureIds.Distinct()
            .Select(id => OfPicture(new Background.Picture(id, CameraMove.Still, spin.Fit), width, height, new MemoryDesk(desk.FactsOf)))
            .Max(p => p.Held + p.Passing);
        return new MemoryPart(MemoryPlace.Background, 0, SpinBackground.KeptOf(spin, width, height) * YuvImage.BytesOf(width, height), fitted);
    }
}
