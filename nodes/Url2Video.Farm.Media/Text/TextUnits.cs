using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace Url2Video.Farm.Media.Text;

/// <summary>What a line cannot be broken inside of: a word, or one ideograph.</summary>
/// <param name="WidthQ16">In 1/65536 of the em.</param>
internal sealed record TextUnit(string Text, int Tag, ImmutableArray<TextRun> Runs, long WidthQ16, bool HasSpaceBefore,
    bool MustBreakBefore);

/// <summary>Divides text into units and measures them.</summary>
internal static class TextUnits
{
    public static List<TextUnit> Create(IReadOnlyList<TextSpan> spans, Itemizer itemizer)
    {
        var context = string.Concat(spans.Select(s => s.Text));
        var units = new List<TextUnit>();
        foreach (var span in spans)
        {
            var lines = PlainText.Clean(span.Text).Split('\n');
            for (var line = 0; line < lines.Length; line++)
            {
                var words = lines[line].Split(' ', StringSplitOptions.RemoveEmptyEntries);
                for (var word = 0; word < words.Length; word++)
                {
                    AddWord(words[word], span.Tag, mustBreak: line > 0 && word == 0);
                }
            }
        }

        return units;

        void AddWord(string word, int tag, bool mustBreak)
        {
            var isFirst = true;
            foreach (var piece in Pieces(word))
            {
                var hasSpace = isFirst && units.Count > 0 && !mustBreak && NeedsSpace(units[^1].Text, piece);
                Add(piece, tag, hasSpace, mustBreak && isFirst);
                isFirst = false;
            }
        }

        void Add(string text, int tag, bool hasSpace, bool mustBreak)
        {
            var runs = itemizer.Split(text, tag, context);
            if (!runs.IsEmpty)
            {
                units.Add(new TextUnit(text, tag, runs, Measure(runs), hasSpace, mustBreak));
            }
        }
    }

    public static long Measure(ImmutableArray<TextRun> runs) => runs.Sum(r => r.Face.AdvanceQ16(r.Text));

    /// <summary>The unit character by character, for a word wider than its line.</summary>
    public static IEnumerable<TextUnit> Shatter(TextUnit unit, Itemizer itemizer)
    {
        var isFirst = true;
        for (var i = 0; i < unit.Text.Length;)
        {
            var length = StringInfo.GetNextTextElementLength(unit.Text.AsSpan(i));
            var text = unit.Text.Substring(i, length);
            i += length;
            var runs = itemizer.Split(text, unit.Tag, unit.Text);
            if (!runs.IsEmpty)
            {
                var (hasSpace, mustBreak) = (isFirst && unit.HasSpaceBefore, isFirst && unit.MustBreakBefore);
                yield return new TextUnit(text, unit.Tag, runs, Measure(runs), hasSpace, mustBreak);
                isFirst = false;
            }
        }
    }

    // Between ideographs, and after a hyphen or dash within a word, but never so that punctuation starts or an opening ends a line.
    private static IEnumerable<string> Pieces(string word)
    {
        var piece = new StringBuilder();
        Rune? previous = null;
        foreach (var rune in word.EnumerateRunes())
        {
            if (previous is { } before && piece.Length > 0 && IsBreak(before, rune, piece.Length))
            {
                yield return piece.ToString();
                piece.Clear();
            }

            piece.Append(rune);
            previous = rune;
        }

        yield return piece.ToString();
    }

    private static bool IsBreak(Rune before, Rune after, int length)
    {
        var isIdeographic = Scripts.IsIdeographic(before) || Scripts.IsIdeographic(after);
        var isHyphen = before.Value is '-' or 0x2013 or 0x2014 or '/' && length > 2 && Rune.IsLetter(after);
        return (isIdeographic || isHyphen) && !Scripts.IsNoLineStart(after) && !Scripts.IsNoLineEnd(before)
            && !IsMark(Rune.GetUnicodeCategory(after));
    }

    private static bool IsMark(UnicodeCategory category) =>
        category is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.EnclosingMark;

    // Words of a caption come one by one; Chinese and Japanese set them solid.
    private static bool NeedsSpace(string before, string after)
    {
        _ = Rune.DecodeLastFromUtf16(before, out var last, out _);
        _ = Rune.DecodeFromUtf16(after, out var first, out _);
        return !(Scripts.IsIdeographic(last) && Scripts.IsIdeographic(first));
    }
}
