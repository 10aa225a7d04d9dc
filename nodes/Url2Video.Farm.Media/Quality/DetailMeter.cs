using System.Collections.Immutable;
using Url2Video.Farm.Media.Pixels;

namespace Url2Video.Farm.Media.Quality;

/// <summary>Sharpness, blocks, banding, exposure, detail and colours of one frame, from some of its rows.</summary>
/// <param name="colours">To be looked for; at most eight.</param>
internal sealed unsafe class DetailMeter(ImmutableArray<Yuv> colours, Lanes lanes)
{
    /// <summary>Rows from one that is measured to the next.</summary>
    private const int RowStep = 16;

    /// <summary>Pixels from one whose colour is looked at to the next.</summary>
    private const int ColourStep = 8;

    /// <summary>How far a code may be off, per plane, and still be the colour.</summary>
    private const int ColourTolerance = 6;

    private const int Black = 18;
    private const int White = 233;

    /// <summary>So far apart pixels are compared for sharpness.</summary>
    private const int Far = 4;

    private readonly int[] _found = new int[colours.Length];

    public FrameDetail Measure(YuvImage image)
    {
        Span<long> near = stackalloc long[8];
        Span<long> far = stackalloc long[8];
        var (low, high, band, pixels, steps) = (0L, 0L, 0L, 0L, 0L);
        var sobel = new SobelSpread();
        Array.Clear(_found);
        var (looked, count) = (0L, image.Width - Far);
        near.Clear();
        far.Clear();
        for (var y = RowStep / 2; y < image.Height - 1; y += RowStep)
        {
            var row = image.Y + ((nint)y * image.StrideY);
            RowKernels.Steps(row, count, 1, near, lanes);
            RowKernels.Steps(row, count, Far, far, lanes);
            steps += count;
            sobel.Add(row - image.StrideY, row, row + image.StrideY, image.Width);
            band += Staircase.PixelsIn(image.RowY(y));
            foreach (var luma in image.RowY(y))
            {
                low += luma <= Black ? 1 : 0;
                high += luma >= White ? 1 : 0;
            }

            pixels += image.Width;
            looked += LookForColours(image, y);
        }

        var (sumNear, sumFar) = (Total(near), Total(far));
        return new FrameDetail(
            sobel.Hundredths,
            (int)(sumNear * 1000 / Math.Max(1, steps)),
            sumNear == 0 ? 0 : (int)(sumFar * 1000 / sumNear),
            Blocks(near),
            (int)(band * 1000 / Math.Max(1, pixels)),
            (int)(low * 1000 / Math.Max(1, pixels)),
            (int)(high * 1000 / Math.Max(1, pixels)),
            [.. _found.Select(f => (int)((f * 1000L + looked - 1) / Math.Max(1, looked)))]);
    }

    // Steps over the edge of a block lie between its eighth pixel and the next one's first.
    private static int Blocks(ReadOnlySpan<long> near)
    {
        var others = (Total(near) - near[7]) / 7;
        return (int)Math.Min(1_000_000, near[7] * 1000 / Math.Max(1, others));
    }

    private static long Total(ReadOnlySpan<long> sums)
    {
        var total = 0L;
        foreach (var sum in sums)
        {
            total += sum;
        }

        return total;
    }

    private int LookForColours(YuvImage image, int y)
    {
        if (colours.IsEmpty)
        {
            return 0;
        }

        var row = image.RowY(y);
        var u = image.RowU(y / 2);
        var v = image.RowV(y / 2);
        var looked = 0;
        for (var x = 0; x < row.Length; x += ColourStep, looked++)
        {
            for (var i = 0; i < colours.Length; i++)
            {
                var colour = colours[i];
                if (Math.Abs(row[x] - colour.Y) <= ColourTolerance && Math.Abs(u[x / 2] - colour.U) <= ColourTolerance && Math.Abs(v[x / 2] - colour.V) <= ColourTolerance)
                {
                    _found[i]++;
                    break;
                }
            }
        }

        return looked;
    }
}
