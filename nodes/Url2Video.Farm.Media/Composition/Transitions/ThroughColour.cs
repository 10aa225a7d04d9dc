using Url2Video.Farm.Media.Pixels;

namespace Url2Video.Farm.Media.Composition;

/// <summary>The old picture fades into a grey, the new one out of it.</summary>
internal static class ThroughColour
{
    /// <param name="luma">Of the grey: 16 black, 235 white.</param>
    public static unsafe void Draw(YuvImage from, YuvImage to, int weight, byte luma, YuvImage target, Lanes lanes)
    {
        var picture = 2 * weight <= FixedPoint.One15 ? from : to;
        var share = Math.Min(Math.Abs((2 * weight) - FixedPoint.One15), FixedPoint.One15);
        var (y, c) = (Towards(luma, share), Towards(128, share));
        for (nint row = 0; row < target.Height; row++)
        {
            var line = picture.Y + (row * picture.StrideY);
            RowKernels.Affine(line, line, line, y, target.Y + (row * target.StrideY), target.Width, lanes);
        }

        for (nint row = 0; row < target.Height / 2; row++)
        {
            var u = picture.U + (row * picture.StrideC);
            var v = picture.V + (row * picture.StrideC);
            RowKernels.Affine(u, u, u, c, target.U + (row * target.StrideC), target.Width / 2, lanes);
            RowKernels.Affine(v, v, v, c, target.V + (row * target.StrideC), target.Width / 2, lanes);
        }
    }

    private static AffineRow Towards(int code, int share)
    {
        var s = share / (double)FixedPoint.One15;
        return AffineRow.From(s, 0, 0, code + ((128 - code) * s), 0, 255);
    }
}
