using Url2Video.Farm.Media.Pixels;

namespace Url2Video.Farm.Media.Composition;

/// <summary>What the sprites of one moving text share.</summary>
/// <param name="Start">The frame that the rule counts its time from.</param>
/// <param name="Timing">Tells when and how the text goes again.</param>
/// <param name="Extent">From where to where a wipe runs.</param>
/// <param name="IsRightToLeft">A wipe uncovers from the right.</param>
internal sealed record TextMove(PoseRule Rule, int Start, SpriteTiming Timing, PixelRect Extent, bool IsRightToLeft, RenderContext Context)
{
    public long MicrosAt(long frame) => MoveClock.MicrosAt(frame - Start, Context.Rate);

    /// <summary>How a unit stands at a frame, the end of the text's life counted in.</summary>
    public Pose PoseAt(long frame, int unit)
    {
        var pose = Rule.At(MicrosAt(frame), unit);
        return pose with { Alpha = FixedPoint.MulHrs(pose.Alpha, Timing.GoingAt(frame)) };
    }

    /// <summary>The edge of the wipe, or null when there is none or it has passed.</summary>
    public WipeEdge? EdgeAt(in Pose pose)
    {
        if (pose.Reveal >= EasingCurve.One)
        {
            return null;
        }

        // The soft edge starts before the text and ends behind it.
        var feather = Math.Max(8, Context.Safe.ShortSide / 20);
        var way = EasingCurve.Between(0, (long)(Extent.Width + feather) << 8, pose.Reveal);
        return new WipeEdge((int)(IsRightToLeft ? ((long)Extent.Right << 8) - way : ((long)Extent.X << 8) + way), feather, IsRightToLeft);
    }
}

/// <summary>A mask of a moving text: a word, a letter, or all of it.</summary>
/// <param name="unit">Its place among the units of the text.</param>
/// <param name="pivotX">The point it grows from.</param>
internal sealed class MovingSprite(
    Mask mask, int originX, int originY, Yuv colour, int opacity, TextMove move, int unit, int pivotX, int pivotY) : ISprite
{
    public void Draw(long frame, YuvImage target, MaskPainter painter)
    {
        if (frame < move.Start || frame >= move.Timing.End)
        {
            return;
        }

        var pose = move.PoseAt(frame, unit);
        var alpha = FixedPoint.MulHrs(pose.Alpha, FixedPoint.W15(opacity));
        if (pose.IsInPlace)
        {
            painter.Paint(target, mask, originX, originY << 8, colour, alpha);
            return;
        }

        var placement = new MaskPlacement(pivotX, pivotY, pose.ScaleQ16, pose.XQ16, pose.YQ16);
        move.Context.MaskSampler.Paint(target, mask, originX, originY, placement, move.EdgeAt(pose), colour, alpha);
    }

    public void Dispose() => mask.Dispose();
}
