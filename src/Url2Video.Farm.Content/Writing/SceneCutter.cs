using System.Collections.Immutable;
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
            foreach (var piece in Pieces(text, language).Where(p => SpokenLength.Millis(p, language) <= Pace.SceneMsHardMax))
            {
                beats.Add(
                    new Beat(
                        sentence.IsQuote ? SceneRole.Quote : SceneRole.Point, piece, [sentence], sentence.Block, sentence.Section, []));
            }
        }

        return Joined(beats, language);
    }

    /// <returns>Fewest characters that the scenes of a sentence have when none of its words was left out.</returns>
    public static int CharsKept(Sentence sentence, string language) =>
        Pieces(Compression.Shorten(sentence.Text, language), language).Sum(p => p.Length);

    /// <summary>A cut keeps both halves speakable: neither is shorter than the shortest scene.</summary>
    internal static IReadOnlyList<string> Pieces(string text, string language)
    {
        if (SpokenLength.Millis(text, language) <= Pace.SpeechMsMax)
        {
            return [text];
        }

        foreach (var mark in Breaks)
        {
            var at = Enumerable.Range(0, text.Length)
                .Where(i => string.CompareOrdinal(text, i, mark, 0, mark.Length) == 0 && !IsInsideQuotes(text, i))
                .Where(i => SpokenLength.Millis(text[..i], language) >= Pace.SpeechMsMin && SpokenLength.Millis(text[i..], language) >= Pace.SpeechMsMin)
                .OrderBy(i => Math.Abs(i - text.Length / 2)).ThenBy(i => i)
                .FirstOrDefault(-1);
            if (at > 0)
            {
                var keep = at + (mark[0] is ' ' ? 0 : 1);
                return [.. Pieces(text[..keep].TrimEnd(), language), .. Pieces(text[keep..].TrimStart(' ', '—', '–'), language)];
            }
        }

        return [text];
    }

    private static List<Beat> Joined(List<Beat> beats, string language)
    {
        var result = new List<Beat>();
        foreach (var beat in beats)
        {
            if (result.LastOrDefault() is { } last
                && last.Section == beat.Section && last.Role == beat.Role
                && (IsShort(last, language) || IsShort(beat, language))
                && Glued(last, beat) is var say && SpokenLength.Millis(say, language) <= Pace.SpeechMsMax)
            {
                result[^1] = last with { Say = say, Sentences = [
                    .. last.Sentences.Union(beat.Sentences).OrderBy(s => s.Index)] };
            }
            else
            {
                result.Add(beat);
            }
        }

        return result;
    }

    private static bool IsShort(Beat beat, string language) => SpokenLength.Millis(beat.Say, language) < Pace.SpeechMsMin;

    private static string Glued(Beat first, Beat second) => first.Say + (first.Say[^1] is '。' or '！' or '？' ? "" : " ") + second.Say;

    private static bool IsInsideQuotes(string text, int at)
    {
        var before = text.AsSpan(0, at);
        return before.Count('"') % 2 != 0 || before.Count('(') > before.Count(')')
            || before.LastIndexOfAny("“„«") > before.LastIndexOfAny("”»");
    }
}
