using Url2Video.Farm.Media.Pixels;

namespace Url2Video.Farm.Media.Composition;

/// <summary>
/// What is in a layer's box, ready to be sampled: colours and opacity apart, each with a rim (colours repeated, opacity none), in its own size
/// and in smaller copies, each two thirds of the one before. A layer that shrinks is read from the copy that does not alias.
/// </summary>
internal sealed class LayerContent : IDisposable
{
    /// <summary>Luma pixels around the content: a filter that reaches over its edge finds something there.</summary>
    public const int Rim = 16;

    private const int SideMin = 4;

    /// <summary>A layer that is scaled up is seen through the frame: more than twice its sides would show nothing more.</summary>
    private const int FramesMax = 2;

    private readonly List<(YuvImage Colour, YuvImage Opacity)> _levels = [];
    private readonly IBackgroundRenderer? _moving;
    private readonly YuvImage? _inner;
    private readonly FrameSampler _sampler;
    private long _frame = -1;
    private int _fresh;

    private LayerContent(YuvImage inner, YuvImage opacity, LayerSize size, bool isBox, IBackgroundRenderer? moving, FrameSampler sampler)
    {
        (_moving, _inner, _sampler) = (moving, moving is null ? null : inner, sampler);
        (Size, IsBox) = (size, isBox);
        (Width, Height) = (inner.Width, inner.Height);
        var colour = new YuvImage(inner.Width + (2 * Rim), inner.Height + (2 * Rim));
        _levels.Add((colour, opacity));
        if (moving is null)
        {
            LayerPlanes.CopyIn(inner, colour, Rim);
            inner.Dispose();
            _fresh = int.MaxValue;
        }
    }

    /// <summary>Of the content, without the rim.</summary>
    public int Width { get; }

    public int Height { get; }

    /// <summary>Of the layer at scale 1: its box, or what of it a picture shown whole takes.</summary>
    public LayerSize Size { get; }

    /// <summary>All of it is opaque, to its edges.</summary>
    public bool IsBox { get; }

    public static int SideMaxOf(int frameSide) => Math.Min(8_192, FramesMax * frameSide) + (2 * Rim);

    /// <summary>A picture at rest or a colour; layers that show the same share it. Anything else moves by itself.</summary>
    public static bool IsResting(Background content) => content is Background.Solid
        || (content is Background.Picture { Motion: null, Brushes.IsEmpty: true } picture && picture.Camera.Start == picture.Camera.End);

    /// <summary>What decides about a content at rest, beside the frame's size.</summary>
    public static object KeyOf(Layer layer, LayerPath path) => (layer.Content, layer.Shape, layer.CornerMillionths, path.Box, path.ScaleMaxQ32);

    /// <param name="frames">How many the shot is seen.</param>
    public static Lease<LayerContent> Rent(Layer layer, LayerPath path, long frames, RenderContext context)
    {
        if (IsResting(layer.Content))
        {
            return context.Shared.Rent(KeyOf(layer, path), () => Create(layer, path, frames, context));
        }

        var content = Create(layer, path, frames, context);
        return new Lease<LayerContent>(content, content.Dispose);
    }

    private static LayerContent Create(Layer layer, LayerPath path, long frames, RenderContext context)
    {
        var (sampler, size) = (context.LayerStage.Sampler, path.Box);
        if (layer.Content is Background.Picture picture && IsResting(picture))
        {
            using var decoded = context.Pictures.OpenLayer(picture.PictureId);
            PictureBackground.Style(decoded.Image, picture.Style, context);
            size = picture.Fit == PictureFit.Contain ? size.Inside(decoded.Image.Width, decoded.Image.Height) : size;
            var (image, holes) = LayerPicture.Fit(picture, decoded, size, SizeOf(size, path, context.Width, context.Height), sampler);
            return Still(image, holes);
        }

        if (layer.Content is Background.Solid solid)
        {
            var (solidWidth, solidHeight) = SizeOf(size, path, context.Width, context.Height);
            var (image, colour) = (new YuvImage(solidWidth, solidHeight), solid.Colour.ToYuv());
            image.Fill(colour.Y, colour.U, colour.V);
            return Still(image, null);
        }

        // Everything else is drawn as if the box were a frame.
        var (width, height) = FramedSizeOf(path, context.Width, context.Height);
        var moving = new BoxedBackground(layer.Content, frames, context.Sized(width, height));
        var opacity = LayerPlanes.OpacityOf(null, layer, size, width, height);
        return new LayerContent(new YuvImage(width, height), opacity, size, layer.Shape == LayerShape.Box, moving, sampler);

        LayerContent Still(YuvImage image, Plane8? holes)
        {
            var isBox = holes is null && layer.Shape == LayerShape.Box;
            return new LayerContent(image, LayerPlanes.OpacityOf(holes, layer, size, image.Width, image.Height), size, isBox, null, sampler);
        }
    }

    /// <summary>Pixels of a content at rest: as many as the layer shows where it is largest, as far as the frame can show them.</summary>
    /// <param name="size">Of the layer at scale 1.</param>
    public static (int Width, int Height) SizeOf(LayerSize size, LayerPath path, int frameWidth, int frameHeight) =>
        (SideOf(size.WidthQ32, path.ScaleMaxQ32, frameWidth), SideOf(size.HeightQ32, path.ScaleMaxQ32, frameHeight));

    /// <summary>The same for a content that is drawn as if the box were a frame.</summary>
    public static (int Width, int Height) FramedSizeOf(LayerPath path, int frameWidth, int frameHeight)
    {
        var (width, height) = SizeOf(path.Box, path, frameWidth, frameHeight);
        return (Math.Max(width, CompositionLimits.FrameSideMin), Math.Max(height, CompositionLimits.FrameSideMin));
    }

    /// <summary>Makes it be that of a frame.</summary>
    /// <param name="frame">Counted from the start of the shot.</param>
    /// <param name="isGlance">About that frame is enough, see <see cref="IBackgroundRenderer.Glance"/>.</param>
    public void Refresh(long frame, bool isGlance)
    {
        if (_moving is null || (frame == _frame && !isGlance))
        {
            return;
        }

        if (isGlance)
        {
            _moving.Glance(frame, _inner!);
        }
        else
        {
            _moving.Draw(frame, _inner!);
        }

        LayerPlanes.CopyIn(_inner!, _levels[0].Colour, Rim);
        (_frame, _fresh) = (isGlance ? -1 : frame, 1);
    }

    /// <summary>
    /// The largest copy of which there are no more than <paramref name="stepMaxQ32"/> pixels to a pixel of the frame; null when even the
    /// smallest has more, because the layer is a dot of three pixels then.
    /// </summary>
    /// <param name="stepXQ32">Pixels of the content itself to a pixel of the frame; likewise <paramref name="stepYQ32"/> down.</param>
    public (YuvImage Colour, YuvImage Opacity)? At(long stepXQ32, long stepYQ32, long stepMaxQ32)
    {
        for (var level = 0; ; level++)
        {
            var (width, height) = Inner(level);
            if ((Int128)stepXQ32 * width / Width <= stepMaxQ32 && (Int128)stepYQ32 * height / Height <= stepMaxQ32)
            {
                return _levels[level];
            }

            if (Smaller(width) == width && Smaller(height) == height)
            {
                return null;
            }

            Level(level + 1);
        }
    }

    /// <summary>The size of a copy without its rim.</summary>
    public static (int Width, int Height) SizeOf(YuvImage copy) => (copy.Width - (2 * Rim), copy.Height - (2 * Rim));

    public void Dispose()
    {
        foreach (var (colour, opacity) in _levels)
        {
            colour.Dispose();
            opacity.Dispose();
        }

        _moving?.Dispose();
        _inner?.Dispose();
    }

    private static int SideOf(long boxQ32, long scaleQ32, int frameSide)
    {
        var pixels = (long)((((Int128)boxQ32 * Math.Max(scaleQ32, 1L << 32) >> 32) + (1L << 31)) >> 32);
        return (int)Math.Clamp((pixels + 1) & ~1L, SideMin, (SideMaxOf(frameSide) - (2 * Rim)) & ~1);
    }

    /// <summary>A side of the next copy. Two thirds, rounded up to an even number: no more than the sampler's step of 1.5.</summary>
    public static int Smaller(int side) => Math.Max(SideMin, ((((2 * side) + 2) / 3) + 1) & ~1);

    private (int Width, int Height) Inner(int level) => SizeOf(_levels[level].Colour);

    /// <summary>Makes a copy be there and be of this frame.</summary>
    private void Level(int level)
    {
        var (width, height) = Inner(level - 1);
        var area = new PixelRect(Rim, Rim, Smaller(width), Smaller(height));
        var window = new CropWindow((long)Rim << 32, (long)Rim << 32, (long)width << 32, (long)height << 32);
        var isNew = level == _levels.Count;
        if (isNew)
        {
            var opacity = new YuvImage(area.Width + (2 * Rim), area.Height + (2 * Rim));
            opacity.Fill(0, 0, 0);
            _sampler.Draw(_levels[level - 1].Opacity, window, opacity, area);
            LayerPlanes.SiteChroma(opacity);
            _levels.Add((new YuvImage(opacity.Width, opacity.Height), opacity));
        }

        if (isNew || level >= _fresh)
        {
            _sampler.Draw(_levels[level - 1].Colour, window, _levels[level].Colour, area);
            LayerPlanes.RepeatEdges(_levels[level].Colour, Rim);
            _fresh = _moving is null ? _fresh : level + 1;
        }
    }
}
