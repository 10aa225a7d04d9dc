using Url2Video.Farm.Media.Pixels;
using Url2Video.Farm.Media.Text;

namespace Url2Video.Farm.Media.Composition;

internal sealed partial class CardBuilder
{
    private void AddTitle(TextCard.Title card)
    {
        var isCentred = card.Place != CardPlace.BottomLeft;
        var width = Content.Width * (isCentred ? 92 : 80) / 100;
        var isTall = Content.Height > Content.Width;
        var title = Fit(card.Text, Style(isCentred ? 92 : 84, 46, isTall ? 6 : 4, isBold: true, lineHeight: 1_140), width,
            Content.Height * 6 / 10);
        var kicker = card.Kicker is null ? null : Fit(card.Kicker, Style(32, 24, 1, isBold: true), width, Size(60));
        var subtitle = card.Subtitle is null
            ? null
            : Fit(card.Subtitle, Style(42, 30, 3, isBold: false, lineHeight: 1_320), width * 9 / 10, Content.Height / 4);

        var gap = Size(26);
        var height = (kicker is null ? 0 : kicker.Height + gap) + title.Height + (subtitle is null ? 0 : subtitle.Height + gap);
        var y = card.Place switch
        {
            CardPlace.Top => Content.Y,
            CardPlace.BottomLeft => Content.Bottom - height,
            _ => Content.Y + ((Content.Height - height) / 2),
        };
        var x = isCentred ? Content.X + ((Content.Width - width) / 2) : title.IsRightToLeft ? Content.Right - width : Content.X;
        var align = isCentred ? LineAlign.Centre : LeftUnless(title.IsRightToLeft);
        var region = new PixelRect(x, y, width, height);

        if (kicker is not null)
        {
            AddText(kicker, x, y, width, align, context.Accent, Rising(card, 0));
            y += kicker.Height + gap;
        }

        AddText(title, x, y, width, align, context.Paper, Rising(card, kicker is null ? 0 : 80));
        y += title.Height + gap;
        if (subtitle is not null)
        {
            AddText(subtitle, x, y, width, align, context.Paper, Rising(card, 200), opacity: 225);
        }

        var shape = card.Place switch
        {
            CardPlace.Top => VeilShape.FromTop,
            CardPlace.BottomLeft => VeilShape.FromBottom,
            _ => VeilShape.Whole,
        };
        _panels.Add(new Panel(region, shape, Veiled(card)));
    }

    private void AddQuote(TextCard.Quote card)
    {
        var width = Content.Width * 84 / 100;
        var isTall = Content.Height > Content.Width;
        var text = Fit(card.Text, Style(62, 36, isTall ? 9 : 5, isBold: false, lineHeight: 1_340), width, Content.Height * 6 / 10);
        var mark = Fit("“", Style(190, 190, 1, isBold: true, lineHeight: 640), width, Content.Height);
        var source = card.Source is null ? null : Fit(card.Source, Style(34, 26, 2, isBold: true), width, Size(100));

        var gap = Size(34);
        var height = mark.Height + text.Height + (source is null ? 0 : gap + source.Height);
        var x = Content.X + ((Content.Width - width) / 2);
        var y = Content.Y + Math.Max(0, (Content.Height - height) / 2);
        var align = LeftUnless(text.IsRightToLeft);
        _panels.Add(new Panel(new PixelRect(x, y, width, height), VeilShape.Whole, Veiled(card)));

        AddSign(mark, x, y + Size(30), width, align, context.Accent, Rising(card, 0));
        y += mark.Height;
        AddText(text, x, y, width, align, context.Paper, Rising(card, 80));
        y += text.Height + gap;
        if (source is not null)
        {
            var bar = new PixelRect(align == LineAlign.Left ? x : x + width - Size(44), y + (source.LineHeight / 2) - Size(2), Size(44),
                Math.Max(2, Size(4)));
            AddBox(bar, Size(2), context.Theme.Accent, 255, Fading(card, 260));
            var indent = Size(62);
            AddText(source, align == LineAlign.Left ? x + indent : x - indent, y, width, align, context.Paper, Rising(card, 260),
                opacity: 225);
        }
    }

    private void AddBigNumber(TextCard.BigNumber card)
    {
        var value = Fit(card.Value, Style(270, 90, 1, isBold: true, lineHeight: 1_050), Content.Width, Content.Height * 6 / 10);
        var label = Fit(card.Label, Style(50, 32, 3, isBold: false, lineHeight: 1_300), Content.Width * 8 / 10, Content.Height * 3 / 10);
        var gap = Size(14);
        var height = value.Height + gap + label.Height;
        var y = Content.Y + ((Content.Height - height) / 2);
        _panels.Add(new Panel(new PixelRect(Content.X, y, Content.Width, height), VeilShape.Whole, Veiled(card)));
        if (card.Motion is { Counter: { } counter })
        {
            AddCounter(counter, value, y, Rising(card, 0));
        }
        else
        {
            AddText(value, Content.X, y, Content.Width, LineAlign.Centre, context.Accent, Rising(card, 0));
        }

        AddText(label, Content.X, y + value.Height + gap, Content.Width, LineAlign.Centre, context.Paper, Rising(card, 160));
    }

    private void AddPlaced(TextCard.Placed card)
    {
        var em = (int)((long)context.Safe.ShortSide * card.SizeMillionths / 1_000_000);
        var style = new TextStyle(context.Theme.FontFamily, card.IsBold, Math.Max(8, em), Math.Max(7, em / 2), 1);
        var text = Fit(card.Text, style, context.Width, context.Height);
        var width = text.Width;
        var anchor = (int)((long)context.Width * card.XMillionths / 1_000_000);
        var x = card.Align switch { LineAlign.Left => anchor, LineAlign.Right => anchor - width, _ => anchor - (width / 2) };
        var y = (int)((long)context.Height * card.YMillionths / 1_000_000);
        var rise = (int)((long)context.Safe.ShortSide * card.RiseMillionths * 256 / 1_000_000);
        var timing = Rising(card, 0) with { FadeIn = context.Rate.FramesIn(card.FadeInMilliseconds), RiseQ8 = rise };
        if (card.IsBoxed)
        {
            // Padding grows to the left and up from the line, so that the text itself stands where it was asked.
            AddBox(new PixelRect(x, y, width, text.Height).Inflate(Size(26)), Size(8), context.Theme.Ink, BoxOpacity, timing);
        }

        else if (card.IsKeptReadable)
        {
            _panels.Add(new Panel(new PixelRect(x, y, width, text.Height), VeilShape.Around, timing with { RiseQ8 = 0 }));
        }

        AddText(text, x, y, width, LineAlign.Left, card.Colour.ToYuv(), timing, card.HasShadow && !card.IsBoxed);
    }
}
