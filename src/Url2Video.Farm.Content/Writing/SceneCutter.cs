using System.Collections.Immutable;
using Url2Video.Farm.Content.Languages;
using Url2Video.Farm.Core.Storyboards;

namespace Url2Video.Farm.Content.Writing;

/// <summary>Makes beats of 3 to 8 seconds of sentences: long ones are cut at a clause, short neighbours of a section are joined.</summary>
internal static class SceneCutter
{
    /// <summary>Where a sentence may be cut, the strongest break first.</summary>
    private static readonly string[] Breaks =
    [
        "; ", ": ", " — ", " – ",
        ", and ", ", but ", ", so ", ", while ", ", because ", ", und ", ", aber ", ", denn ", ", et ", ", mais ", ", y ", ", pero ",
        ", e ", ", ma ", ", mas ", ", en ", ", maar ", ", ", "；", "，", "、",
    ];

    public static List<Beat> Cut(ImmutableArray<Sentence> sentences, string language)
    {
        var beats = new List<Beat>();
        foreach (var sentence in sentences)
        {
            var text = Compression.Shorten(sentence.Text, language);
            foreach (var piece in Pieces(text).Where(p => Words.CountOf(p) <= Pace.SceneWordsHardMax))
            {
                beats.Add(
                    new Beat(
                        sentence.IsQuote ? SceneRole.Quote : SceneRole.Point, piece, [sentence], sentence.Block, sentence.Section, []));
            }
        }

        return Joined(beats);
    }

    /// <summary>A cut keeps both halves speakable: neither is shorter than the shortest scene.</summary>
    internal static IEnumerable<string> Pieces(string text)
    {
        if (Words.CountOf(text) <= Pace.SceneWordsMax)
        {
            return [text];
        }

        foreach (var mark in Breaks)
        {
            var at = Enumerable.Range(0, text.Length)
                .Where(i => string.CompareOrdinal(text, i, mark, 0, mark.Length) == 0 && !IsInsideQuotes(text, i))
                .Where(i => Words.CountOf(text[..i]) >= Pace.SceneWordsMin - 1 && Words.CountOf(text[i..]) >= Pace.SceneWordsMin - 1)
                .OrderBy(i => Math.Abs(i - text.Length / 2)).ThenBy(i => i)
                .FirstOrDefault(-1);
            if (at > 0)
            {
                var keep = at + (mark[0] is ' ' ? 0 : 1);
                return [.. Pieces(text[..keep].TrimEnd()), .. Pieces(text[keep..].TrimStart(' ', '—', '–'))];
            }
        }

        return [text];
    }

    private static List<Beat> Joined(List<Beat> beats)
    {
        var result = new List<Beat>();
        foreach (var beat in beats)
        {
            if (result.LastOrDefault() is { } last
                && last.Section == beat.Section && last.Role == beat.Role
                && (Words.CountOf(last.Say) < Pace.SceneWordsMin || Words.CountOf(beat.Say) < Pace.SceneWordsMin)
                && Words.CountOf(last.Say) + Words.CountOf(beat.Say) <= Pace.SceneWordsMax)
            {
                var glue = last.Say[^1] is '。' or '！' or '？' ? "" : " ";
                result[^1] = last with { Say = last.Say + glue + beat.Say, Sentences = [
                    .. last.Sentences.Union(beat.Sentences).OrderBy(s => s.Index)] };
            }
            else
            {
                result.Add(beat);
            }
        }

        return result;
    }

    private static bool IsInsideQuotes(string text, int at)
    {
        var before = text.AsSpan(0, at);
        return before.Count('"') % 2 != 0 || before.Count('(') > before.Count(')')
            || before.LastIndexOfAny("“„«") > before.LastIndexOfAny("”»");
    }
}
