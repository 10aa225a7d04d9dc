using System.Collections.Immutable;
using System.Text;

namespace Url2Video.Farm.Core.Captions;

/// <summary>Makes words fit for lines: no control characters, none wider than a line, times that never go back. Pure.</summary>
internal static class CaptionWords
{
    internal static ImmutableArray<WordTime> Prepare(IEnumerable<WordTime> words, int lineCharsMax)
    {
        var result = ImmutableArray.CreateBuilder<WordTime>();
        long last = 0;
        foreach (var word in words)
        {
            var text = Clean(word.Text);
            var start = Math.Max(word.StartSample, last);
            var end = Math.Max(word.EndSample, start);
            last = start;
            if (text.Length == 0)
            {
                continue;
            }

            var parts = Split(text, lineCharsMax);
            var total = parts.Sum(TextWidth.Of);
            var before = 0;
            for (var i = 0; i < parts.Count; i++)
            {
                var from = start + (end - start) * before / Math.Max(1, total);
                before += TextWidth.Of(parts[i]);
                var until = start + (end - start) * before / Math.Max(1, total);
                result.Add(new WordTime(parts[i], from, until, word.EndsPhrase && i == parts.Count - 1));
            }
        }

        return result.ToImmutable();
    }

    /// <summary>Blanks and controls of any kind become one blank; lone surrogates go.</summary>
    private static string Clean(string text)
    {
        var clean = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            if (Rune.IsWhiteSpace(rune) || Rune.IsControl(rune))
            {
                clean.Append(clean.Length > 0 && clean[^1] != ' ' ? " " : "");
            }
            else if (rune != Rune.ReplacementChar)
            {
                clean.Append(rune.ToString());
            }
        }

        return clean.ToString().TrimEnd();
    }

    /// <summary>At blanks where there are some, else anywhere (a long address).</summary>
    private static List<string> Split(string text, int widthMax)
    {
        if (TextWidth.Of(text) <= widthMax)
        {
            return [text];
        }

        var parts = new List<string>();
        var part = new StringBuilder();
        var width = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            var wide = TextWidth.Of(rune);
            if (width + wide > widthMax)
            {
                Cut(parts, part);
                width = TextWidth.Of(part.ToString());
            }

            part.Append(rune.ToString());
            width += wide;
        }

        parts.Add(part.ToString().Trim());
        return [.. parts.Where(p => p.Length > 0)];
    }

    private static void Cut(List<string> parts, StringBuilder part)
    {
        var text = part.ToString();
        var blank = text.LastIndexOf(' ');
        var head = blank > 0 ? text[..blank] : text;
        parts.Add(head.Trim());
        part.Clear().Append(blank > 0 ? text[(blank + 1)..] : "");
    }
}
