using Url2Video.Farm.Media.Pixels;

namespace Url2Video.Farm.Media.Composition;

/// <summary>What a layer wants: its content in copies, or what is kept of one that never moves.</summary>
internal static class LayerMemory
{
    /// <param name="width">Of the frame.</param>
    public static MemoryPart Of(Layer layer, int width, int height, MemoryDesk desk)
    {
        var path = new LayerPath(layer, width, height);
        return LayerContent.IsResting(layer.Content)
            ? OfResting(layer, path, width, height, desk)
            : OfMoving(layer, path, width, height, desk);
    }

    private static MemoryPart OfResting(Layer layer, LayerPath path, int width, int height, MemoryDesk desk)
    {
        var (size, making) = (path.Box, 0L);
        if (layer.Content is Background.Picture picture)
        {
            var facts = desk.FactsOf(picture.PictureId);
            size = picture.Fit == PictureFit.Contain ? size.Inside(facts.Width, facts.Height) : size;

            // Brought near its size first, and then its holes once more by the sampler.
            var holes = facts.HasOpacity ? 2 * YuvImage.BytesOf(facts.Width, facts.Height) : 0;
            making = desk.Opened(facts, picture.Style) + YuvImage.BytesOf(facts.Width, facts.Height) + holes;
        }

        var (contentWidth, contentHeight) = LayerContent.SizeOf(size, path, width, height);
        making += 2 * YuvImage.BytesOf(contentWidth, contentHeight);
        var content = Copies(path, size, contentWidth, contentHeight);
        if (path.IsStill)
        {
            // The content is let go when it has been drawn once.
            return new MemoryPart(MemoryPlace.Layer, 0, Kept(path, size, width, height), content + making);
        }

        return new MemoryPart(MemoryPlace.Layer, 0, desk.Once(LayerContent.KeyOf(layer, path), content), making);
    }

    private static MemoryPart OfMoving(Layer layer, LayerPath path, int width, int height, MemoryDesk desk)
    {
        var (contentWidth, contentHeight) = LayerContent.FramedSizeOf(path, width, height);
        var inner = BackgroundMemory.Of(layer.Content, contentWidth, contentHeight, desk);
        var held = YuvImage.BytesOf(contentWidth, contentHeight) + Copies(path, path.Box, contentWidth, contentHeight) + ShotMemory.ToolBytes;
        return inner with { Place = MemoryPlace.Layer, Held = inner.Held + held };
    }

    /// <summary>Colour and opacity of the content and of all smaller copies that may be needed.</summary>
    private static long Copies(LayerPath path, LayerSize size, int width, int height)
    {
        var steady = path.SteadyPose is { } pose ? new LayerPlace(pose, size) : (LayerPlace?)null;
        var bytes = 0L;
        for (var (w, h) = (width, height); ;)
        {
            bytes += 2 * YuvImage.BytesOf(w + (2 * LayerContent.Rim), h + (2 * LayerContent.Rim));
            var isEnough = steady is { } place && place.StepsFor(w, h) is var (x, y) && x <= place.StepMaxQ32 && y <= place.StepMaxQ32;
            if (isEnough || (LayerContent.Smaller(w) == w && LayerContent.Smaller(h) == h))
            {
                return bytes;
            }

            (w, h) = (LayerContent.Smaller(w), LayerContent.Smaller(h));
        }
    }

    private static long Kept(LayerPath path, LayerSize size, int width, int height)
    {
        var area = new LayerPlace(path.At(0), size).Area(width, height);
        return area.Width <= 0 || area.Height <= 0 ? 0 : 2 * YuvImage.BytesOf(area.Width, area.Height);
    }
}
