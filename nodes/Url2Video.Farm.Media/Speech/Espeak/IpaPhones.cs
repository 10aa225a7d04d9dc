using System.Collections.Immutable;

namespace Url2Video.Farm.Media.Speech.Espeak;

/// <summary>Spreads the sounds that the engine names over the word spans that were measured. Pure.</summary>
internal static class IpaPhones
{
    private const string Pause = "pau";

    /// <param name="ipa">Words apart by blanks or lines, sounds by <c>_</c>.</param>
    internal static ImmutableArray<UtterancePhone> Spread(string ipa, ImmutableArray<WordSpan> spans, int length)
    {
        var groups = ipa.Split([' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries)
            .Select(g => g.Split('_', StringSplitOptions.RemoveEmptyEntries).Select(Clean).Where(s => s.Length > 0).ToArray())
            .Where(g => g.Length > 0)
            .ToArray();
        var perWord = groups.Length == spans.Length ? groups : Redistribute([.. groups.SelectMany(g => g)], spans);
        var result = ImmutableArray.CreateBuilder<UtterancePhone>();
        var at = 0;
        for (var word = 0; word < spans.Length; word++)
        {
            var (start, end) = spans[word];
            if (start > at)
            {
                result.Add(new UtterancePhone(Pause, -1, start));
            }

            AddWord(result, perWord[word], word, Math.Max(start, at), Math.Max(end, at));
            at = Math.Max(end, at);
        }

        if (length > at)
        {
            result.Add(new UtterancePhone(Pause, -1, length));
        }

        return result.ToImmutable();
    }

    private static void AddWord(ImmutableArray<UtterancePhone>.Builder result, string[] sounds, int word, int start, int end)
    {
        // A word for which the engine named no sound is still heard from its start to its end.
        sounds = sounds.Length > 0 ? sounds : ["ə"];
        long total = sounds.Sum(Weight);
        long before = 0;
        foreach (var sound in sounds)
        {
            before += Weight(sound);
            result.Add(new UtterancePhone(sound, word, start + (int)((end - start) * before / total)));
        }
    }

    /// <summary>When the engine joined words ("of the"), sounds go to words in proportion to how long these last.</summary>
    private static string[][] Redistribute(string[] sounds, ImmutableArray<WordSpan> spans)
    {
        var result = new string[spans.Length][];
        long duration = Math.Max(1, spans.Sum(s => (long)(s.End - s.Start)));
        long before = 0;
        for (var word = 0; word < spans.Length; word++)
        {
            var from = (int)(before * sounds.Length / duration);
            before += spans[word].End - spans[word].Start;
            var until = (int)(before * sounds.Length / duration);
            result[word] = sounds[from..until];
        }

        return result;
    }

    /// <summary>Tenths of a typical consonant; only the proportions matter.</summary>
    private static int Weight(string sound) => sound.Contains('ː') ? 18 : VisemeMap.IsVowel(sound) ? 12 : 10;

    private static string Clean(string sound) => sound.Trim('ˈ', 'ˌ', '\u200d', '(', ')', '-', '\'');
}
