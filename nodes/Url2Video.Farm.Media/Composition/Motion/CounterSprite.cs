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
    private long _value = long.MinValue;
    private (CounterGlyph Glyph, int XQ16)[] _line = [];

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
        foreach (var (glyph, x) in _line)
        {
            Paint(target, glyph.Shadow, x, shadowDrop, new Yuv(16, 128, 128), FixedPoint.MulHrs(alpha, FixedPoint.W15(150)));
        }

        foreach (var (glyph, x) in _line)
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

        _value = value;
        var line = CounterSigns.Of(counter.Text(value), counter).Select(s => glyphs[s]).ToList();
        var x = middleQ16 - (line.Sum(g => g.AdvanceQ16) / 2);
        _line = new (CounterGlyph, int)[line.Count];
        for (var i = 0; i < line.Count; i++)
        {
            _line[i] = (line[i], (int)x);
            x += line[i].AdvanceQ16;
        }
    }
}

/// <summary>Takes the text of a counter apart: what stands before and after the number is set as one piece each.</summary>
internal static class CounterSigns
{
    /// <summary>All signs but the digits that the text of a counter may have.</summary>
    public static IEnumerable<string> Words(Counter counter) =>
        Spaced(counter.Before).Concat(Spaced(counter.After)).Concat([$"{counter.GroupSign}", $"{counter.DecimalSign}", "−"]);

    public static IEnumerable<string> Of(string text, Counter counter) =>
        Spaced(counter.Before)
            .Concat(text[counter.Before.Length..^counter.After.Length].Select(c => c.ToString()))
            .Concat(Spaced(counter.After));

    // A layout drops the spaces at its ends; here they keep the number from its unit.
    private static IEnumerable<string> Spaced(string words)
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
