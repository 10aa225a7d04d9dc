using Url2Video.Farm.Media.Composition;
using Url2Video.Farm.Media.Pixels;

namespace Url2Video.Farm.Media.Tests.Composition.Camera;

/// <summary>A wall of coloured boxes with straight lines in both directions and a round subject in the middle: what a camera does to it is plain to see.</summary>
internal sealed class StreetPicture(int width, int height) : IPictureSource
{
    public DecodedPicture Open(string pictureId)
    {
        var image = new YuvImage(width, height);
        for (var y = 0; y < height; y++)
        {
            var luma = image.RowY(y);
            for (var x = 0; x < width; x++)
            {
                var (dx, dy) = (x - (width / 2), y - (height / 2));
                var isLine = x % 120 < 4 || y % 120 < 4;
                var isSubject = (dx * dx) + (dy * dy) < 180 * 180;
                luma[x] = (byte)(isSubject ? 215 : isLine ? 30 : 70 + (((x / 120 * 37) + (y / 120 * 53)) % 90));
            }
        }

        for (var y = 0; y < height / 2; y++)
        {
            for (var x = 0; x < width / 2; x++)
            {
                image.RowU(y)[x] = (byte)(96 + (x / 60 * 29 % 64));
                image.RowV(y)[x] = (byte)(96 + (y / 60 * 23 % 64));
            }
        }

        return new DecodedPicture(image);
    }
}
