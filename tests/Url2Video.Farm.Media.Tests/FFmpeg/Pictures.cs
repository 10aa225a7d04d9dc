using Url2Video.Farm.Media.Pixels;

namespace Url2Video.Farm.Media.Tests.FFmpeg;

/// <summary>Test pictures.</summary>
internal static class Pictures
{
    /// <summary>A gradient with a block that moves with <paramref name="time"/>; <paramref name="seed"/> changes the texture.</summary>
    internal static void Draw(YuvImage image, int time, int seed = 0)
    {
        for (var y = 0; y < image.Height; y++)
        {
            var row = image.RowY(y);
            for (var x = 0; x < row.Length; x++)
            {
                row[x] = (byte)(16 + (x + y * 2 + time * 3 + (seed * x * y >> 4)) % 220);
            }

            if (y >= 8 && y < 24)
            {
                row.Slice(time * 2 % (image.Width - 16), 16).Fill(235);
            }
        }

        for (var y = 0; y < image.Height / 2; y++)
        {
            image.RowU(y).Fill((byte)(100 + (y + time) % 50));
            image.RowV(y).Fill((byte)(150 - y % 50));
        }
    }

    internal static YuvImage Drawn(int width, int height, int time = 0, int seed = 0)
    {
        var image = new YuvImage(width, height);
        Draw(image, time, seed);
        return image;
    }
}
