using Url2Video.Farm.Media.Pixels;

namespace Url2Video.Farm.Media.Composition;

/// <summary>
/// A picture on its way to a background: decoded, laid on the film's colours where it has holes, styled, and brought to the size that is kept. Layers
/// that show the same picture at the same size keep one, and then it is not even decoded again.
/// </summary>
internal sealed class PictureOpening : IDisposable
{
    private readonly Background.Picture _background;
    private readonly RenderContext _context;
    private YuvImage? _image;

    public PictureOpening(Background.Picture background, RenderContext context)
    {
        (_background, _context) = (background, context);
        if (!context.Shared.PictureSizes.TryGetValue(background.PictureId, out var size))
        {
            context.Shared.PictureSizes[background.PictureId] = size = (Image.Width, Image.Height);
        }

        Size = size;
        Plan = PicturePlan.Of(background, size.Width, size.Height, context.Width, context.Height);
    }

    /// <summary>As it is decoded.</summary>
    public (int Width, int Height) Size { get; }

    public PicturePlan Plan { get; }

    /// <summary>All of it; decoded when it is asked for.</summary>
    public YuvImage Image => _image ??= Open();

    /// <summary>What is kept. <see cref="Image"/> is gone after it.</summary>
    public Lease<YuvImage> Reduced() => _context.Shared.Rent((_background.PictureId, _background.Style, Plan.Width, Plan.Height), () =>
    {
        var image = Image;
        _image = null;
        return PictureFitter.Reduce(image, Plan.Width, Plan.Height);
    });

    public void Dispose() => _image?.Dispose();

    private YuvImage Open()
    {
        var decoded = _context.Pictures.Open(_background.PictureId);
        if (decoded.Opacity is { } opacity)
        {
            PictureFitter.Flatten(decoded.Image, opacity, _context.Theme);
            opacity.Dispose();
        }

        PictureBackground.Style(decoded.Image, _background.Style, _context);
        return decoded.Image;
    }
}
