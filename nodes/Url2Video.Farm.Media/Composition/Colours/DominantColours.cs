using System.Collections.Immutable;
using Url2Video.Farm.Media.Pixels;

namespace Url2Video.Farm.Media.Composition;

/// <summary>A colour of a picture, and how much of the picture it is.</summary>
/// <param name="SharePermille">0..1000.</param>
public readonly record struct DominantColour(Rgb Colour, int SharePermille);

/// <summary>
/// The few colours that a picture is made of: k-means in L*a*b*, where distances are what the eye sees. The first middles are the colours that are farthest from
/// those chosen before, weighted by how many pixels have them; nothing is drawn by lot, so the same picture gives the same colours.
/// </summary>
public static class DominantColours
{
    public const int CountMax = 12;

    /// <summary>Five bits a channel: more tells no more of what dominates.</summary>
    private const int BinBits = 5;
    private const int RoundsMax = 40;
    private const double Moved = 0.01;

    /// <summary>Middles closer than this look like one colour.</summary>
    private const double SameDifference = 6;

    /// <param name="count">At most so many, 1..<see cref="CountMax"/>; fewer when the picture has fewer.</param>
    /// <param name="opacity">What is less than half there does not count; null: all of it does.</param>
    /// <returns>The largest share first; empty when nothing is there.</returns>
    public static ImmutableArray<DominantColour> Of(YuvImage image, int count, Plane8? opacity = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, CountMax);
        var bins = BinsOf(image, opacity);
        if (bins.Count == 0)
        {
            return [];
        }

        var middles = FirstMiddles(bins, count);
        var owners = new int[bins.Count];
        for (var round = 0; round < RoundsMax; round++)
        {
            Assign(bins, middles, owners);
            if (!Move(bins, middles, owners))
            {
                break;
            }
        }

        Assign(bins, middles, owners);
        var all = bins.Sum(b => b.Weight);
        return
        [
            .. middles
                .Select((m, i) => new DominantColour(RgbOf(m), (int)(((1000 * bins.Where((_, b) => owners[b] == i).Sum(b => b.Weight)) + (all / 2)) / all)))
                .Where(c => c.SharePermille > 0)
                .OrderByDescending(c => c.SharePermille),
        ];
    }

    private static List<Bin> BinsOf(YuvImage image, Plane8? opacity)
    {
        var (sums, weights) = (new Triple[1 << (3 * BinBits)], new long[1 << (3 * BinBits)]);
        for (var y = 0; y < image.Height; y++)
        {
            for (var x = 0; x < image.Width; x++)
            {
                if (opacity is not null && (y >= opacity.Height || x >= opacity.Width || opacity.Row(y)[x] < 128))
                {
                    continue;
                }

                var rgb = LabStatistics.Shown(ColourMatrix.FromCodes.Of(new Triple(image.RowY(y)[x], image.RowU(y / 2)[x / 2], image.RowV(y / 2)[x / 2])));
                var at = (Part(rgb.X) << (2 * BinBits)) | (Part(rgb.Y) << BinBits) | Part(rgb.Z);
                sums[at] = new Triple(sums[at].X + rgb.X, sums[at].Y + rgb.Y, sums[at].Z + rgb.Z);
                weights[at]++;
            }
        }

        return [.. Enumerable.Range(0, weights.Length).Where(i => weights[i] > 0).Select(i => new Bin(
            Lab.Of(new Triple(sums[i].X / weights[i], sums[i].Y / weights[i], sums[i].Z / weights[i])), weights[i]))];

        static int Part(double value) => Math.Min((1 << BinBits) - 1, (int)(value * (1 << BinBits)));
    }

    private static List<Triple> FirstMiddles(List<Bin> bins, int count)
    {
        var middles = new List<Triple> { bins.MaxBy(b => b.Weight).Colour };
        while (middles.Count < count)
        {
            var (best, farthest) = (default(Triple), 0.0);
            foreach (var bin in bins)
            {
                var distance = middles.Min(m => Lab.Difference(m, bin.Colour));
                if (distance > SameDifference && distance * distance * bin.Weight > farthest)
                {
                    (best, farthest) = (bin.Colour, distance * distance * bin.Weight);
                }
            }

            if (farthest == 0)
            {
                break;
            }

            middles.Add(best);
        }

        return middles;
    }

    private static void Assign(List<Bin> bins, List<Triple> middles, int[] owners)
    {
        for (var i = 0; i < owners.Length; i++)
        {
            var (owner, nearest) = (0, double.MaxValue);
            for (var m = 0; m < middles.Count; m++)
            {
                if (Lab.Difference(middles[m], bins[i].Colour) is var distance && distance < nearest)
                {
                    (owner, nearest) = (m, distance);
                }
            }

            owners[i] = owner;
        }
    }

    /// <returns>False when nothing moves any more.</returns>
    private static bool Move(List<Bin> bins, List<Triple> middles, int[] owners)
    {
        var hasMoved = false;
        for (var m = 0; m < middles.Count; m++)
        {
            var (l, a, b, weight) = (0.0, 0.0, 0.0, 0L);
            for (var i = 0; i < owners.Length; i++)
            {
                if (owners[i] == m)
                {
                    var bin = bins[i];
                    (l, a, b, weight) = (l + (bin.Colour.X * bin.Weight), a + (bin.Colour.Y * bin.Weight), b + (bin.Colour.Z * bin.Weight), weight + bin.Weight);
                }
            }

            var middle = weight == 0 ? middles[m] : new Triple(l / weight, a / weight, b / weight);
            hasMoved |= Lab.Difference(middle, middles[m]) > Moved;
            middles[m] = middle;
        }

        return hasMoved;
    }

    private static Rgb RgbOf(Triple lab)
    {
        var rgb = LabStatistics.Shown(Lab.ToRgb(lab));
        return new Rgb(Code(rgb.X), Code(rgb.Y), Code(rgb.Z));

        static byte Code(double value) => (byte)Math.Floor((value * 255) + 0.5);
    }

    private readonly record struct Bin(Triple Colour, long Weight);
}
