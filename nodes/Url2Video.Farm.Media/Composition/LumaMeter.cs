using Url2Video.Farm.Media.Pixels;

namespace Url2Video.Farm.Media.Composition;

/// <summary>Luma statistics of a region: what text will stand on.</summary>
internal sealed class LumaMeter
{
    private readonly int[] _counts = new int[256];
    private int _total;

    /// <summary>Counts every second pixel of every second row.</summary>
    public void Add(YuvImage image, PixelRect region)
    {
        region = region.Intersect(new PixelRect(0, 0, image.Width, image.Height));
        for (var y = region.Y; y < region.Bottom; y += 2)
        {
            var row = image.RowY(y).Slice(region.X, region.Width);
            for (var x = 0; x < row.Length; x += 2)
            {
                _counts[row[x]]++;
                _total++;
            }
        }
    }

    /// <summary>The luma that <paramref name="percent"/> of the pixels do not exceed; 16 when nothing was counted.</summary>
    public byte Percentile(int percent)
    {
        long wanted = (((long)_total * percent) + 99) / 100, seen = 0;
        for (var luma = 0; luma < 256 && _total > 0; luma++)
        {
            seen += _counts[luma];
            if (seen >= wanted)
            {
                return (byte)luma;
            }
        }

        return 16;
    }
}
