using Url2Video.Farm.Media.Pixels;

namespace Url2Video.Farm.Media.Composition;

/// <summary>
/// Fills a field with the shape of a brush: 0 outside, all of it farther inside than the feather, smooth between. Additions, multiplications,
/// divisions and square roots in a fixed order, so that every machine gets the same.
/// </summary>
internal static class BrushShapes
{
    private const double One = RowKernels.DisplaceMaskOne;

    public static void Fill(BrushArea area, Field16 field, RenderContext context)
    {
        var feather = Math.Max(1, area.FeatherMillionths / 1e6 * Math.Min(field.Width, field.Height));
        switch (area)
        {
            case BrushArea.Ellipse ellipse:
                FillEllipse(ellipse.Box, feather, field);
                break;
            case BrushArea.Polygon polygon:
                FillPolygon([.. polygon.Points.Select(p => (p.XMillionths * (double)field.Width / 1e6, p.YMillionths * (double)field.Height / 1e6))], feather, field);
                break;
            case BrushArea.Painted painted:
                FillPainted(painted, (int)feather, field, context);
                break;
            default:
                throw new ArgumentException($"Not an area: {area}.", nameof(area));
        }
    }

    /// <summary>The part of a field that a shape can touch at most.</summary>
    public static PixelRect Around(BrushArea area, int width, int height)
    {
        var (left, top, right, bottom) = area switch
        {
            BrushArea.Ellipse { Box: var box } => (box.X / 1e6, box.Y / 1e6, (box.X + (double)box.Width) / 1e6, (box.Y + (double)box.Height) / 1e6),
            BrushArea.Polygon { Points: var points } => (
                points.Min(p => p.XMillionths) / 1e6, points.Min(p => p.YMillionths) / 1e6, points.Max(p => p.XMillionths) / 1e6, points.Max(p => p.YMillionths) / 1e6),
            _ => (0.0, 0.0, 1.0, 1.0),
        };
        var (x, y) = (Pixel(Math.Floor(left * width) - 1, width), Pixel(Math.Floor(top * height) - 1, height));
        return new PixelRect(x, y, Pixel(Math.Ceiling(right * width) + 1, width) - x, Pixel(Math.Ceiling(bottom * height) + 1, height) - y);

        static int Pixel(double place, int side) => (int)Math.Clamp(place, 0, side);
    }

    private static void FillEllipse(LayerBox box, double feather, Field16 field)
    {
        var (rx, ry) = (Math.Max(0.5, box.Width * (double)field.Width / 2e6), Math.Max(0.5, box.Height * (double)field.Height / 2e6));
        var (cx, cy) = ((box.X * (double)field.Width / 1e6) + rx, (box.Y * (double)field.Height / 1e6) + ry);
        for (var y = 0; y < field.Height; y++)
        {
            var row = field.Numbers(y);
            var dy = (y + 0.5 - cy) / ry;
            for (var x = 0; x < row.Length; x++)
            {
                var dx = (x + 0.5 - cx) / rx;
                var square = (dx * dx) + (dy * dy);
                row[x] = square >= 1 ? (short)0 : Smooth((1 - Math.Sqrt(square)) * Math.Min(rx, ry) / feather);
            }
        }
    }

    private static void FillPolygon((double X, double Y)[] points, double feather, Field16 field)
    {
        for (var y = 0; y < field.Height; y++)
        {
            var row = field.Numbers(y);
            for (var x = 0; x < row.Length; x++)
            {
                var (isInside, nearest) = (false, double.MaxValue);
                for (int i = 0, j = points.Length - 1; i < points.Length; j = i++)
                {
                    var (px, py) = (x + 0.5, y + 0.5);
                    var (a, b) = (points[i], points[j]);
                    isInside ^= a.Y > py != b.Y > py && px < ((b.X - a.X) * (py - a.Y) / (b.Y - a.Y)) + a.X;
                    nearest = Math.Min(nearest, SquareTo(a, b, px, py));
                }

                row[x] = isInside ? Smooth(Math.Sqrt(nearest) / feather) : (short)0;
            }
        }
    }

    private static void FillPainted(BrushArea.Painted area, int feather, Field16 field, RenderContext context)
    {
        using var decoded = context.Pictures.Open(area.PictureId);
        using var grey = PictureScaler.Scale(decoded.Image, (field.Width + 1) & ~1, (field.Height + 1) & ~1);
        using var plane = new Plane8(field.Width, field.Height);
        for (var y = 0; y < field.Height; y++)
        {
            grey.RowY(y)[..field.Width].CopyTo(plane.Row(y));
        }

        for (var pass = 0; pass < 2 && feather > 1; pass++)
        {
            BoxBlur.Rows(plane, feather / 2);
            BoxBlur.Columns(plane, feather / 2);
        }

        for (var y = 0; y < field.Height; y++)
        {
            var from = plane.Row(y);
            var to = field.Numbers(y);
            for (var x = 0; x < to.Length; x++)
            {
                to[x] = (short)(Math.Clamp(from[x] - 16, 0, 219) * RowKernels.DisplaceMaskOne / 219);
            }
        }
    }

    private static double SquareTo((double X, double Y) a, (double X, double Y) b, double x, double y)
    {
        var (dx, dy) = (b.X - a.X, b.Y - a.Y);
        var length = (dx * dx) + (dy * dy);
        var along = length == 0 ? 0 : Math.Clamp((((x - a.X) * dx) + ((y - a.Y) * dy)) / length, 0, 1);
        var (offX, offY) = (x - a.X - (along * dx), y - a.Y - (along * dy));
        return (offX * offX) + (offY * offY);
    }

    private static short Smooth(double share)
    {
        var t = Math.Clamp(share, 0, 1);
        return (short)Math.Min(One, Math.Floor((One * t * t * (3 - (2 * t))) + 0.5));
    }
}
