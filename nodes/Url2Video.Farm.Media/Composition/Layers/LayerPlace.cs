using Url2Video.Farm.Media.Audio;
using Url2Video.Farm.Media.Pixels;

namespace Url2Video.Farm.Media.Composition;

/// <summary>A pose on a frame: which pixels it touches, and where each of them is read in a content. Pure.</summary>
internal readonly struct LayerPlace
{
    /// <summary>How far a filter reaches beyond the layer's edge, in pixels of the frame.</summary>
    private const int Reach = 2;

    /// <summary>The turned sampler is bilinear: it takes no more than a pixel and a quarter to each of the frame's.</summary>
    private const long TurnedStepMaxQ32 = 5L << 30;

    private readonly LayerPose _pose;
    private readonly long _widthQ32, _heightQ32;
    private readonly double _sin, _cos;

    /// <param name="size">Of the layer at scale 1.</param>
    public LayerPlace(LayerPose pose, LayerSize size)
    {
        _pose = pose;
        _widthQ32 = Math.Max(1, (long)((Int128)size.WidthQ32 * pose.ScaleQ32 >> 32));
        _heightQ32 = Math.Max(1, (long)((Int128)size.HeightQ32 * pose.ScaleQ32 >> 32));
        (_sin, _cos) = pose.IsUpright ? (0, 1) : (StrictMath.SinTurns(pose.Turns), StrictMath.CosTurns(pose.Turns));
    }

    public bool IsUpright => _pose.IsUpright;

    public long StepMaxQ32 => IsUpright ? FrameSampler.StepMaxQ32 : TurnedStepMaxQ32;

    /// <summary>Pixels of a content of a size to a pixel of the frame; at most 2²⁸, for a layer that is hardly there.</summary>
    public (long X, long Y) StepsFor(int width, int height) => (Step(width, _widthQ32), Step(height, _heightQ32));

    /// <summary>The even rectangle of a frame that the layer touches; empty when it is out of sight.</summary>
    public PixelRect Area(int frameWidth, int frameHeight)
    {
        var (halfX, halfY) = (_widthQ32 >> 1, _heightQ32 >> 1);
        if (!IsUpright)
        {
            var (w, h, sin, cos) = ((double)halfX, (double)halfY, Math.Abs(_sin), Math.Abs(_cos));
            (halfX, halfY) = ((long)Math.Min((w * cos) + (h * sin), 1e15), (long)Math.Min((w * sin) + (h * cos), 1e15));
        }

        var (left, right) = Ends(_pose.XQ32, halfX, frameWidth);
        var (top, bottom) = Ends(_pose.YQ32, halfY, frameHeight);
        return new PixelRect(left, top, Math.Max(0, right - left), Math.Max(0, bottom - top));
    }

    /// <summary>The left edge of an upright layer, 32.32 pixels of the frame; likewise the others.</summary>
    public (long Left, long Top, long Right, long Bottom) EdgesQ32
    {
        get
        {
            var (left, top) = (_pose.XQ32 - (_widthQ32 >> 1), _pose.YQ32 - (_heightQ32 >> 1));
            return (left, top, left + _widthQ32, top + _heightQ32);
        }
    }

    /// <summary>What of an upright content with its rim is seen in an area.</summary>
    public CropWindow WindowOf(PixelRect area, int width, int height)
    {
        var (stepX, stepY) = StepsFor(width, height);
        return new CropWindow(
            Corner(area.X, _pose.XQ32 - (_widthQ32 >> 1), stepX), Corner(area.Y, _pose.YQ32 - (_heightQ32 >> 1), stepY),
            stepX * area.Width, stepY * area.Height);
    }

    /// <summary>Where a turned content with its rim is read in an area; pixel centres at whole numbers, from the area's corner.</summary>
    public LayerWarp WarpOf(PixelRect area, int width, int height)
    {
        const double One = 1L << 32;
        var (scaleX, scaleY) = (width * One / _widthQ32, height * One / _heightQ32);
        var (dx, dy) = (area.X + 0.5 - (_pose.XQ32 / One), area.Y + 0.5 - (_pose.YQ32 / One));
        var (middleX, middleY) = ((width / 2.0) + LayerContent.Rim - 0.5, (height / 2.0) + LayerContent.Rim - 0.5);

        // Clockwise on the frame is anticlockwise back into the content.
        return new LayerWarp(
            middleX + (scaleX * ((_cos * dx) + (_sin * dy))), scaleX * _cos, scaleX * _sin,
            middleY + (scaleY * ((_cos * dy) - (_sin * dx))), -(scaleY * _sin), scaleY * _cos);
    }

    private static long Step(int content, long sizeQ32) => (long)Int128.Min(((Int128)content << 64) / sizeQ32, 1L << 60);

    private static (int Start, int End) Ends(long middleQ32, long halfQ32, int frame)
    {
        var start = Math.Clamp((long)(((Int128)middleQ32 - halfQ32) >> 32) - Reach, 0, frame);
        var end = Math.Clamp((long)(((Int128)middleQ32 + halfQ32) >> 32) + 1 + Reach, 0, frame);
        return ((int)start & ~1, (int)(end + 1) & ~1);
    }

    private static long Corner(int at, long edgeQ32, long step) =>
        ((long)LayerContent.Rim << 32) + (long)((Int128)(((long)at << 32) - edgeQ32) * step >> 32);
}
