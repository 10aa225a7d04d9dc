namespace Url2Video.Farm.Media.FFmpeg;

/// <summary>The size a decoded picture gets.</summary>
internal static class ImageSize
{
    /// <summary>The largest even size of the same shape that fits and is not larger than the source (but for 1 pixel becoming 2).</summary>
    internal static (int Width, int Height) Fit(int width, int height, int widthMax, int heightMax)
    {
        if (width > widthMax || height > heightMax)
        {
            var isWidthTighter = (long)width * heightMax >= (long)height * widthMax;
            (width, height) = isWidthTighter
                ? (widthMax, Scale(height, widthMax, width))
                : (Scale(width, heightMax, height), heightMax);
        }

        return (Even(width), Even(height));
    }

    private static int Scale(int side, int numerator, int denominator) =>
        (int)(((long)side * numerator + denominator / 2) / denominator);

    private static int Even(int side) => Math.Max(2, side & ~1);
}
