using Url2Video.Farm.Media.Pixels;

namespace Url2Video.Farm.Media.Composition;

/// <summary>Maps a pixel of the frame into a turned layer's content. Additions and multiplications in a fixed order only.</summary>
internal readonly record struct LayerWarp(double X0, double Xx, double Xy, double Y0, double Yx, double Yy) : IWarp
{
    public (double X, double Y) At(double x, double y) => (X0 + (Xx * x) + (Xy * y), Y0 + (Yx * x) + (Yy * y));
}

/// <summary>One layer: sampled at its pose into the stage, then laid over the frame. What never moves is sampled once and kept.</summary>
internal sealed class LayerRenderer : IDisposable
{
    private readonly Layer _layer;
    private readonly LayerPath _path;
    private readonly RenderContext _context;
    private readonly long _frames;
    private Lease<LayerContent>? _content;
    private LayerSize _size;
    private bool _isUnseen;
    private (YuvImage Colour, YuvImage Opacity)? _kept;

    /// <param name="frames">How many the shot is seen.</param>
    public LayerRenderer(Layer layer, long frames, RenderContext context)
    {
        (_layer, _frames, _context) = (layer, frames, context);
        _path = new LayerPath(layer, context.Width, context.Height);
    }

    public void Draw(long frame, YuvImage target) => Draw(frame, target, isGlance: false);

    /// <inheritdoc cref="IBackgroundRenderer.Glance"/>
    public void Glance(long frame, YuvImage target) => Draw(frame, target, isGlance: true);

    public void Dispose()
    {
        _content?.Dispose();
        _kept?.Colour.Dispose();
        _kept?.Opacity.Dispose();
    }

    private bool IsAtRest => _path.IsStill && LayerContent.IsResting(_layer.Content);

    private void LetGo()
    {
        _content?.Dispose();
        _content = null;
    }

    private void Draw(long frame, YuvImage target, bool isGlance)
    {
        var pose = _path.At(MoveClock.MicrosAt(frame, _context.Rate));
        if (pose.Alpha == 0 || pose.ScaleQ32 == 0 || _isUnseen)
        {
            return;
        }

        if (_kept is null && _content is null)
        {
            // Not before it is seen: of layers at rest, one at a time is more than what is kept of it.
            _content = LayerContent.Rent(_layer, _path, _frames, _context);
            _size = _content.Value.Size;
        }

        var place = new LayerPlace(pose, _size);
        var area = place.Area(target.Width, target.Height);
        if (area.Width <= 0 || area.Height <= 0)
        {
            if (IsAtRest)
            {
                LetGo();
                _isUnseen = true;
            }

            return;
        }

        _content?.Value.Refresh(frame, isGlance);
        var (stage, x, y) = (_context.LayerStage, 0, 0);
        var (colour, opacity) = (stage.Colour, stage.Opacity);
        if (IsAtRest)
        {
            var isNew = _kept is null;
            (colour, opacity) = _kept ??= (new YuvImage(area.Width, area.Height), new YuvImage(area.Width, area.Height));
            (x, y) = (area.X, area.Y);
            if (isNew && !Sample(place, area, colour, opacity, x, y))
            {
                opacity.Fill(0, 0, 0);
            }

            LetGo(); // What is kept is all that will ever be seen of it.
        }
        else if (!Sample(place, area, colour, opacity, x, y))
        {
            return;
        }

        var (colourX, colourY) = (x, y);
        if (_layer.Blend != BlendMode.Normal)
        {
            stage.Blend(_layer.Blend, target, colour, x, y, area);
            (colour, colourX, colourY) = (stage.Colour, 0, 0);
        }

        stage.Lay(target, colour, colourX, colourY, opacity, x, y, area, pose.Alpha);
    }

    /// <summary>Draws the content as it is seen in an area of the frame; false when it is too small to be seen.</summary>
    /// <param name="x">The column of the frame that is the pictures' first; likewise <paramref name="y"/>.</param>
    private bool Sample(LayerPlace place, PixelRect area, YuvImage colour, YuvImage opacity, int x, int y)
    {
        var content = _content!.Value;
        var (stepX, stepY) = place.StepsFor(content.Width, content.Height);
        if (content.At(stepX, stepY, place.StepMaxQ32) is not var (fromColour, fromOpacity))
        {
            return false;
        }

        var (width, height) = LayerContent.SizeOf(fromColour);
        var to = area with { X = area.X - x, Y = area.Y - y };
        if (place.IsUpright)
        {
            var window = place.WindowOf(area, width, height);
            _context.Sampler.Draw(fromColour, window, colour, to);
            if (content.IsBox)
            {
                LayerCover.Fill(opacity, place.EdgesQ32, area, x, y);
            }
            else
            {
                _context.Sampler.Draw(fromOpacity, window, opacity, to);
            }
        }
        else
        {
            var warp = place.WarpOf(area, width, height);
            _context.WarpSampler.Draw(fromColour, warp, colour, to);
            _context.WarpSampler.Draw(fromOpacity, warp, opacity, to);
        }

        return true;
    }
}
