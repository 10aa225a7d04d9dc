using Url2Video.Farm.Media.Pixels;

namespace Url2Video.Farm.Media.Composition;

/// <summary>One picture of a split: fitted to a part of the frame, its middle in the middle of the part that is seen of it.</summary>
internal sealed class SplitSide : IDisposable
{
    private readonly YuvImage _picture;
    private readonly CropWindow _window;
    private readonly FrameSampler _sampler;
    private readonly bool _isStacked, _isBeside;
    private readonly int _length;

    /// <param name="length">Pixels of the frame, along the way of the line, that the picture is fitted to.</param>
    public SplitSide(Background.Picture background, Background.Split split, int length, RenderContext context)
    {
        (_isStacked, _isBeside, _length, _sampler) = (split.IsStacked, split.IsBeside, length, context.Sampler);
        var (width, height) = split.IsStacked ? (context.Width, length) : (length, context.Height);
        var decoded = context.Pictures.Open(background.PictureId);
        if (decoded.Opacity is { } opacity)
        {
            PictureFitter.Flatten(decoded.Image, opacity, context.Theme);
            opacity.Dispose();
        }

        _picture = PictureFitter.Reduce(decoded.Image, Over(decoded.Image).WidestQ32, width);
        _window = Over(_picture).At(0);

        CameraPath Over(YuvImage image) => new(background.Camera with { End = background.Camera.Start }, image.Width, image.Height, width, height);
    }

    /// <summary>Draws the columns (rows) from start to end of the frame into a target whose first is <paramref name="origin"/>.</summary>
    /// <param name="partStart">Of the part of the frame that shows this picture, 1/65536 pixel; likewise its end.</param>
    public void Draw(YuvImage target, int start, int end, long partStart, long partEnd, int origin)
    {
        // Beside each other the middle of the fitted picture follows the middle of the part; else it stays where it is.
        var shift = _isBeside ? ((partStart + partEnd) >> 1) - ((long)_length << 15) : 0;
        var (x, y, width, height) = (_window.XQ32, _window.YQ32, _window.WidthQ32, _window.HeightQ32);
        if (_isStacked)
        {
            (y, height) = Part(y, height / _length, start, end, shift, _picture.Height);
        }
        else
        {
            (x, width) = Part(x, width / _length, start, end, shift, _picture.Width);
        }

        var area = _isStacked
            ? new PixelRect(0, start - origin, target.Width, end - start)
            : new PixelRect(start - origin, 0, end - start, target.Height);
        _sampler.Draw(_picture, new CropWindow(x, y, width, height), target, area);
    }

    public void Dispose() => _picture.Dispose();

    // At its ends a line shows a few pixels of what it hides: they are taken from the edge.
    private static (long At, long Size) Part(long window, long step, int start, int end, long shiftQ16, int size)
    {
        var at = window + (long)(((Int128)(((long)start << 16) - shiftQ16) * step) >> 16);
        return (Math.Clamp(at, 0, Math.Max(0, ((long)size << 32) - (step * (end - start)))), step * (end - start));
    }
}
