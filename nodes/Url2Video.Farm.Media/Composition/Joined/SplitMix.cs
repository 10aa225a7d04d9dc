using Url2Video.Farm.Media.Pixels;

namespace Url2Video.Farm.Media.Composition;

/// <summary>The pixels that a line between two pictures cuts: each has of either as much as lies on its side.</summary>
internal static class SplitMix
{
    /// <param name="target">Has the first picture; gets the mix.</param>
    /// <param name="strip">The second picture about the line.</param>
    /// <param name="zone">The first column (row) of the strip, even.</param>
    /// <param name="at">Of the line, 1/65536 pixel.</param>
    public static void Into(YuvImage target, YuvImage strip, int zone, long at, bool isStacked)
    {
        Span<int> luma = stackalloc int[4];
        Span<int> chroma = stackalloc int[2];
        for (var i = 0; i < luma.Length; i++)
        {
            luma[i] = Beyond(at, (long)(zone + i) << 16, 1 << 16);
        }

        // Across, colour is level with the left pixel of its pair; down it lies midway between the two.
        for (var i = 0; i < chroma.Length; i++)
        {
            chroma[i] = Beyond(at, ((long)(zone + (2 * i)) << 16) - (isStacked ? 0 : 1 << 15), 2 << 16);
        }

        if (isStacked)
        {
            Rows(target, strip, zone, luma, chroma);
            return;
        }

        for (var y = 0; y < target.Height; y++)
        {
            Mix(target.RowY(y).Slice(zone, luma.Length), strip.RowY(y), luma);
        }

        for (var y = 0; y < target.Height / 2; y++)
        {
            Mix(target.RowU(y).Slice(zone / 2, chroma.Length), strip.RowU(y), chroma);
            Mix(target.RowV(y).Slice(zone / 2, chroma.Length), strip.RowV(y), chroma);
        }
    }

    /// <summary>How much of a stretch lies beyond the line, 0..32767.</summary>
    private static int Beyond(long at, long start, int length) =>
        (int)(Math.Clamp(start + length - at, 0, length) * FixedPoint.One15 / length);

    private static void Rows(YuvImage target, YuvImage strip, int zone, ReadOnlySpan<int> luma, ReadOnlySpan<int> chroma)
    {
        for (var y = 0; y < luma.Length; y++)
        {
            Mix(target.RowY(zone + y), strip.RowY(y), luma[y]);
        }

        for (var y = 0; y < chroma.Length; y++)
        {
            Mix(target.RowU((zone / 2) + y), strip.RowU(y), chroma[y]);
            Mix(target.RowV((zone / 2) + y), strip.RowV(y), chroma[y]);
        }
    }

    private static void Mix(Span<byte> first, ReadOnlySpan<byte> second, ReadOnlySpan<int> weights)
    {
        for (var i = 0; i < first.Length; i++)
        {
            first[i] = (byte)(first[i] + FixedPoint.MulHrs(second[i] - first[i], weights[i]));
        }
    }

    private static void Mix(Span<byte> first, ReadOnlySpan<byte> second, int weight)
    {
        for (var i = 0; i < first.Length; i++)
        {
            first[i] = (byte)(first[i] + FixedPoint.MulHrs(second[i] - first[i], weight));
        }
    }
}
