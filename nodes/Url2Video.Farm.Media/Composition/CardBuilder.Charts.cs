using Url2Video.Farm.Media.Pixels;
using Url2Video.Farm.Media.Text;

namespace Url2Video.Farm.Media.Composition;

internal sealed partial class CardBuilder
{
    /// <summary>From one value of a chart to the next, milliseconds.</summary>
    private const int ChartStagger = 120;

    private void AddChart(TextCard.Chart card)
    {
        var values = card.Values.Take(CompositionLimits.ChartValuesMax).ToList();
        var heading = Fit(card.Heading, Style(60, 36, 2, isBold: true, lineHeight: 1_160), Content.Width, Content.Height / 4);
        _panels.Add(new Panel(Content, VeilShape.Whole, Veiled(card)));
        var align = LeftUnless(heading.IsRightToLeft);
        AddText(heading, Content.X, Content.Y, Content.Width, align, context.Paper, Rising(card, 0));
        var top = Content.Y + heading.Height + Size(40);
        var area = new PixelRect(Content.X, top, Content.Width, Content.Bottom - top);

        // The figures have their own way of coming, whatever the heading's is.
        _motion = null;
        switch (card.Shape)
        {
            case ChartShape.Bar:
                AddBars(card, values, area);
                break;
            case ChartShape.Line:
                AddLine(card, values, area);
                break;
            default:
                AddDonut(card, values, area);
                break;
        }
    }

    private void AddBars(TextCard.Chart card, List<ChartValue> values, PixelRect area)
    {
        var most = Math.Max(1, values.Max(v => v.Value));
        var pitch = Math.Min(area.Height / values.Count, Size(140));
        var start = area.Y + ((area.Height - (pitch * values.Count)) / 3);
        var labels = FitAlike([.. values.Select(v => v.Label)], area.Width * 28 / 100, pitch * values.Count, 1);
        var written = FitAlike([.. values.Select(v => v.Written)], area.Width * 20 / 100, pitch * values.Count, 1);
        var left = area.X + labels.Max(l => l.Width) + Size(28);
        var room = area.Right - left - written.Max(w => w.Width) - Size(28);
        for (var i = 0; i < values.Count; i++)
        {
            var (y, height) = (start + (i * pitch), Math.Max(4, pitch * 58 / 100) & ~1);
            var middle = y + (pitch / 2);
            var width = Math.Max(4, (int)(room * values[i].Value / most)) & ~1;
            var delay = 200 + (i * ChartStagger);
            AddText(labels[i], area.X, middle - (labels[i].Height / 2), left - Size(28) - area.X, LineAlign.Right, context.Paper,
                Rising(card, delay) with { RiseQ8 = 0 });
            AddGrowing(MaskShapes.RoundedBox(0, 0, width, height, Size(6)), left & ~1, (middle - (height / 2)) & ~1, TintOf(0, 1), card, delay);
            AddText(written[i], left + width + Size(18), middle - (written[i].Height / 2), written[i].Width, LineAlign.Left, context.Paper,
                Rising(card, delay + 450) with { RiseQ8 = 0 });
        }
    }

    private void AddLine(TextCard.Chart card, List<ChartValue> values, PixelRect area)
    {
        var most = Math.Max(1, values.Max(v => v.Value));
        var step = area.Width / values.Count;
        var labels = FitAlike([.. values.Select(v => v.Label)], step - Size(12), Size(120), 2);
        var written = FitAlike([.. values.Select(v => v.Written)], step - Size(12), Size(80), 1);
        var (under, over) = (labels.Max(l => l.Height) + Size(24), written.Max(w => w.Height) + Size(24));
        var height = Math.Max(8, area.Height - under - over);
        var points = values.Select((v, i) => (X: (step / 2) + (i * step), Y: over + (int)(height - (height * v.Value / most)))).ToList();
        var (originX, originY) = (area.X & ~1, area.Y & ~1);
        AddBox(new PixelRect(originX, originY + over + height + Size(4), step * values.Count, Math.Max(2, Size(3))), 0, context.Theme.Paper, 90,
            Fading(card, 100));
        AddGrowing(ChartShapes.Line(points, step * values.Count, over + height + Size(24), Math.Max(3, Size(8))), originX, originY, TintOf(0, 1), card, 200, 1_400);
        for (var i = 0; i < values.Count; i++)
        {
            var delay = 200 + (1_400 * i / values.Count);
            var (x, dot) = (originX + points[i].X, Math.Max(6, Size(22)) & ~1);
            AddBox(new PixelRect(x - (dot / 2), originY + points[i].Y - (dot / 2), dot, dot), dot / 2, context.Theme.Accent, 255, Fading(card, delay));
            var place = ChartShapes.FigurePlace(points, i, (written[i].Width, written[i].Height), new PixelRect(0, over, step * values.Count, height), Size(24));
            AddText(written[i], originX + place.X, originY + place.Y, written[i].Width, LineAlign.Left, context.Paper, Rising(card, delay + 150, 12));
            AddText(labels[i], x - (step / 2), originY + over + height + Size(20), step, LineAlign.Centre, context.Paper, Fading(card, delay));
        }
    }

    private void AddDonut(TextCard.Chart card, List<ChartValue> values, PixelRect area)
    {
        var sum = Math.Max(1, values.Sum(v => v.Value));
        var isTall = area.Height > area.Width;
        var side = Math.Min(isTall ? area.Width : area.Width * 45 / 100, isTall ? area.Height / 2 : area.Height) & ~3;
        var legend = isTall
            ? new PixelRect(area.X, area.Y + side + Size(30), area.Width, area.Height - side - Size(30))
            : new PixelRect(area.X + side + Size(80), area.Y, area.Width - side - Size(80), side);
        var pitch = Math.Min(legend.Height / values.Count, Size(90));
        var texts = FitAlike([.. values.Select(v => $"{v.Label}  {v.Written}")], legend.Width - Size(60), pitch * values.Count, 1);
        long before = 0;
        for (var i = 0; i < values.Count; i++)
        {
            var (delay, middle) = (200 + (i * ChartStagger), legend.Y + ((legend.Height - (pitch * values.Count)) / 2) + (i * pitch) + (pitch / 2));
            var slice = ChartShapes.Slice(side, before / (double)sum, (before + values[i].Value) / (double)sum);
            _sprites.Add(new Sprite(slice, area.X & ~1, area.Y & ~1, TintOf(i, values.Count), 255, Fading(card, delay)));
            before += values[i].Value;
            var chip = Math.Max(6, Size(28)) & ~1;
            _sprites.Add(new Sprite(MaskShapes.RoundedBox(0, 0, chip, chip, chip / 4), legend.X & ~1, (middle - (chip / 2)) & ~1, TintOf(i, values.Count), 255,
                Fading(card, delay)));
            AddText(texts[i], legend.X + Size(56), middle - (texts[i].Height / 2), legend.Width - Size(56), LineAlign.Left, context.Paper,
                Rising(card, delay, 12));
        }
    }

    /// <summary>A shape that is uncovered from the left.</summary>
    private void AddGrowing(Mask mask, int x, int y, Yuv colour, TextCard card, int delay, int length = 700)
    {
        var motion = new TextMotion(TextMotionKind.Wipe, delay, length, new CubicBezier(2_150, 6_100, 3_550, 10_000));
        var timing = Fading(card, 0);
        var extent = mask.Bounds with { X = x + mask.X, Y = y + mask.Y };
        var move = new TextMove(new PoseRule(motion, context.Safe.ShortSide), timing.Start, timing, extent, false, context);
        _sprites.Add(new MovingSprite(mask, x, y, colour, 255, move, 0, 0, 0));
    }

    private List<LaidOutText> FitAlike(IReadOnlyList<string> texts, int width, int height, int linesMax)
    {
        var style = Style(40, 22, linesMax, isBold: false, lineHeight: 1_200);
        var fitted = texts.Select(t => Fit(t, style, Math.Max(1, width), height)).ToList();
        var smallest = fitted.Min(t => t.Em);
        return smallest == style.EmMax ? fitted : [.. texts.Select(t => Fit(t, style with { EmMax = smallest }, Math.Max(1, width), height))];
    }

    /// <summary>One hue from dark to light, so that parts beside each other are told apart however many there are; a single one is the accent.</summary>
    private Yuv TintOf(int value, int count)
    {
        var (accent, ink, paper) = (context.Theme.Accent, context.Theme.Ink, context.Theme.Paper);
        var place = count == 1 ? 128 : value * 256 / (count - 1);
        var tint = place <= 128 ? accent.Mix(ink, (128 - place) * 110 / 128) : accent.Mix(paper, (place - 128) * 210 / 128);
        return Contrast.Readable(tint, ink, paper).ToYuv();
    }
}
