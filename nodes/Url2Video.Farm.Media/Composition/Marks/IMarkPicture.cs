using Url2Video.Farm.Media.Pixels;
using Url2Video.Farm.Media.Text;

namespace Url2Video.Farm.Media.Composition;

/// <summary>What a mark looks like, ready to be laid over frames.</summary>
internal interface IMarkPicture : IDisposable
{
    int Width { get; }

    int Height { get; }

    /// <param name="x">Even.</param>
    /// <param name="y">Even.</param>
    /// <param name="alpha">0..32767.</param>
    void Draw(YuvImage target, int x, int y, int alpha);
}

/// <summary>A picture: scaled and multiplied out once.</summary>
internal sealed class PictureMark : IMarkPicture
{
    private readonly Overlay _overlay;
    private readonly Lanes _lanes;

    /// <param name="width">Pixels, even; a picture that would be higher than <paramref name="heightMax"/> becomes narrower.</param>
    public PictureMark(string pictureId, int width, int heightMax, RenderContext context)
    {
        using var decoded = context.Pictures.Open(pictureId);
        var (w, h) = SizeOf(decoded, width, heightMax);
        using var picture = PictureScaler.Scale(decoded.Image, w, h);
        using var opacity = decoded.Opacity is { } own ? PictureScaler.Scale(own, w, h) : Opaque(w, h);
        (_overlay, _lanes) = (new Overlay(picture, opacity), context.Lanes);
    }

    public int Width => _overlay.Width;

    public int Height => _overlay.Height;

    public void Draw(YuvImage target, int x, int y, int alpha) => _overlay.Draw(target, x, y, alpha, _lanes);

    public void Dispose() => _overlay.Dispose();

    /// <summary>The size of a picture in a box: even, of its own shape.</summary>
    internal static (int Width, int Height) SizeOf(DecodedPicture picture, int widthMax, int heightMax)
    {
        var (width, height) = ((long)widthMax, (long)widthMax * picture.Image.Height / picture.Image.Width);
        if (height > heightMax)
        {
            (width, height) = ((long)heightMax * picture.Image.Width / picture.Image.Height, heightMax);
        }

        return (Math.Max(2, (int)width & ~1), Math.Max(2, (int)height & ~1));
    }

    internal static Plane8 Opaque(int width, int height)
    {
        var plane = new Plane8(width, height);
        for (var y = 0; y < height; y++)
        {
            plane.Row(y).Fill(255);
        }

        return plane;
    }
}

/// <summary>A line of text in the colour of the film's text, with a shadow, so that it can be read on anything.</summary>
internal sealed class TextMark : IMarkPicture
{
    private readonly List<TextBitmap> _letters;
    private readonly List<Mask> _shadows;
    private readonly RenderContext _context;
    private readonly int _drop;

    public TextMark(string text, int width, RenderContext context)
    {
        var size = context.Safe.ShortSide;
        var layout = new TextLayout(context.Fonts, rune => context.Warn(CompositionWarningKind.GlyphMissing, $"U+{rune.Value:X4}"));
        var style = new TextStyle(context.Theme.FontFamily, true, Math.Max(8, size * 34 / 1000), Math.Max(7, size * 18 / 1000), 1, 1_220);
        var set = layout.Fit([new TextSpan(text)], style, width, size);
        if (set.IsCut)
        {
            context.Warn(CompositionWarningKind.TextCut, text);
        }

        _letters = context.Rasterizer.Render(set, LineAlign.Left, set.Width);
        _shadows = [.. _letters.Select(l => MaskShapes.Shadow(l.Mask, Math.Max(1, set.Em / 16), gain: 200))];
        (_context, _drop, Width, Height) = (context, Math.Max(1, set.Em / 32), (set.Width + 1) & ~1, (set.Height + 1) & ~1);
    }

    public int Width { get; }

    public int Height { get; }

    public void Draw(YuvImage target, int x, int y, int alpha)
    {
        foreach (var shadow in _shadows)
        {
            _context.Painter.Paint(target, shadow, x, (y + _drop) << 8, new Yuv(16, 128, 128), FixedPoint.MulHrs(alpha, FixedPoint.W15(150)));
        }

        foreach (var letter in _letters)
        {
            _context.Painter.Paint(target, letter.Mask, x, y << 8, _context.Paper, alpha);
        }
    }

    public void Dispose()
    {
        _letters.ForEach(l => l.Dispose());
        _shadows.ForEach(s => s.Dispose());
    }
}
