using AngleSharp.Dom;
using AngleSharp.Html.Dom;

namespace Url2Video.Farm.Content.Extraction;

/// <summary>
/// Chooses among three opinions of what the text of a page is: Readability, the page's own semantic container, everything that the
/// filter left. Readability wins unless a cleaner and much longer one contains it.
/// </summary>
internal static class BodyVote
{
    /// <summary>Less prose than this is not an article but a caption.</summary>
    private const int CharsMin = 140;

    private const double MuchLonger = 1.6;

    private const double LinkDensityMax = 0.15;

    private const string Containers = "article, [itemprop=articleBody], main, [role=main], .entry-content, .post-content, .article-body";

    public static List<RawBlock> Choose(IHtmlDocument document, IReadOnlyList<RawBlock> filtered, HashSet<int> readable)
    {
        var byReadability = filtered.Where(b => IsKept(b, readable)).ToList();
        var bySemantics = LargestContainer(document, filtered);
        if (CharsOf(byReadability) < CharsMin)
        {
            return WithHeadings(CharsOf(bySemantics) >= CharsMin ? bySemantics : [.. filtered], filtered);
        }

        var isContained = byReadability.Count(bySemantics.Contains) >= 0.9 * byReadability.Count;
        var isBetter = isContained && CharsOf(bySemantics) > MuchLonger * CharsOf(byReadability)
            && LinkDensityOf(bySemantics) < LinkDensityMax;
        return WithHeadings(isBetter ? bySemantics : byReadability, filtered);
    }

    /// <summary>A block is kept when its element is, or when an inner element of it is (Readability may unwrap a div).</summary>
    private static bool IsKept(RawBlock block, HashSet<int> readable) =>
        readable.Contains(Page.NumberOf(block.Element))
            || (block.Element.ChildElementCount > 0 && block.Element.Children.Any(c => readable.Contains(Page.NumberOf(c))));

    private static List<RawBlock> LargestContainer(IHtmlDocument document, IReadOnlyList<RawBlock> filtered) =>
        document.QuerySelectorAll(Containers).Take(50)
            .Select(container => filtered.Where(b => container.Contains(b.Element)).ToList())
            .OrderByDescending(CharsOf)
            .FirstOrDefault() ?? [];

    private static int CharsOf(IEnumerable<RawBlock> blocks) => blocks.Where(b => b.IsProse).Sum(b => b.Text.Length);

    private static double LinkDensityOf(IReadOnlyCollection<RawBlock> blocks) =>
        blocks.Sum(b => b.LinkChars) / (double)Math.Max(1, blocks.Sum(b => b.Text.Length));

    /// <summary>Readability drops some headings; one is wanted exactly where kept text follows it before the next heading.</summary>
    private static List<RawBlock> WithHeadings(List<RawBlock> chosen, IReadOnlyList<RawBlock> filtered)
    {
        var wanted = new HashSet<RawBlock>(chosen, ReferenceEqualityComparer.Instance);
        var result = new List<RawBlock>();
        var pending = new List<RawBlock>();
        foreach (var block in filtered)
        {
            if (block.Kind == BlockKind.Heading)
            {
                pending.RemoveAll(h => h.Level >= block.Level);
                pending.Add(block);
            }
            else if (wanted.Contains(block))
            {
                result.AddRange(pending);
                pending.Clear();
                result.Add(block);
            }
        }

        return result;
    }
}
