using Url2Video.Farm.Media.Pixels;

namespace Url2Video.Farm.Media.Composition;

/// <summary>Where in a frame a mark of some size stands. Pure.</summary>
internal static class MarkPlace
{
    /// <summary>Those that <see cref="MarkAnchor.Auto"/> chooses from; the first of equals wins.</summary>
    public static ReadOnlySpan<MarkAnchor> Corners => [MarkAnchor.TopRight, MarkAnchor.TopLeft, MarkAnchor.BottomRight, MarkAnchor.BottomLeft];

    /// <param name="captions">Where captions may come; null when none are burned in. What would stand there stands above it.</param>
    public static PixelRect Of(MarkAnchor anchor, int width, int height, int marginX, int marginY, int frameWidth, int frameHeight, PixelRect? captions)
    {
        var x = anchor switch
        {
            MarkAnchor.TopLeft or MarkAnchor.Left or MarkAnchor.BottomLeft => marginX,
            MarkAnchor.Top or MarkAnchor.Centre or MarkAnchor.Bottom => (frameWidth - width) / 2,
            _ => frameWidth - marginX - width,
        };
        var y = anchor switch
        {
            MarkAnchor.TopLeft or MarkAnchor.Top or MarkAnchor.TopRight => marginY,
            MarkAnchor.Left or MarkAnchor.Centre or MarkAnchor.Right => (frameHeight - height) / 2,
            _ => frameHeight - marginY - height,
        };
        var place = new PixelRect(Even(x, frameWidth - width), Even(y, frameHeight - height), width, height);
        return captions is { } area && Meets(place, area) ? place with { Y = Even(area.Y - Math.Min(marginY, area.Y) - height, frameHeight) } : place;
    }

    private static bool Meets(PixelRect a, PixelRect b) =>
        a.X < b.X + b.Width && b.X < a.X + a.Width && a.Y < b.Y + b.Height && b.Y < a.Y + a.Height;

    // Overlays stand on whole samples of colour.
    private static int Even(int place, int most) => Math.Max(0, Math.Min(place, most)) & ~1;
}
