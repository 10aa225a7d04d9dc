using Url2Video.Farm.Media.Pixels;

namespace Url2Video.Farm.Media.Composition;

/// <summary>
/// Where text may stand. Wide frames keep the title-safe margins of EBU R 95; tall ones also keep clear of what phone players
/// lay over them at the bottom.
/// </summary>
internal sealed record SafeArea(PixelRect Content, PixelRect Captions, int ShortSide)
{
    public static SafeArea Create(int width, int height, bool hasCaptions)
    {
        var shortSide = Math.Min(width, height);
        var isTall = height * 3 > width * 4; // taller than 3:4
        var marginX = width * (isTall ? 85 : 80) / 1000;
        var top = height * (isTall ? 110 : 90) / 1000;
        var bottom = height * (isTall ? 170 : 80) / 1000;
        var captionHeight = shortSide * 165 / 1000;
        var captions = Even(new PixelRect(marginX, height - bottom - captionHeight, width - (2 * marginX), captionHeight));
        var end = hasCaptions ? captions.Y - (shortSide * 30 / 1000) : height - bottom;
        return new SafeArea(Even(new PixelRect(marginX, top, width - (2 * marginX), end - top)), captions, shortSide);
    }

    private static PixelRect Even(PixelRect r) => new(r.X & ~1, r.Y & ~1, r.Width & ~1, r.Height & ~1);
}
