using Url2Video.Farm.Media.Pixels;
using Url2Video.Farm.Media.Text;

namespace Url2Video.Farm.Media.Composition;

/// <summary>
/// Lays out the cards of one shot and makes their sprites. Sizes are thousandths of the frame's shorter side, so a card has the
/// same look in every format.
/// </summary>
internal sealed partial class CardBuilder(RenderContext context)
{
    private readonly List<ISprite> _sprites = [];
    private readonly List<Panel> _panels = [];
    private readonly List<LaidText> _texts = [];
    private readonly TextLayout _layout = new(context.Fonts,
        rune => context.Warn(CompositionWarningKind.GlyphMissing, $"U+{rune.Value:X4}"));

    /// <summary>A region that text stands on, and how its veil is shaped.</summary>
    internal readonly record struct Panel(PixelRect Region, VeilShape Shape, SpriteTiming Timing);

    internal enum VeilShape
    {
        Whole,
        FromTop,
        FromBottom,

        /// <summary>A box behind the text alone.</summary>
        Around,
    }

    public IReadOnlyList<ISprite> Sprites => _sprites;

    /// <summary>Text that has no box of its own: the picture under it must be calm and dark enough.</summary>
    public IReadOnlyList<Panel> Panels => _panels;

    /// <summary>Where texts come to rest.</summary>
    public IReadOnlyList<LaidText> Texts => _texts;

    private PixelRect Content => context.Safe.Content;

    public void Add(TextCard card)
    {
        _motion = card.Motion;
        RestartPace();
        switch (card)
        {
            case TextCard.Title title:
                AddTitle(title);
                break;
            case TextCard.Bullets bullets:
                AddBullets(bullets);
                break;
            case TextCard.LowerThird lower:
                AddLowerThird(lower);
                break;
            case TextCard.Quote quote:
                AddQuote(quote);
                break;
            case TextCard.BigNumber number:
                AddBigNumber(number);
                break;
            case TextCard.Chart chart:
                AddChart(chart);
                break;
            case TextCard.Placed placed:
                AddPlaced(placed);
                break;
            default:
                throw new ArgumentException($"Not a card: {card}.", nameof(card));
        }
    }

    /// <summary>Thousandths of the shorter side, in pixels.</summary>
    private int Size(int thousandths) => Math.Max(1, context.Safe.ShortSide * thousandths / 1000);

    private TextStyle Style(int emMax, int emMin, int linesMax, bool isBold, int lineHeight = 1_220) =>
        new(context.Theme.FontFamily, isBold, Math.Max(8, Size(emMax)), Math.Max(7, Size(emMin)), linesMax, lineHeight);

    private LaidOutText Fit(string text, TextStyle style, int width, int height)
    {
        var isLong = text.Length > CompositionLimits.TextCharsMax;
        var laidOut = _layout.Fit([new TextSpan(isLong ? text[..CompositionLimits.TextCharsMax] : text)], style, width, height);
        if (laidOut.IsCut || isLong)
        {
            context.Warn(CompositionWarningKind.TextCut, text.Length > 60 ? $"{text[..60]}…" : text);
        }

        return laidOut;
    }

    /// <param name="x">Of the block's left edge; made even.</param>
    /// <param name="width">Of the block, for the alignment.</param>
    /// <returns>Where the text stands.</returns>
    private PixelRect AddText(LaidOutText text, int x, int y, int width, LineAlign align, Yuv colour, SpriteTiming timing,
        bool hasShadow = true, int opacity = 255)
    {
        x &= ~1;
        var left = align switch { LineAlign.Left => 0, LineAlign.Right => width - text.Width, _ => (width - text.Width) / 2 };
        var place = new PixelRect(x + left, y, text.Width, text.Height);
        if (_motion is not null)
        {
            AddMoving(text, x, place, width, align, colour, timing, hasShadow, opacity);
            return place;
        }

        _texts.Add(new LaidText(place, colour, timing.IsAtRest));
        foreach (var bitmap in context.Rasterizer.Render(text, align, width))
        {
            if (hasShadow && colour.Y > 110)
            {
                var shadow = MaskShapes.Shadow(bitmap.Mask, Math.Max(1, text.Em / 16), gain: 200);
                _sprites.Add(new Sprite(shadow, x, y + Math.Max(1, text.Em / 32), new Yuv(16, 128, 128), 150, timing));
            }

            _sprites.Add(new Sprite(bitmap.Mask, x, y, colour, opacity, timing));
        }

        return place;
    }

    private void AddBox(PixelRect box, int radius, Rgb colour, int opacity, SpriteTiming timing)
    {
        var (x, y) = (box.X & ~1, box.Y & ~1);
        if (_motion is not null)
        {
            AddMovingBox(MaskShapes.RoundedBox(0, 0, box.Width, box.Height, radius), x, y, colour.ToYuv(), opacity, timing);
            return;
        }

        _sprites.Add(new Sprite(MaskShapes.RoundedBox(0, 0, box.Width, box.Height, radius), x, y, colour.ToYuv(), opacity, timing));
    }

    /// <summary>Comes up by 4 % of the shorter side in 0.6 s, fades in over 0.4 s and out over 0.3 s.</summary>
    private SpriteTiming Rising(TextCard card, int delayMilliseconds, int riseThousandths = 37)
    {
        // A text whose motion is named comes as one: its own delay is all it waits.
        var start = card.StartFrame + (_motion is null ? context.Rate.FramesIn(delayMilliseconds) : 0);
        return new SpriteTiming(
            start, card.EndFrame, context.Rate.FramesIn(400), context.Rate.FramesIn(300), context.Rate.FramesIn(600),
                Size(riseThousandths) << 8);
    }

    private SpriteTiming Fading(TextCard card, int delayMilliseconds) => Rising(card, delayMilliseconds) with { RiseQ8 = 0 };

    private static LineAlign LeftUnless(bool isRightToLeft) => isRightToLeft ? LineAlign.Right : LineAlign.Left;
}
