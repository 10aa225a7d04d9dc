using System.Collections.Immutable;
using Url2Video.Farm.Media.Pixels;

namespace Url2Video.Farm.Media.Composition;

/// <summary>One sign of a counter: its mask from the start of its line, and how far the next one is, in 1/65536 pixel.</summary>
/// <param name="Mask">Null for a space.</param>
internal sealed record CounterGlyph(Mask? Mask, Mask? Shadow, long AdvanceQ16);

/// <summary>A figure that counts. All digits are as wide as the widest, so that only what changes moves.</summary>
/// <param name="middleQ16">Of the frame's width, where the figure is centred.</param>
/// <param name="top">Of its line.</param>
internal sealed class CounterSprite(
    Counter counter, ImmutableDictionary<string, CounterGlyph> glyphs, long middleQ16, int top, int shadowDrop, Yuv colour, TextMove move) : ISprite
{
    private readonly CounterGlyph[] _before = [.. CounterSigns.Spaced(counter.Before).Select(s => glyphs[s])];
    private readonly CounterGlyph[] _after = [.. CounterSigns.Spaced(counter.After).Select(s => glyphs[s])];
    private readonly CounterGlyph[] _digits = [.. Enumerable.Range(0, 10).Select(d => glyphs[$"{(char)('0' + d)}"])];
    private readonly (CounterGlyph Glyph, int XQ16)[] _line = new (CounterGlyph, int)[Counter.CharsMax + 6];
    private readonly CounterGlyph _group = glyphs[$"{counter.GroupSign}"], _decimal = glyphs[$"{counter.DecimalSign}"], _minus = glyphs["−"];
    private long _value = long.MinValue;
    private int _count;

    public void Draw(long frame, YuvImage target, MaskPainter painter)
    {
        var micros = move.MicrosAt(frame);
        if (frame < move.Start || frame >= move.Timing.End || micros < move.Rule.StartOf(0))
        {
            return;
        }

        var motion = move.Rule.Motion;
        var clock = new MoveClock(motion.Delay * 1000L, motion.Length * 1000L, motion.Ease);
        Set(counter.At(clock.ShareAt(micros)));

        // The figure itself is there at once, but for the fifth of a second in which it fades in.
        var fade = new MoveClock(clock.Start, 200_000, CubicBezier.Linear).TimeShareAt(micros);
        var alpha = FixedPoint.MulHrs((int)(fade * FixedPoint.One15 >> 30), move.Timing.GoingAt(frame));
        foreach (var (glyph, x) in _line.AsSpan(0, _count))
        {
            Paint(target, glyph.Shadow, x, shadowDrop, new Yuv(16, 128, 128), FixedPoint.MulHrs(alpha, FixedPoint.W15(150)));
        }

        foreach (var (glyph, x) in _line.AsSpan(0, _count))
        {
            Paint(target, glyph.Mask, x, 0, colour, alpha);
        }
    }

    public void Dispose()
    {
        foreach (var glyph in glyphs.Values)
        {
            glyph.Mask?.Dispose();
            glyph.Shadow?.Dispose();
        }
    }

    private void Paint(YuvImage target, Mask? mask, int x, int drop, Yuv ink, int alpha)
    {
        if (mask is not null)
        {
            var placement = new MaskPlacement(0, 0, Pose.OwnSize, x, (top + drop) << 16);
            move.Context.MaskSampler.Paint(target, mask, 0, 0, placement, null, ink, alpha);
        }
    }

    private void Set(long value)
    {
        if (value == _value)
        {
            return;
        }

        (_value, _count) = (value, 0);
        Span<char> number = stackalloc char[Counter.CharsMax];
        number = number[..counter.Write(value, number)];
        var width = 0L;
        foreach (var glyph in _before)
        {
            Add(glyph, ref width);
        }

        foreach (var sign in number)
        {
            Add(char.IsAsciiDigit(sign) ? _digits[sign - '0'] : sign == counter.DecimalSign ? _decimal : sign == '−' ? _minus : _group, ref width);
        }

        foreach (var glyph in _after)
        {
            Add(glyph, ref width);
        }

        foreach (ref var place in _line.AsSpan(0, _count))
        {
            place.XQ16 += (int)(middleQ16 - (width / 2));
        }
    }

    private void Add(CounterGlyph glyph, ref long width)
    {
        _line[_count++] = (glyph, (int)width);
        width += glyph.AdvanceQ16;
    }
}

/// <summary>Takes the text of a counter apart: what stands before and after the number is set as one piece each.</summary>
internal static class CounterSigns
{
    /// <summary>All signs but the digits that the text of a counter may have.</summary>
    public static IEnumerable<string> Words(Counter counter) =>
        Spaced(counter.Before).Concat(Spaced(counter.After)).Concat([$"{counter.GroupSign}", $"{counter.DecimalSign}", "−"]);

    /// <summary>A layout drops the spaces at the ends of a text; here they keep the number from its unit.</summary>
    public static IEnumerable<string> Spaced(string words)
    {
        var core = words.Trim();
        if (core.Length == 0)
        {
            return words.Length > 0 ? [" "] : [];
        }

        string[] before = char.IsWhiteSpace(words[0]) ? [" "] : [];
        string[] after = char.IsWhiteSpace(words[^1]) ? [" "] : [];
        return [.. before, core, .. after];
    }
}
