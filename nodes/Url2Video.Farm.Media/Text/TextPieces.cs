using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace Url2Video.Farm.Media.Text;

/// <summary>Numbers the words or letters of a text that is laid out, so that each comes as its own bitmap.</summary>
internal static class TextPieces
{
    /// <summary>Each word has its number as its tag, counted from 0 in reading order.</summary>
    public static (LaidOutText Text, int Count) Words(LaidOutText text)
    {
        var word = -1;
        var lines = text.Lines.Select(line =>
        {
            var isNew = true;
            return line with
            {
                Runs = Retagged(line, (run, add) =>
                {
                    foreach (var token in Tokens(run.Text))
                    {
                        word += isNew && token[0] != ' ' ? 1 : 0;
                        isNew = token[0] == ' ';
                        add(token, Math.Max(0, word));
                    }
                }),
            };
        }).ToImmutableArray();
        return (text with { Lines = lines }, word + 1);
    }

    /// <summary>
    /// Each letter (grapheme cluster) has its place in the text as its tag, spaces counted: they are typed too, also those that a line
    /// break swallowed. Letters that join their neighbours keep together as the word they make, numbered by its last.
    /// </summary>
    public static (LaidOutText Text, int Count) Letters(LaidOutText text)
    {
        var (next, before) = (0, "");
        var lines = text.Lines.Select(line =>
        {
            var content = string.Concat(line.Runs.Select(r => r.Text));
            next += HasSpaceBetween(before, content) ? 1 : 0;
            before = content;
            return line with { Runs = Retagged(line, Split) };
        }).ToImmutableArray();
        return (text with { Lines = lines }, next);

        void Split(TextRun run, Action<string, int> add)
        {
            foreach (var token in Tokens(run.Text))
            {
                if (token[0] == ' ')
                {
                    add(token, next++);
                }
                else if (token.EnumerateRunes().Any(IsJoining))
                {
                    next += Graphemes(token).Count();
                    add(token, next - 1);
                }
                else
                {
                    foreach (var letter in Graphemes(token))
                    {
                        add(letter, next++);
                    }
                }
            }
        }
    }

    // Lines break at spaces, but for ideographs, which have none, and behind hyphens and strokes.
    private static bool HasSpaceBetween(string before, string after)
    {
        if (before.Length == 0 || after.Length == 0)
        {
            return false;
        }

        _ = Rune.DecodeLastFromUtf16(before, out var last, out _);
        _ = Rune.DecodeFromUtf16(after, out var first, out _);
        return !(Scripts.IsIdeographic(last) || Scripts.IsIdeographic(first) || last.Value is '-' or 0x2013 or 0x2014 or '/');
    }

    private static ImmutableArray<TextRun> Retagged(TextLine line, Action<TextRun, Action<string, int>> split)
    {
        var runs = new List<TextRun>();
        foreach (var run in line.Runs)
        {
            split(run, (text, tag) =>
            {
                if (runs.Count > 0 && runs[^1].Face == run.Face && (runs[^1].Tag == tag || text == " "))
                {
                    runs[^1] = runs[^1] with { Text = runs[^1].Text + text };
                }
                else
                {
                    runs.Add(new TextRun(run.Face, text, tag));
                }
            });
        }

        return [.. runs];
    }

    /// <summary>Words and the single spaces between them.</summary>
    private static IEnumerable<string> Tokens(string text)
    {
        var start = 0;
        for (var i = 0; i <= text.Length; i++)
        {
            if (i == text.Length || text[i] == ' ')
            {
                if (i > start)
                {
                    yield return text[start..i];
                }

                if (i < text.Length)
                {
                    yield return " ";
                }

                start = i + 1;
            }
        }
    }

    private static IEnumerable<string> Graphemes(string text)
    {
        for (var i = 0; i < text.Length;)
        {
            var length = StringInfo.GetNextTextElementLength(text.AsSpan(i));
            yield return text.Substring(i, length);
            i += length;
        }
    }

    // Arabic and its kin, and the scripts of India and south-east Asia, whose letters change shape with their neighbours.
    private static bool IsJoining(Rune rune) =>
        rune.Value is (>= 0x0600 and <= 0x08FF) or (>= 0x0900 and <= 0x0DFF) or (>= 0x0F00 and <= 0x109F) or (>= 0x1780 and <= 0x18AF)
            or (>= 0xFB50 and <= 0xFDFF) or (>= 0xFE70 and <= 0xFEFE);
}
