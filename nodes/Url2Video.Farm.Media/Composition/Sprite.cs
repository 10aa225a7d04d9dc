using Url2Video.Farm.Media.Pixels;

namespace Url2Video.Farm.Media.Composition;

/// <summary>When a sprite is seen and how it comes and goes; frames count from the start of the shot.</summary>
/// <param name="End">First frame it is gone; <see cref="TextCard.ToTheEnd"/> to stay.</param>
/// <param name="FadeIn">Frames until it is fully there.</param>
/// <param name="FadeOut">Frames before <paramref name="End"/> in which it goes.</param>
/// <param name="RiseFrames">Frames until it has come to rest.</param>
/// <param name="RiseQ8">How far below its place it starts, 1/256 pixel.</param>
internal readonly record struct SpriteTiming(int Start, int End, int FadeIn, int FadeOut, int RiseFrames = 0, int RiseQ8 = 0)
{
    public bool IsSeen(long frame) => frame >= Start && frame < End;

    /// <summary>Opacity of a frame, 0..32767.</summary>
    public int AlphaAt(long frame)
    {
        // The first frame already shows a little, and the last still does.
        var comes = EasingCurve.At(Easing.Smooth, frame - Start + 1, FadeIn);
        var goes = End == TextCard.ToTheEnd ? EasingCurve.One : EasingCurve.At(Easing.Smooth, End - frame, FadeOut);
        return (int)(Math.Min(comes, goes) * FixedPoint.One15 >> 30);
    }

    /// <summary>It has come, all of it, and does not go yet.</summary>
    public bool IsAtRest(long frame) =>
        frame >= Start + Math.Max(FadeIn, RiseFrames) && (End == TextCard.ToTheEnd || frame < End - FadeOut);

    /// <summary>What its going leaves of it, 0..32767: <see cref="AlphaAt"/> without its coming.</summary>
    public int GoingAt(long frame) =>
        End == TextCard.ToTheEnd ? FixedPoint.One15 : (int)(EasingCurve.At(Easing.Smooth, End - frame, FadeOut) * FixedPoint.One15 >> 30);

    /// <summary>Distance below its place, 1/256 pixel.</summary>
    public int DropAt(long frame) =>
        RiseQ8 == 0 ? 0 : (int)(RiseQ8 - EasingCurve.Between(0, RiseQ8, EasingCurve.At(Easing.OutCubic, frame - Start, RiseFrames)));
}

/// <summary>A mask, its colour and its life: the one thing that cards are made of.</summary>
/// <param name="OriginX">Even.</param>
/// <param name="Opacity">Of all of it when fully there, 0..255.</param>
internal sealed record Sprite(Mask Mask, int OriginX, int OriginY, Yuv Colour, int Opacity, SpriteTiming Timing) : ISprite
{
    public PixelRect Bounds => Mask.Bounds with { X = Mask.X + OriginX, Y = Mask.Y + OriginY };

    public void Draw(long frame, YuvImage target, MaskPainter painter)
    {
        if (Timing.IsSeen(frame))
        {
            var alpha = FixedPoint.MulHrs(Timing.AlphaAt(frame), FixedPoint.W15(Opacity));
            painter.Paint(target, Mask, OriginX, (OriginY << 8) + Timing.DropAt(frame), Colour, alpha);
        }
    }

    public void Dispose() => Mask.Dispose();
}
