using Url2Video.Farm.Media.Composition;
using Url2Video.Farm.Media.Pixels;

namespace Url2Video.Farm.Media.Quality;

/// <summary>
/// How a text stands out on the finished frame: the ratio of WCAG between its colour and what lies around its letters. What is near to the colour of
/// the letters counts as letters, unless there is too much of it: then the letters lie on their own colour.
/// </summary>
internal static class TextContrast
{
    /// <summary>Luma codes from the text's own that still belong to its letters.</summary>
    private const int Near = 20;

    /// <summary>Letters take a third of their box at most.</summary>
    private const int LettersPercentMax = 60;

    /// <summary>So much of what lies around is not nearer to the letters: edges of letters, which are between, are left out.</summary>
    private const int Percentile = 50;

    /// <returns>Thousandths, from 1000.</returns>
    public static int Ratio(YuvImage image, PixelRect region, byte letters)
    {
        region = region.Intersect(new PixelRect(0, 0, image.Width, image.Height));
        Span<int> counts = stackalloc int[256];
        counts.Clear();
        var (total, near) = (0, 0);
        for (var y = region.Y; y < region.Bottom; y += 2)
        {
            var row = image.RowY(y).Slice(region.X, region.Width);
            for (var x = 0; x < row.Length; x += 2)
            {
                total++;
                if (Math.Abs(row[x] - letters) <= Near)
                {
                    near++;
                }
                else
                {
                    counts[row[x]]++;
                }
            }
        }

        return total == 0 || near * 100L > total * (long)LettersPercentMax ? 1_000 : Contrast.Ratio(letters, Around(counts, total - near, letters));
    }

    private static byte Around(ReadOnlySpan<int> counts, int total, byte letters)
    {
        var wanted = (total * Percentile / 100) + 1;
        for (var distance = 255; distance >= 0; distance--)
        {
            wanted -= (letters - distance >= 0 ? counts[letters - distance] : 0) + (letters + distance <= 255 && distance > 0 ? counts[letters + distance] : 0);
            if (wanted <= 0)
            {
                return (byte)(letters - distance >= 0 && counts[letters - distance] > 0 ? letters - distance : Math.Min(255, letters + distance));
            }
        }

        return letters;
    }
}
