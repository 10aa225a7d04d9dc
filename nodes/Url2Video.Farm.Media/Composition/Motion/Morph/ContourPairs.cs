using Url2Video.Farm.Media.Text;

namespace Url2Video.Farm.Media.Composition;

/// <summary>Two closed lines of equally many points, each the other's counterpart.</summary>
internal sealed record ContourPair(OutlinePoint[] From, OutlinePoint[] To);

/// <summary>
/// Finds for every line round a glyph the one that it becomes. Glyphs go with glyphs in their order; where one text has more, some of the other split or join.
/// In a glyph, outer lines go with outer ones and holes with holes, the larger first; what has no counterpart comes out of a point.
/// </summary>
internal static class ContourPairs
{
    private const int Points = 128;

    public static List<ContourPair> Of(List<GlyphOutline> from, List<GlyphOutline> to)
    {
        var pairs = new List<ContourPair>();
        var count = from.Count == 0 || to.Count == 0 ? 0 : Math.Max(from.Count, to.Count);
        for (var i = 0; i < count; i++)
        {
            var (a, b) = (Sorted(from[i * from.Count / count]), Sorted(to[i * to.Count / count]));
            Pair(a.Outer, b.Outer, a.Middle, b.Middle, pairs);
            Pair(a.Holes, b.Holes, a.Middle, b.Middle, pairs);
        }

        return pairs;
    }

    private static void Pair(List<OutlinePoint[]> from, List<OutlinePoint[]> to, OutlinePoint middleFrom, OutlinePoint middleTo, List<ContourPair> pairs)
    {
        for (var i = 0; i < Math.Max(from.Count, to.Count); i++)
        {
            var a = i < from.Count ? Even(from[i]) : null;
            var b = i < to.Count ? Even(to[i]) : null;
            pairs.Add(new ContourPair(a ?? Filled(middleFrom), b is null ? Filled(middleTo) : a is null ? b : Turned(b, a)));
        }
    }

    private static OutlinePoint[] Filled(OutlinePoint point)
    {
        var points = new OutlinePoint[Points];
        Array.Fill(points, point);
        return points;
    }

    /// <summary>Outer lines go one way round and holes the other, in every font the same here; the largest line is outer.</summary>
    private static (List<OutlinePoint[]> Outer, List<OutlinePoint[]> Holes, OutlinePoint Middle) Sorted(GlyphOutline glyph)
    {
        var bySize = glyph.Contours.OrderByDescending(c => Math.Abs(AreaOf(c))).ToList();
        var isTurned = AreaOf(bySize[0]) < 0;
        var contours = bySize.Select(c => isTurned ? [.. c.Reverse()] : c).ToList();
        return ([.. contours.Where(c => AreaOf(c) > 0)], [.. contours.Where(c => AreaOf(c) < 0)], MiddleOf(contours[0]));
    }

    private static long AreaOf(OutlinePoint[] contour)
    {
        var area = 0L;
        for (var i = 0; i < contour.Length; i++)
        {
            var (a, b) = (contour[i], contour[(i + 1) % contour.Length]);
            area += ((long)a.X * b.Y) - ((long)b.X * a.Y);
        }

        return area;
    }

    private static OutlinePoint MiddleOf(OutlinePoint[] contour) =>
        new((int)(contour.Sum(p => (long)p.X) / contour.Length), (int)(contour.Sum(p => (long)p.Y) / contour.Length));

    /// <summary>The same line with its points at equal distances along it.</summary>
    private static OutlinePoint[] Even(OutlinePoint[] contour)
    {
        var ends = new long[contour.Length + 1];
        for (var i = 0; i < contour.Length; i++)
        {
            var (a, b) = (contour[i], contour[(i + 1) % contour.Length]);
            var (dx, dy) = ((long)b.X - a.X, (long)b.Y - a.Y);
            ends[i + 1] = ends[i] + Math.Max(1, (long)Math.Sqrt((dx * dx) + (dy * dy)));
        }

        var (points, piece) = (new OutlinePoint[Points], 0);
        for (var i = 0; i < Points; i++)
        {
            var place = ends[^1] * i / Points;
            while (ends[piece + 1] <= place)
            {
                piece++;
            }

            var (a, b, length) = (contour[piece], contour[(piece + 1) % contour.Length], ends[piece + 1] - ends[piece]);
            var along = place - ends[piece];
            points[i] = new OutlinePoint(a.X + (int)((b.X - a.X) * along / length), a.Y + (int)((b.Y - a.Y) * along / length));
        }

        return points;
    }

    /// <summary>The same points from another first one: where the way of all to their counterparts is shortest.</summary>
    private static OutlinePoint[] Turned(OutlinePoint[] points, OutlinePoint[] like)
    {
        var (middle, other) = (MiddleOf(points), MiddleOf(like));
        var (best, least) = (0, long.MaxValue);
        for (var turn = 0; turn < Points; turn++)
        {
            var sum = 0L;
            for (var i = 0; i < Points && sum < least; i++)
            {
                var (a, b) = (points[(i + turn) % Points], like[i]);
                var (dx, dy) = ((long)a.X - middle.X - b.X + other.X, (long)a.Y - middle.Y - b.Y + other.Y);
                sum += (dx * dx) + (dy * dy);
            }

            (best, least) = sum < least ? (turn, sum) : (best, least);
        }

        return [.. points[best..], .. points[..best]];
    }
}
