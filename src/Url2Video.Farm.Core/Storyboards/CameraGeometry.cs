namespace Url2Video.Farm.Core.Storyboards;

/// <summary>A rectangle of an image in 1/65536 pixels, so that a move has no visible steps.</summary>
public readonly record struct FixedRect(long X, long Y, long Width, long Height)
{
    public const int One = 65_536;
}

/// <summary>Turns camera views into source rectangles. Integers only: these become pixels.</summary>
public static class CameraGeometry
{
    /// <summary>
    /// The part of the image that fills the canvas when the camera looks at <paramref name="view"/> with <see cref="Fit.Cover"/>.
    /// </summary>
    /// <param name="imageWidth">Pixels, at least 1.</param>
    /// <param name="imageHeight">Pixels, at least 1.</param>
    /// <param name="canvasWidth">Pixels, at least 1.</param>
    /// <param name="canvasHeight">Pixels, at least 1.</param>
    /// <returns>A rectangle of the canvas's shape (to 1/65536 pixel) that lies inside the image.</returns>
    public static FixedRect CropOf(CameraView view, int imageWidth, int imageHeight, int canvasWidth, int canvasHeight)
    {
        var wide = (long)imageWidth * FixedRect.One;
        var high = (long)imageHeight * FixedRect.One;

        // The largest rectangle of the canvas's shape inside the image.
        var isImageWider = (long)imageWidth * canvasHeight >= (long)imageHeight * canvasWidth;
        var fullWidth = isImageWider ? Scale(high, canvasWidth, canvasHeight) : wide;
        var fullHeight = isImageWider ? high : Scale(wide, canvasHeight, canvasWidth);

        var width = Math.Max(1, Scale(fullWidth, Point.Scale, view.Zoom));
        var height = Math.Max(1, Scale(fullHeight, Point.Scale, view.Zoom));
        var x = Scale(wide, view.Centre.X, Point.Scale) - width / 2;
        var y = Scale(high, view.Centre.Y, Point.Scale) - height / 2;
        return new FixedRect(Math.Clamp(x, 0, wide - width), Math.Clamp(y, 0, high - height), width, height);
    }

    private static long Scale(long value, long numerator, long denominator) => (long)((Int128)value * numerator / denominator);
}
