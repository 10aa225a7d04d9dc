using Url2Video.Farm.Media.Composition;
using Url2Video.Farm.Media.Pixels;

namespace Url2Video.Farm.Media.Tests.Composition.Camera;

/// <summary>
/// A dark picture with round soft dots at known places, and the meter that finds them again in a frame: their centre of gravity
/// tells where the picture is, to a hundredth of a pixel.
/// </summary>
internal sealed class DotPicture(int width, int height, int radius, params (double X, double Y)[] dots) : IPictureSource
{
    public DecodedPicture Open(string pictureId)
    {
        var image = new YuvImage(width, height);
        image.Fill(16, 128, 128);
        foreach (var (x, y) in dots)
        {
            for (var row = (int)y - radius; row <= y + radius + 1; row++)
            {
                for (var column = (int)x - radius; column <= x + radius + 1; column++)
                {
                    var (dx, dy) = (column - x, row - y);
                    var height2 = 1 - (((dx * dx) + (dy * dy)) / (radius * radius));
                    if (height2 > 0 && (uint)row < (uint)height && (uint)column < (uint)width)
                    {
                        image.RowY(row)[column] = (byte)(16 + Math.Round(210 * height2 * height2));
                    }
                }
            }
        }

        return new DecodedPicture(image);
    }

    /// <summary>The centre of the dot within a square about a place, in pixel centres; and the square root of its light, which grows as its size does.</summary>
    public static (double X, double Y, double Size) Find(YuvImage frame, double nearX, double nearY, int reach)
    {
        double x = 0, y = 0, mass = 0;
        for (var row = Math.Max(0, (int)nearY - reach); row <= Math.Min(frame.Height - 1, (int)nearY + reach); row++)
        {
            for (var column = Math.Max(0, (int)nearX - reach); column <= Math.Min(frame.Width - 1, (int)nearX + reach); column++)
            {
                var light = Math.Max(0, frame.RowY(row)[column] - 16);
                (x, y, mass) = (x + (column * light), y + (row * light), mass + light);
            }
        }

        return mass == 0 ? (double.NaN, double.NaN, 0) : (x / mass, y / mass, Math.Sqrt(mass));
    }
}
