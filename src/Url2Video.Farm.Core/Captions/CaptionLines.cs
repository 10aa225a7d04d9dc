using System.Collections.Immutable;
using System.Text;

namespace Url2Video.Farm.Core.Captions;

/// <summary>Words to lines: one if they fit, else two of about equal length, broken at a clause where possible. Pure.</summary>
internal static class CaptionLines
{
    internal static string Join(ReadOnlySpan<WordTime> words)
    {
        var line = new StringBuilder();
        for (var i = 0; i < words.Length; i++)
        {
            line.Append(i > 0 && !TextWidth.IsTight(words[i - 1].Text, words[i].Text) ? " " : "").Append(words[i].Text);
        }

        return line.ToString();
    }

    /// <summary>Null when the words do not fit.</summary>
    internal static ImmutableArray<string>? Fit(ReadOnlySpan<WordTime> words, int charsMax, int linesMax)
    {
        var whole = Join(words);
        if (TextWidth.Of(whole) <= charsMax)
        {
            return [whole];
        }

        if (linesMax < 2)
        {
            return null;
        }

        ImmutableArray<string>? best = null;
        var bestCost = int.MaxValue;
        for (var split = 1; split < words.Length; split++)
        {
            var (top, bottom) = (Join(words[..split]), Join(words[split..]));
            var (topWidth, bottomWidth) = (TextWidth.Of(top), TextWidth.Of(bottom));
            if (topWidth > charsMax || bottomWidth > charsMax)
            {
                continue;
            }

            // A longer lower line covers less of the picture's middle and reads better than the reverse.
            var ragged = topWidth > bottomWidth ? 2 * (topWidth - bottomWidth) : bottomWidth - topWidth;
            var cost = 3 * ragged + CaptionBreaks.Penalty(words[split - 1], words[split]);
            if (cost < bestCost)
            {
                (best, bestCost) = ([top, bottom], cost);
            }
        }

        return best;
    }
}
