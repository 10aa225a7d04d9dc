using Url2Video.Farm.Media.Composition;
using Url2Video.Farm.Media.Pixels;

namespace Url2Video.Farm.Media.Measuring;

/// <summary>Four photo-like pictures of 3000x2000: value noise in six octaves, the same on every machine.</summary>
public sealed class Photos : IPictureSource, IDisposable
{
    public const int Count = 4;
    private const int Width = 3000;
    private const int Height = 2000;
    private const int Octaves = 6;
    private readonly YuvImage[] _images = [.. Enumerable.Range(0, Count).Select(i => Make((uint)i + 1))];

    /// <summary>A copy, because the renderer owns what it opens.</summary>
    public DecodedPicture Open(string pictureId)
    {
        var source = _images[pictureId[^1] - '0'];
        var copy = new YuvImage(Width, Height);
        for (var y = 0; y < Height; y++)
        {
            source.RowY(y).CopyTo(copy.RowY(y));
        }

        for (var y = 0; y < Height / 2; y++)
        {
            source.RowU(y).CopyTo(copy.RowU(y));
            source.RowV(y).CopyTo(copy.RowV(y));
        }

        return new DecodedPicture(copy);
    }

    public void Dispose() => Array.ForEach(_images, i => i.Dispose());

    private static YuvImage Make(uint seed)
    {
        var image = new YuvImage(Width, Height);
        for (var y = 0; y < Height; y++)
        {
            var row = image.RowY(y);
            for (var x = 0; x < Width; x++)
            {
                row[x] = (byte)(16 + Noise(x, y, seed) * 219 / 256);
            }
        }

        for (var y = 0; y < Height / 2; y++)
        {
            var u = image.RowU(y);
            var v = image.RowV(y);
            for (var x = 0; x < Width / 2; x++)
            {
                u[x] = (byte)(88 + Noise(x, y, seed + 100) * 80 / 256);
                v[x] = (byte)(88 + Noise(x, y, seed + 200) * 80 / 256);
            }
        }

        return image;
    }

    // Octave k has cells of 512 >> k pixels and half the weight of the one before; 0..255.
    private static int Noise(int x, int y, uint seed)
    {
        var sum = 0;
        for (var octave = 0; octave < Octaves; octave++)
        {
            sum += Smooth(x, y, 9 - octave, seed + (uint)octave * 7919) >> (octave + 1);
        }

        return Math.Min(255, sum);
    }

    private static int Smooth(int x, int y, int shift, uint seed)
    {
        var (cx, cy, mask) = (x >> shift, y >> shift, (1 << shift) - 1);
        var (fx, fy) = (x & mask, y & mask);
        var top = Hash(cx, cy, seed) * (mask + 1 - fx) + Hash(cx + 1, cy, seed) * fx;
        var bottom = Hash(cx, cy + 1, seed) * (mask + 1 - fx) + Hash(cx + 1, cy + 1, seed) * fx;
        return (int)(((long)top * (mask + 1 - fy) + (long)bottom * fy) >> (2 * shift));
    }

    private static int Hash(int x, int y, uint seed)
    {
        var h = unchecked((uint)x * 374761393u + (uint)y * 668265263u + seed * 2246822519u);
        h = unchecked((h ^ (h >> 13)) * 1274126177u);
        return (int)((h ^ (h >> 16)) & 255);
    }
}
