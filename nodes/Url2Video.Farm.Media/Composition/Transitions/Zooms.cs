using Url2Video.Farm.Media.Pixels;

namespace Url2Video.Farm.Media.Composition;

/// <summary>Into the old picture while the new one shows through, or back from the new one.</summary>
internal static class Zooms
{
    /// <summary>How far in, beyond the whole: 1/256ths.</summary>
    private const long Beyond = 320;

    public static void Draw(
        bool isIn, YuvImage from, YuvImage to, int weight, YuvImage target, YuvImage scratch, FrameSampler sampler, Lanes lanes)
    {
        var share = (long)(isIn ? weight : FixedPoint.One15 - weight);
        var eased = share * share / FixedPoint.One15;
        var picture = isIn ? from : to;
        sampler.Draw(picture, Window(picture, eased), scratch, new PixelRect(0, 0, picture.Width, picture.Height));
        var (first, second) = isIn ? (scratch, to) : (from, scratch);
        ImageBlend.CrossFade(first, second, Steep.Middle(weight), target, lanes);
    }

    private static CropWindow Window(YuvImage picture, long eased)
    {
        var zoom = (256L * FixedPoint.One15) + (Beyond * eased);
        var width = (long)(((Int128)picture.Width << 32) * 256 * FixedPoint.One15 / zoom);
        var height = (long)(((Int128)picture.Height << 32) * 256 * FixedPoint.One15 / zoom);
        return new CropWindow((((long)picture.Width << 32) - width) / 2, (((long)picture.Height << 32) - height) / 2, width, height);
    }
}
