using Url2Video.Farm.Media.Pixels;

namespace Url2Video.Farm.Media.Composition;

/// <summary>The film's mark: scaled and multiplied out once, laid over every frame.</summary>
internal sealed class LogoLayer : IDisposable
{
    private readonly Overlay _overlay;
    private readonly int _x, _y, _alpha;
    private readonly Lanes _lanes;

    public LogoLayer(LogoMark logo, RenderContext context)
    {
        using var decoded = context.Pictures.Open(logo.PictureId);
        var width = Math.Max(2, (int)((long)context.Safe.ShortSide * logo.WidthMillionths / 1_000_000) & ~1);
        var height = (int)Math.Clamp((long)width * decoded.Image.Height / decoded.Image.Width, 2, context.Height / 2) & ~1;
        using var picture = PictureScaler.Scale(decoded.Image, width, height);
        using var opacity = decoded.Opacity is { } own ? PictureScaler.Scale(own, width, height) : Opaque(width, height);
        _overlay = new Overlay(picture, opacity);

        // Half the safe margin from the edges: a mark may stand nearer to them than text.
        var content = context.Safe.Content;
        var (marginX, marginY) = (content.X / 2, content.Y / 2);
        _x = (logo.Corner is LogoCorner.TopLeft or LogoCorner.BottomLeft ? marginX : context.Width - marginX - width) & ~1;
        _y = (logo.Corner is LogoCorner.TopLeft or LogoCorner.TopRight ? marginY : context.Height - marginY - height) & ~1;
        Place = new PixelRect(_x, _y, width, height);
        (_alpha, _lanes) = (FixedPoint.One15 * logo.OpacityPercent / 100, context.Lanes);
    }

    /// <summary>Where it stands on every frame.</summary>
    public PixelRect Place { get; }

    public void Draw(YuvImage target) => _overlay.Draw(target, _x, _y, _alpha, _lanes);

    public void Dispose() => _overlay.Dispose();

    private static Plane8 Opaque(int width, int height)
    {
        var plane = new Plane8(width, height);
        for (var y = 0; y < height; y++)
        {
            plane.Row(y).Fill(255);
        }

        return plane;
    }
}
