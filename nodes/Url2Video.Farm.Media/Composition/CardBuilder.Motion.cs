using System.Collections.Immutable;
using Url2Video.Farm.Media.Pixels;
using Url2Video.Farm.Media.Text;

namespace Url2Video.Farm.Media.Composition;

internal sealed partial class CardBuilder
{
    private static readonly Yuv s_shadow = new(16, 128, 128);

    private TextMotion? _motion;
    private int _paceStart, _paceUnits;
    private CursorEnd? _cursor;

    /// <summary>A cursor that becomes the last of its text unless another one follows.</summary>
    private sealed record CursorEnd(int Index, Func<bool, ISprite> Create);

    /// <summary>The next text is the first of its card, or of its point: its words or letters are counted anew.</summary>
    private void RestartPace() => (_paceStart, _paceUnits, _cursor) = (-1, 0, null);

    private void AddMoving(LaidOutText text, int x, PixelRect place, int width, LineAlign align, Yuv colour, SpriteTiming timing, bool hasShadow,
        int opacity)
    {
        if (TryMorph(text, x, place, width, align, colour, timing, hasShadow, opacity))
        {
            return;
        }

        // The figure counts, the headline becomes another; what stands beside it fades in.
        var motion = _motion!.Kind is TextMotionKind.CountUp or TextMotionKind.Morph ? Faded(_motion) : _motion;
        var (pieces, count) = motion.Kind switch
        {
            TextMotionKind.WordByWord or TextMotionKind.WordPop => TextPieces.Words(text),
            TextMotionKind.LetterByLetter or TextMotionKind.Typewriter => TextPieces.Letters(text),
            _ => (text, 0),
        };
        _paceStart = _paceStart < 0 ? timing.Start : _paceStart;
        var move = new TextMove(new PoseRule(motion, context.Safe.ShortSide), motion.HasPace ? _paceStart : timing.Start, timing, place,
            text.IsRightToLeft, context);
        var bitmaps = context.Rasterizer.Render(pieces, align, width);

        // All shadows lie under all letters: a letter must not darken the one before it.
        var drop = Math.Max(1, text.Em / 32);
        foreach (var bitmap in bitmaps.Where(_ => hasShadow && colour.Y > 110))
        {
            AddMovingMask(MaskShapes.Shadow(bitmap.Mask, Math.Max(1, text.Em / 16), gain: 200), bitmap, drop, s_shadow, 150);
        }

        foreach (var bitmap in bitmaps)
        {
            AddMovingMask(bitmap.Mask, bitmap, 0, colour, opacity);
        }

        if (motion is { Kind: TextMotionKind.Typewriter, HasCursor: true })
        {
            AddCursor(bitmaps, pieces, count, place, x, move);
        }

        var last = motion.HasPace ? _paceUnits + count - 1 : 0;
        _texts.Add(new LaidText(place, colour, frame => timing.IsSeen(frame) && move.PoseAt(frame, last) is { IsInPlace: true, Alpha: FixedPoint.One15 }));
        _paceUnits += count;

        void AddMovingMask(Mask mask, TextBitmap bitmap, int below, Yuv ink, int inkOpacity)
        {
            var (pivotX, pivotY) = motion.HasPace
                ? (x + bitmap.Mask.X + (bitmap.Mask.Luma.Width / 2), place.Y + bitmap.Mask.Y + (bitmap.Mask.Luma.Height / 2))
                : (place.X + (place.Width / 2), place.Y + (place.Height / 2));
            _sprites.Add(motion.Kind == TextMotionKind.BlurIn
                ? new BlurSprite(mask, Math.Max(2, text.Em / 4), x, place.Y + below, ink, inkOpacity, move)
                : new MovingSprite(mask, x, place.Y + below, ink, inkOpacity, move, _paceUnits + bitmap.Tag, pivotX, pivotY));
        }
    }

    private bool TryMorph(LaidOutText text, int x, PixelRect place, int width, LineAlign align, Yuv colour, SpriteTiming timing, bool hasShadow, int opacity)
    {
        if (_motion!.Morph is not { } morph || text.Lines.IsEmpty || !IsSame(text, morph.To))
        {
            return false;
        }

        var style = new TextStyle(
            context.Theme.FontFamily, text.Lines[0].Runs[0].Face.File.Style == "Bold", text.Em, Math.Max(7, text.Em / 2), text.Lines.Length + 1,
            ((1000 * text.LineHeight) + text.Em - 1) / text.Em);
        var from = _layout.Fit([new TextSpan(morph.From)], style, width, Math.Max(text.Height, 2 * text.LineHeight));
        var move = new TextMove(new PoseRule(_motion, context.Safe.ShortSide), timing.Start, timing, place, false, context);
        _sprites.Add(new MorphSprite(
            from, text, ((text.Height - from.Height) / 2) & ~1, align, width, x, place.Y, colour, opacity, hasShadow && colour.Y > 110, move));
        return true;
    }

    // Lines break at spaces, which are gone then.
    private static bool IsSame(LaidOutText text, string words) =>
        string.Concat(text.Lines.SelectMany(l => l.Runs).SelectMany(r => r.Text).Where(c => !char.IsWhiteSpace(c)))
            == string.Concat(words.Where(c => !char.IsWhiteSpace(c)));

    /// <summary>A sign that belongs to a text and is no part of it: it is there before the first letter is typed.</summary>
    private void AddSign(LaidOutText sign, int x, int y, int width, LineAlign align, Yuv colour, SpriteTiming timing)
    {
        var motion = _motion;
        _motion = motion is { HasPace: true } ? Faded(motion) : motion;
        AddText(sign, x, y, width, align, colour, timing);
        _motion = motion;
        RestartPace();
    }

    /// <summary>Boxes go with a text that comes as a whole; under others they fade in.</summary>
    private void AddMovingBox(Mask mask, int x, int y, Yuv colour, int opacity, SpriteTiming timing)
    {
        var motion = _motion!.IsWhole ? _motion : Faded(_motion);
        var move = new TextMove(new PoseRule(motion, context.Safe.ShortSide), timing.Start, timing, default, false, context);
        _sprites.Add(new MovingSprite(mask, x, y, colour, opacity, move, 0, 0, 0));
    }

    private void AddCursor(List<TextBitmap> bitmaps, LaidOutText pieces, int count, PixelRect place, int x, TextMove move)
    {
        var places = CursorPlaces.Of(bitmaps, pieces, count, place, x);
        var (width, height) = (Math.Max(2, pieces.Em / 16), Math.Max(2, pieces.Em * 9 / 10));
        var (first, colour) = (_paceUnits, context.Accent);
        if (_cursor is { } before)
        {
            _sprites[before.Index].Dispose();
            _sprites[before.Index] = before.Create(false);
        }

        _cursor = new CursorEnd(_sprites.Count, isLast =>
            new CursorSprite(MaskShapes.RoundedBox(0, 0, width, height, width / 3), colour, move, places, first, isLast));
        _sprites.Add(_cursor.Create(true));
    }

    /// <summary>A figure that counts, in the size in which its final value fits.</summary>
    private void AddCounter(Counter counter, LaidOutText value, int y, SpriteTiming timing)
    {
        var move = new TextMove(new PoseRule(_motion!, context.Safe.ShortSide), timing.Start, timing, default, false, context);
        var signs = Enumerable.Range(0, 10).Select(d => d.ToString(System.Globalization.CultureInfo.InvariantCulture))
            .Concat(CounterSigns.Words(counter)).Distinct();
        var glyphs = signs.ToImmutableDictionary(s => s, s => Glyph(s, value.Em, value.LineHeight));
        var widest = Enumerable.Range('0', 10).Max(d => glyphs[$"{(char)d}"].AdvanceQ16);
        glyphs = glyphs.ToImmutableDictionary(
            g => g.Key, g => g.Key.Length == 1 && char.IsAsciiDigit(g.Key[0]) ? g.Value with { AdvanceQ16 = widest } : g.Value);
        var middle = (Content.X + (Content.Width / 2L)) << 16;
        _sprites.Add(new CounterSprite(counter, glyphs, middle, y, Math.Max(1, value.Em / 32), context.Accent, move));
    }

    private CounterGlyph Glyph(string sign, int em, int lineHeight)
    {
        var style = new TextStyle(context.Theme.FontFamily, true, em, em, 1, 1000 * lineHeight / em);
        var text = _layout.Fit([new TextSpan(sign)], style, 16_000, lineHeight * 2);
        var mask = context.Rasterizer.Render(text, LineAlign.Left, text.Width).FirstOrDefault()?.Mask;
        var advance = text.Lines.IsEmpty
            ? ((long)em << 16) / (sign == "\u202F" ? 6 : 4)
            : text.Lines[0].Runs.Sum(r => r.Face.AdvanceQ16(r.Text)) * em;
        return new CounterGlyph(mask, mask is null ? null : MaskShapes.Shadow(mask, Math.Max(1, em / 16), gain: 200), advance);
    }

    private static TextMotion Faded(TextMotion motion) => new(TextMotionKind.FadeIn, motion.Delay, 300, CubicBezier.Linear);

    /// <summary>A veil waits as long as the text that it lies under; one that becomes another is there from the start.</summary>
    private SpriteTiming Veiled(TextCard card)
    {
        var timing = Fading(card, 0);
        return timing with { Start = timing.Start + context.Rate.FramesIn(card.Motion is { Morph: null } motion ? motion.Delay : 0) };
    }
}
