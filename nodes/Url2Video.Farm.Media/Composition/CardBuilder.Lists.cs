using Url2Video.Farm.Media.Pixels;
using Url2Video.Farm.Media.Text;

namespace Url2Video.Farm.Media.Composition;

internal sealed partial class CardBuilder
{
    /// <summary>Makes paper on ink readable over any picture, white included.</summary>
    internal const int BoxOpacity = 190;

    private void AddBullets(TextCard.Bullets card)
    {
        var points = card.Points.Take(CompositionLimits.BulletsPerCardMax).ToList();
        var heading = card.Heading is null
            ? null
            : Fit(card.Heading, Style(66, 42, 2, isBold: true, lineHeight: 1_160), Content.Width, Content.Height / 3);
        var isRightToLeft = heading?.IsRightToLeft ?? (points.Count > 0 && Scripts.IsRightToLeft(points[0].Text));
        var (headingGap, gap, indent) = (Size(44), Size(26), Size(52));
        var room = Content.Height - (heading is null ? 0 : heading.Height + headingGap) - (gap * Math.Max(0, points.Count - 1));
        var texts = FitAlike([.. points.Select(p => p.Text)], Content.Width - indent, room);

        var height = (heading is null ? 0 : heading.Height + headingGap) + texts.Sum(t => t.Height) + (gap * Math.Max(0, texts.Count - 1));
        var y = Content.Y + Math.Max(0, (Content.Height - height) / 2);
        var align = LeftUnless(isRightToLeft);
        _panels.Add(new Panel(new PixelRect(Content.X, y, Content.Width, height), VeilShape.Whole, Veiled(card)));
        if (heading is not null)
        {
            _motion = card.HeadingMotion;
            AddText(heading, Content.X, y, Content.Width, align, context.Paper, Rising(card, 0));
            y += heading.Height + headingGap;
            _motion = card.Motion;
        }

        for (var i = 0; i < texts.Count; i++)
        {
            RestartPace();
            var timing = Rising(card, 0, riseThousandths: 20) with { Start = Math.Max(card.StartFrame, points[i].StartFrame) };
            AddMarker(isRightToLeft ? Content.Right - Size(18) : Content.X, y + (texts[i].LineHeight / 2), timing);
            AddText(texts[i], isRightToLeft ? Content.X : Content.X + indent, y, Content.Width - indent, align, context.Paper, timing);
            y += texts[i].Height + gap;
        }
    }

    /// <summary>All points in the size of the one that needs the smallest.</summary>
    private List<LaidOutText> FitAlike(IReadOnlyList<string> points, int width, int height)
    {
        var style = Style(48, 30, 3, isBold: false, lineHeight: 1_300);
        var texts = points.Select(p => Fit(p, style, width, height)).ToList();
        while (texts.Count > 0 && style.EmMax > style.EmMin && (texts.Any(t => t.Em < style.EmMax) || texts.Sum(t => t.Height) > height))
        {
            style = style with { EmMax = Math.Max(style.EmMin, Math.Min(style.EmMax - 1, texts.Min(t => t.Em))) };
            texts = [.. points.Select(p => Fit(p, style, width, height))];
        }

        return texts;
    }

    private void AddMarker(int x, int middle, SpriteTiming timing)
    {
        var size = Math.Max(4, Size(16)) & ~1;
        AddBox(new PixelRect(x, middle - (size / 2), size, size), size / 2, context.Theme.Accent, 255, timing);
    }

    private void AddLowerThird(TextCard.LowerThird card)
    {
        var (padding, bar) = (Size(28), Math.Max(2, Size(7)));
        var width = (Content.Width * (Content.Height > Content.Width ? 100 : 70) / 100) - (2 * padding) - bar;
        var text = Fit(card.Text, Style(44, 30, 2, isBold: true, lineHeight: 1_240), width, Size(160));
        var detail = card.Detail is null ? null : Fit(card.Detail, Style(32, 24, 2, isBold: false, lineHeight: 1_340), width, Size(120));

        var inner = Math.Max(text.Width, detail?.Width ?? 0);
        var height = text.Height + (detail?.Height ?? 0) + (2 * (padding * 2 / 3));
        var box = new PixelRect(0, Content.Bottom - height, inner + (2 * padding) + bar, height);
        box = box with { X = (text.IsRightToLeft ? Content.Right - box.Width : Content.X) & ~1, Y = box.Y & ~1 };
        var (align, timing) = (LeftUnless(text.IsRightToLeft), Fading(card, 0));

        AddBox(box, Size(10), context.Theme.Ink, BoxOpacity, timing);
        var barX = text.IsRightToLeft ? box.Right - bar - Size(12) : box.X + Size(12);
        AddBox(new PixelRect(barX, box.Y + Size(14), bar, box.Height - (2 * Size(14))), bar / 2, context.Theme.Accent, 255, timing);

        var x = text.IsRightToLeft ? box.X + padding : box.X + padding + bar;
        var y = box.Y + (padding * 2 / 3);
        AddText(text, x, y, inner, align, context.Paper, Rising(card, 120, riseThousandths: 10), hasShadow: false);
        if (detail is not null)
        {
            AddText(detail, x, y + text.Height, inner, align, context.Paper, Rising(card, 200, riseThousandths: 10), hasShadow: false,
                opacity: 215);
        }
    }
}
