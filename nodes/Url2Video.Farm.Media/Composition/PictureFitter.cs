using Url2Video.Farm.Media.Pixels;

namespace Url2Video.Farm.Media.Composition;

/// <summary>Brings pictures to a size a camera can move over.</summary>
internal static class PictureFitter
{
    /// <summary>A reduced picture has this many pixels per frame pixel at the widest view, in thousandths: near 1:1 is sharpest.</summary>
    private const int ReducedThousandths = 1_125;

    /// <summary>
    /// Gives back the picture itself, or, when the camera's widest view has more than 1.5 picture pixels to a frame pixel, a
    /// reduced copy (and disposes the original).
    /// </summary>
    public static YuvImage Reduce(YuvImage picture, CameraMove camera, int width, int height)
    {
        var widest = new CameraPath(camera, picture.Width, picture.Height, width, height).WidestQ32;
        if (widest <= (long)((Int128)width * FrameSampler.StepMaxQ32))
        {
            return picture;
        }

        // The same factor for both sides, rounded to even sizes.
        using (picture)
        {
            var toWidth = Scaled(picture.Width, widest, width);
            var toHeight = Scaled(picture.Height, widest, width);
            return PictureScaler.Scale(picture, toWidth, toHeight);
        }
    }

    private static int Scaled(int size, long widestQ32, int width) =>
        Math.Max(2, (int)(((Int128)size * width * ReducedThousandths << 32) / ((Int128)widestQ32 * 2000)) * 2);
}
