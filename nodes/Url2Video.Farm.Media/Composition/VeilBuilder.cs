using Url2Video.Farm.Media.Pixels;

namespace Url2Video.Farm.Media.Composition;

/// <summary>
/// Puts veils of the theme's ink under text that the background would swallow. The background is measured once per shot, at
/// its first, middle and last frame, so the decision depends on the shot alone.
/// </summary>
internal static class VeilBuilder
{
    /// <summary>Beyond this share of light (or dark) pixels under the text, it counts as light (or dark).</summary>
    private const int Percentile = 92;

    public static List<Sprite> Create(CardBuilder cards, IBackgroundRenderer background, long frames, RenderContext context)
    {
        var veils = new List<Sprite>();
        if (cards.Panels.Count == 0)
        {
            return veils;
        }

        var meters = cards.Panels.Select(_ => new LumaMeter()).ToList();
        using (var frame = new YuvImage(context.Width, context.Height))
        {
            foreach (var at in (long[])[0, frames / 2, frames - 1])
            {
                background.Glance(at, frame);
                for (var i = 0; i < meters.Count; i++)
                {
                    meters[i].Add(frame, cards.Panels[i].Region);
                }
            }
        }

        var ink = context.Theme.Ink.ToYuv();
        for (var i = 0; i < meters.Count; i++)
        {
            var worst = meters[i].Percentile(context.Paper.Y > ink.Y ? Percentile : 100 - Percentile);
            var opacity = Contrast.VeilFor(context.Paper.Y, worst, ink.Y);
            if (opacity > 0)
            {
                veils.Add(Veil(cards.Panels[i], opacity, ink, context));
            }
        }

        return veils;
    }

    private static Sprite Veil(CardBuilder.Panel panel, int opacity, Yuv ink, RenderContext context)
    {
        var fade = context.Height * 34 / 100;
        var mask = panel.Shape switch
        {
            CardBuilder.VeilShape.FromBottom => FromBottom(Math.Max(0, panel.Region.Y - (fade / 4)) & ~1),
            CardBuilder.VeilShape.FromTop => FromTop(Math.Min(context.Height, panel.Region.Bottom + (fade / 4)) & ~1),
            CardBuilder.VeilShape.Around => Around(context.Safe.ShortSide * 22 / 1000),
            _ => MaskShapes.Even(context.Width, context.Height, (byte)opacity),
        };
        var evenOpacity = panel.Shape == CardBuilder.VeilShape.Around ? opacity : 255;
        return new Sprite(mask, 0, 0, ink, evenOpacity, panel.Timing);

        Mask Around(int padding)
        {
            var box = panel.Region.Inflate(padding);
            return MaskShapes.RoundedBox(box.X & ~1, box.Y & ~1, box.Width, box.Height, padding / 2);
        }

        // The fade lies outside the text, so that all of it has the full veil.
        Mask FromBottom(int full)
        {
            var y = Math.Max(0, full - fade) & ~1;
            return MaskShapes.Fade(y, context.Width, context.Height - y, Math.Max(1, full - y), opacity, isUpsideDown: false);
        }

        Mask FromTop(int full)
        {
            var end = Math.Min(context.Height, full + fade);
            return MaskShapes.Fade(0, context.Width, end, Math.Max(1, end - full), opacity, isUpsideDown: true);
        }
    }
}
