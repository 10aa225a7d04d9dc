using System.Collections.Immutable;

namespace Url2Video.Farm.Core.Captions;

/// <summary>
/// Words with times to captions that can be read: at most two lines, cut at sentences and clauses, long enough, not too
/// fast, with a visible gap. The cuts of a narration are the cheapest of all possible ones (dynamic programming over
/// words), so one awkward word does not spoil the rest. Pure; times in, times out, no rounding in between.
/// </summary>
public static class CaptionBuilder
{
    /// <summary>No cue has more words; keeps the search linear in the text.</summary>
    private const int WordsPerCueMax = 24;

    /// <summary>Nobody speaks for this long, so the caption must not stand: 0.9 s.</summary>
    private const long PauseSamplesMax = 43_200;
    private const int CueCost = 60;

    /// <param name="words">In time order, on the film's clock; empty words are dropped.</param>
    public static ImmutableArray<Cue> Build(IEnumerable<WordTime> words, CaptionStyle style)
    {
        ArgumentNullException.ThrowIfNull(words);
        ArgumentNullException.ThrowIfNull(style);
        var prepared = CaptionWords.Prepare(words, style.LineCharsMax);
        var cuts = Cut(prepared, style);
        var cues = ImmutableArray.CreateBuilder<Cue>(Math.Max(0, cuts.Count - 1));
        for (var i = 0; i + 1 < cuts.Count; i++)
        {
            var span = prepared.AsSpan()[cuts[i]..cuts[i + 1]];
            var lines = CaptionLines.Fit(span, style.LineCharsMax, style.LinesMax) ?? [CaptionLines.Join(span)];
            long? next = i + 2 < cuts.Count ? prepared[cuts[i + 1]].StartSample : null;
            cues.Add(new Cue(span[0].StartSample, End(span, lines, next, style), lines, [.. span]));
        }

        return cues.ToImmutable();
    }

    /// <summary>Indices of the first words of the cues, and the number of words at the end.</summary>
    private static List<int> Cut(ImmutableArray<WordTime> words, CaptionStyle style)
    {
        var cost = new int[words.Length + 1];
        var from = new int[words.Length + 1];
        for (var end = 1; end <= words.Length; end++)
        {
            cost[end] = int.MaxValue;
            for (var start = end - 1; start >= Math.Max(0, end - WordsPerCueMax); start--)
            {
                var one = Cost(words, start, end, style);
                if (one is null)
                {
                    break;
                }

                if (cost[start] + one.Value < cost[end])
                {
                    (cost[end], from[end]) = (cost[start] + one.Value, start);
                }
            }
        }

        var cuts = new List<int> { words.Length };
        while (cuts[^1] > 0)
        {
            cuts.Add(from[cuts[^1]]);
        }

        cuts.Reverse();
        return cuts;
    }

    /// <summary>Null when these words cannot be one cue; a single word always can.</summary>
    private static int? Cost(ImmutableArray<WordTime> words, int start, int end, CaptionStyle style)
    {
        var span = words.AsSpan()[start..end];
        var next = end < words.Length ? words[end] : null;
        var cost = CueCost + CaptionBreaks.Penalty(span[^1], next);
        if (span.Length > 1)
        {
            var duration = span[^1].EndSample - span[0].StartSample;
            if (duration > style.CueSamplesMax || Broken(span) || CaptionLines.Fit(span, style.LineCharsMax, style.LinesMax) is null)
            {
                return null;
            }

            // Two sentences in one cue are allowed, but not liked.
            foreach (var inner in span[..^1])
            {
                cost += CaptionBreaks.EndsSentence(inner.Text) ? 90 : 0;
            }
        }

        var room = next is null ? long.MaxValue : Math.Max(0, next.StartSample - style.GapSamplesMin - span[0].StartSample);
        var wanted = Wanted(span, style);
        cost += room < style.CueSamplesMin ? 150 : 0;
        cost += room < wanted ? (int)Math.Min(200, 200 * (wanted - room) / wanted) : 0;
        return cost;
    }

    /// <summary>A new narration or a long silence ends a cue.</summary>
    private static bool Broken(ReadOnlySpan<WordTime> span)
    {
        for (var i = 0; i + 1 < span.Length; i++)
        {
            if (span[i].EndsPhrase || span[i + 1].StartSample - span[i].EndSample > PauseSamplesMax)
            {
                return true;
            }
        }

        return false;
    }

    private static long End(ReadOnlySpan<WordTime> span, ImmutableArray<string> lines, long? next, CaptionStyle style)
    {
        var start = span[0].StartSample;
        var spoken = span[^1].EndSample;
        var wanted = Math.Max(spoken, start + Math.Max(style.CueSamplesMin, Wanted(span, style)));
        var end = Math.Max(Math.Min(wanted, start + style.CueSamplesMax), Math.Min(spoken, start + style.CueSamplesMax));
        // The gap comes first: a cue that would touch the next one ends two frames early.
        return next is null ? end : Math.Max(Math.Min(start + 1, next.Value), Math.Min(end, next.Value - style.GapSamplesMin));
    }

    /// <summary>Time to read the words at the target speed.</summary>
    private static long Wanted(ReadOnlySpan<WordTime> span, CaptionStyle style) =>
        (long)TextWidth.Of(CaptionLines.Join(span)) * CaptionStyle.RateHertz / style.CharsPerSecondTarget;
}
