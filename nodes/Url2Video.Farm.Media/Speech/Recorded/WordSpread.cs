using System.Collections.Immutable;

namespace Url2Video.Farm.Media.Speech.Recorded;

/// <summary>
/// When the words of a recording are heard, without recognising them: they are laid over the parts in which somebody speaks,
/// each as long as it has letters. Right to about half a second in plain reading; captions need no more. Pure.
/// </summary>
internal static class WordSpread
{
    /// <summary>10 ms.</summary>
    private const int FrameSamples = 480;

    /// <summary>A pause shorter than this belongs to the words around it.</summary>
    private const int PauseFramesMin = 20;

    /// <summary>A word's start and end cost about as much time as two letters.</summary>
    private const int LettersMore = 2;

    internal static ImmutableArray<WordTime> Of(string said, ReadOnlySpan<short> pcm)
    {
        var words = Words(said);
        if (words.Count == 0)
        {
            return [];
        }

        var spoken = Spoken(pcm);
        var letters = words.Sum(w => (long)w.Length + LettersMore);
        var total = spoken.Sum(s => s.End - s.Start);
        var result = ImmutableArray.CreateBuilder<WordTime>(words.Count);
        var before = 0L;
        foreach (var (start, length) in words)
        {
            var after = before + length + LettersMore;
            var from = Place(spoken, total * before / letters, isEnd: false);
            var until = Place(spoken, total * after / letters, isEnd: true);
            result.Add(new WordTime(said.Substring(start, length), start, length, from, Math.Max(from, until)));
            before = after;
        }

        return result.MoveToImmutable();
    }

    /// <summary>The parts with speech; the whole clip when there is nothing but silence or nothing but sound.</summary>
    internal static List<(long Start, long End)> Spoken(ReadOnlySpan<short> pcm)
    {
        var levels = Levels(pcm);
        var threshold = levels.Length == 0 ? 0 : levels.Max() / 1_000; // −30 dB
        var parts = new List<(long Start, long End)>();
        for (var i = 0; i < levels.Length; i++)
        {
            if (levels[i] <= threshold)
            {
                continue;
            }

            var (start, end) = ((long)i * FrameSamples, Math.Min(pcm.Length, (long)(i + 1) * FrameSamples));
            if (parts.Count > 0 && start - parts[^1].End < PauseFramesMin * FrameSamples)
            {
                parts[^1] = (parts[^1].Start, end);
            }
            else
            {
                parts.Add((start, end));
            }
        }

        return parts.Count > 0 ? parts : [(0, pcm.Length)];
    }

    private static long[] Levels(ReadOnlySpan<short> pcm)
    {
        var result = new long[(pcm.Length + FrameSamples - 1) / FrameSamples];
        for (var i = 0; i < pcm.Length; i++)
        {
            result[i / FrameSamples] += pcm[i] * pcm[i];
        }

        return result;
    }

    /// <summary>The moment at which so much speech has been heard. An end lies before a pause, a start behind it.</summary>
    private static long Place(List<(long Start, long End)> spoken, long heard, bool isEnd)
    {
        foreach (var (start, end) in spoken)
        {
            if (heard < end - start || (isEnd && heard == end - start))
            {
                return start + heard;
            }

            heard -= end - start;
        }

        return spoken[^1].End;
    }

    private static List<(int Start, int Length)> Words(string text)
    {
        var words = new List<(int, int)>();
        var start = -1;
        for (var i = 0; i <= text.Length; i++)
        {
            var isBlank = i == text.Length || char.IsWhiteSpace(text[i]);
            if (!isBlank && start < 0)
            {
                start = i;
            }
            else if (isBlank && start >= 0)
            {
                words.Add((start, i - start));
                start = -1;
            }
        }

        return words;
    }
}
