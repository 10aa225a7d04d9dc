using System.Collections.Immutable;
using System.Text;

namespace Url2Video.Farm.Media.Text;

/// <summary>
/// Sets text into a box: as few lines as its size needs, broken so that they are about equally long; a smaller size when
/// they are too many; at the smallest size long words are broken, and what is still over is cut with an ellipsis.
/// </summary>
internal sealed class TextLayout(FontSet fonts, Action<Rune> onMissing)
{
    /// <param name="width">Of the box, pixels.</param>
    /// <param name="height">Of the box, pixels.</param>
    public LaidOutText Fit(IReadOnlyList<TextSpan> spans, TextStyle style, int width, int height)
    {
        var itemizer = new Itemizer(fonts, style.Family, style.IsBold, onMissing);
        var units = TextUnits.Create(spans, itemizer);
        var isRightToLeft = Scripts.IsRightToLeft(string.Concat(spans.Select(s => s.Text)));
        var space = fonts.Find(new Rune(' '), style.IsBold, style.Family, "")?.AdvanceQ16(" ") ?? 1 << 14;
        var breaker = new LineBreaker(units, space);
        for (var em = style.EmMax; em > style.EmMin; em = Math.Max(style.EmMin, em - Math.Max(1, em / 16)))
        {
            if (breaker.Break(WidthInEms(width, em)) is { } lines && lines.Count <= LinesThatFit(em))
            {
                return Built(Balanced(breaker, lines, width, em), em, isCut: false);
            }
        }

        // The smallest size: words wider than the box are shattered, lines beyond the last are dropped.
        var limit = WidthInEms(width, style.EmMin);
        units = [.. units.SelectMany(u => u.WidthQ16 > limit ? TextUnits.Shatter(u, itemizer) : [u])];
        breaker = new LineBreaker(units, space);
        var last = breaker.Break(limit) ?? [];
        var most = Math.Max(1, LinesThatFit(style.EmMin));
        return last.Count <= most
            ? Built(Balanced(breaker, last, width, style.EmMin), style.EmMin, isCut: false)
            : Built(Cut(last, most, limit, itemizer, space), style.EmMin, isCut: true);

        int LinesThatFit(int em) => Math.Min(style.LinesMax, height / LineHeight(em));

        int LineHeight(int em) => Math.Max(1, em * style.LineHeightThousandths / 1000);

        LaidOutText Built(List<List<TextUnit>> lines, int em, bool isCut) =>
            new([.. lines.Select(l => Line(l, em, space, style))], em, LineHeight(em), isCut, isRightToLeft);
    }

    private static long WidthInEms(int width, int em) => ((long)width << 16) / em;

    /// <summary>The narrowest measure that still gives as many lines.</summary>
    private static List<List<TextUnit>> Balanced(LineBreaker breaker, List<List<TextUnit>> lines, int width, int em)
    {
        if (lines.Count < 2)
        {
            return lines;
        }

        var best = lines;
        long low = 0, high = WidthInEms(width, em);
        while (high - low > 1 << 12)
        {
            var middle = (low + high) / 2;
            if (breaker.Break(middle) is { } narrower && narrower.Count <= lines.Count)
            {
                (best, high) = (narrower, middle);
            }
            else
            {
                low = middle;
            }
        }

        return best;
    }

    private static List<List<TextUnit>> Cut(List<List<TextUnit>> lines, int most, long limit, Itemizer itemizer, long space)
    {
        var kept = lines.Take(most).ToList();
        var runs = itemizer.Split("…", kept[^1][^1].Tag, "…");
        var ellipsis = new TextUnit("…", kept[^1][^1].Tag, runs, TextUnits.Measure(runs), false, false);
        var end = kept[^1].ToList();
        while (end.Count > 1 && LineBreaker.WidthOf(end, space) + ellipsis.WidthQ16 > limit)
        {
            end.RemoveAt(end.Count - 1);
        }

        end.Add(ellipsis);
        kept[^1] = end;
        return kept;
    }

    private TextLine Line(List<TextUnit> units, int em, long space, TextStyle style)
    {
        var runs = new List<TextRun>();
        for (var i = 0; i < units.Count; i++)
        {
            var unit = units[i];
            if (i > 0 && unit.HasSpaceBefore)
            {
                Append(SpaceAfter(runs[^1], style));
            }

            foreach (var run in unit.Runs)
            {
                Append(run);
            }
        }

        return new TextLine([.. runs], (int)(((LineBreaker.WidthOf(units, space) * em) + 0xFFFF) >> 16));

        void Append(TextRun run)
        {
            if (runs.Count > 0 && runs[^1].Face == run.Face && runs[^1].Tag == run.Tag)
            {
                runs[^1] = run with { Text = runs[^1].Text + run.Text };
            }
            else
            {
                runs.Add(run);
            }
        }
    }

    private TextRun SpaceAfter(TextRun run, TextStyle style)
    {
        var face = run.Face.Has(new Rune(' ')) ? run.Face : fonts.Find(new Rune(' '), style.IsBold, style.Family, "") ?? run.Face;
        return new TextRun(face, " ", run.Tag);
    }
}
