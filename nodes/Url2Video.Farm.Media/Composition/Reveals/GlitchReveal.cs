using Url2Video.Farm.Media.Pixels;

namespace Url2Video.Farm.Media.Composition;

/// <summary>Bands jump to and fro, their colours beside their light, less and less until they fit. Each jump holds for a moment.</summary>
internal sealed class GlitchReveal(LogoPicture logo, LogoPainter painter, ulong seed) : IReveal
{
    private const int Bands = 12;
    private const int Jumps = 14;

    public void Draw(YuvImage target, int x, int y, long time)
    {
        var jump = (int)(time * Jumps >> 30);
        var left = EasingCurve.One - time;
        var reach = (int)(left * (logo.Width / 5) >> 30);
        var random = new SplitMix64(seed + (ulong)(jump + 1) * 0x9E37_79B9);
        var height = Math.Max(2, (logo.Height / Bands) & ~1);
        for (var top = 0; top < logo.Height; top += height)
        {
            // Every band draws its numbers, seen or not: what one does must not depend on another's size.
            var (shift, colour, isSeen) = (random.Between(-reach, reach), random.Between(-reach, reach) / 3, random.Between(0, 99));
            if (isSeen >= (int)(left * 60 >> 30))
            {
                var band = new PixelRect(0, top, logo.Width, Math.Min(height, logo.Height - top));
                var place = new LogoPlacement((long)(x + shift) << 16, (long)(y + top) << 16, LogoPlacement.OwnSize, colour & ~1);
                painter.Paint(target, place, band, default(WholeWeight), FixedPoint.One15);
            }
        }
    }

    public void Dispose()
    {
        // It holds nothing of its own.
    }
}
