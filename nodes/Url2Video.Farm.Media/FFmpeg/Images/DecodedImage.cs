using Url2Video.Farm.Media.Pixels;

namespace Url2Video.Farm.Media.FFmpeg;

/// <summary>A picture ready to be composed: upright, BT.709 limited range, even sides.</summary>
/// <param name="Image">Colour, not multiplied by opacity.</param>
/// <param name="Opacity">In luma resolution, 255 opaque; null when every pixel is opaque.</param>
/// <param name="Source">What the file said of itself.</param>
public sealed record DecodedImage(YuvImage Image, Plane8? Opacity, ImageInfo Source) : IDisposable
{
    public void Dispose()
    {
        Image.Dispose();
        Opacity?.Dispose();
    }
}

/// <summary>Bounds of one decoding.</summary>
public sealed record ImageDecodeOptions
{
    /// <summary>Pixels; checked on the header, before anything is allocated.</summary>
    public long PixelsMax { get; init; } = 50_000_000;

    /// <summary>Bytes of the decoded form; a picture with 16 bits a channel takes twice as many as one with 8.</summary>
    public long BytesMax { get; init; } = 256 * 1024 * 1024;

    /// <summary>The result is scaled down to fit, keeping its shape; never up. Pixels on the screen, after turning.</summary>
    public int WidthMax { get; init; } = ImageInfo.SideMax;

    /// <inheritdoc cref="WidthMax"/>
    public int HeightMax { get; init; } = ImageInfo.SideMax;

    /// <summary>
    /// Give transparent pixels the colour of the nearest seen ones, so that whatever the file hides there cannot bleed into a rim when
    /// colour is halved or sampled between pixels.
    /// </summary>
    public bool IsSpread { get; init; }
}
