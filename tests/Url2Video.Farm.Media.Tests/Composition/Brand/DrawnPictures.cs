using Url2Video.Farm.Media.Composition;
using Url2Video.Farm.Media.Pixels;

namespace Url2Video.Farm.Media.Tests.Composition.Brand;

/// <summary>Pictures that are drawn for a test, by name.</summary>
internal sealed class DrawnPictures(Func<string, DecodedPicture> draw) : IPictureSource
{
    public DecodedPicture Open(string pictureId) => draw(pictureId);

    /// <summary>A white disc with a red bar on nothing, 240 by 160.</summary>
    public static DecodedPicture Logo()
    {
        var (image, opacity) = (new YuvImage(240, 160), new Plane8(240, 160));
        image.Fill(235, 128, 128);
        var red = new Rgb(220, 30, 40).ToYuv();
        for (var y = 0; y < 160; y++)
        {
            for (var x = 0; x < 240; x++)
            {
                var (dx, dy) = (x - 120, y - 80);
                var isBar = y is >= 64 and < 96;
                opacity.Row(y)[x] = (byte)(isBar || (dx * dx) + (dy * dy) < 82 * 82 ? 255 : 0);
                if (isBar)
                {
                    image.RowY(y)[x] = red.Y;
                    image.RowU(y / 2)[x / 2] = red.U;
                    image.RowV(y / 2)[x / 2] = red.V;
                }
            }
        }

        return new DecodedPicture(image, opacity);
    }

    /// <summary>Grey, with a fine pattern in all corners but those named.</summary>
    public static DecodedPicture BusyBut(int width, int height, params MarkAnchor[] calm)
    {
        var image = new YuvImage(width, height);
        image.Fill(100, 128, 128);
        for (var y = 0; y < height; y++)
        {
            var row = image.RowY(y);
            for (var x = 0; x < width; x++)
            {
                var corner = (x < width / 2, y < height / 2) switch
                {
                    (true, true) => MarkAnchor.TopLeft,
                    (false, true) => MarkAnchor.TopRight,
                    (true, false) => MarkAnchor.BottomLeft,
                    _ => MarkAnchor.BottomRight,
                };
                if (!calm.Contains(corner) && (((x / 16) + (y / 16)) & 1) == 0)
                {
                    row[x] = 180;
                }
            }
        }

        return new DecodedPicture(image);
    }
}
