using Url2Video.Farm.Media.Pixels;

namespace Url2Video.Farm.Media.Composition;

/// <summary>
/// A bad signal: bands of rows jump sideways, their colours further than their light, and more and more of them show the new picture.
/// Bands change eight times over a transition, however long it is.
/// </summary>
internal static class Torn
{
    private const int Steps = 8;

    public static void Draw(YuvImage from, YuvImage to, int weight, YuvImage target)
    {
        var step = (uint)(weight * Steps / (FixedPoint.One15 + 1));
        var strength = Steep.Bump(weight);
        var top = 0;
        for (var band = 0; top < target.Height; band++)
        {
            var hash = PlaneGeometry.Hash(band, (int)step, 7);
            var height = Math.Max(2, (int)((hash & 15) + 1) * target.Height / 180) & ~1;
            var picture = (hash >> 4) % FixedPoint.One15 < weight ? to : from;
            var jump = Jump(hash >> 19, target.Width, strength);
            Band(picture, target, top, Math.Min(top + height, target.Height), jump, jump + (target.Width * strength / (90 * FixedPoint.One15)));
            top += height;
        }
    }

    // One band in three jumps, by up to a sixth of the width to either side.
    private static int Jump(uint hash, int width, int strength) =>
        hash % 3 != 0 ? 0 : (int)(((int)(hash >> 2 & 255) - 128) * (long)width * strength / (768L * FixedPoint.One15));

    private static void Band(YuvImage picture, YuvImage target, int top, int end, int jump, int colourJump)
    {
        for (var y = top; y < end; y++)
        {
            Shifted(picture.RowY(y), target.RowY(y), jump);
        }

        for (var y = top / 2; y < end / 2; y++)
        {
            Shifted(picture.RowU(y), target.RowU(y), colourJump / 2);
            Shifted(picture.RowV(y), target.RowV(y), ((2 * jump) - colourJump) / 2);
        }
    }

    /// <summary>A row moved right by a number of pixels, what leaves on one side coming back on the other.</summary>
    internal static void Shifted(ReadOnlySpan<byte> source, Span<byte> target, int by)
    {
        var shift = ((by % source.Length) + source.Length) % source.Length;
        source[..(source.Length - shift)].CopyTo(target[shift..]);
        source[(source.Length - shift)..].CopyTo(target);
    }
}
