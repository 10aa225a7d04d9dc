using Url2Video.Farm.Media.Composition;
using Url2Video.Farm.Media.Pixels;

namespace Url2Video.Farm.Cli.Catalogue;

/// <summary>
/// Two pictures to show effects on, painted by arithmetic: hills under an evening sky (<c>dusk</c>) and a harbour of bright houses
/// (<c>quay</c>). Between them they have sky, skin, green, glare, edges and dark.
/// </summary>
internal sealed class SamplePictures(int width, int height) : IPictureSource
{
    private readonly Dictionary<string, YuvImage> _more = [];

    /// <summary>A picture of the caller's that films may name too; it stays the caller's.</summary>
    public void Add(string pictureId, YuvImage image) => _more[pictureId] = image;

    public DecodedPicture Open(string pictureId)
    {
        if (_more.TryGetValue(pictureId, out var own))
        {
            var copy = new YuvImage(own.Width, own.Height);
            ImageBlend.Copy(own, copy);
            return new DecodedPicture(copy);
        }

        return new DecodedPicture(Painted(pictureId == "dusk" ? Dusk : Quay));
    }

    private YuvImage Painted(Func<int, int, Rgb> colourAt)
    {
        var image = new YuvImage(width, height);
        for (var y = 0; y < height; y++)
        {
            var row = image.RowY(y);
            for (var x = 0; x < width; x++)
            {
                var colour = colourAt(x, y).ToYuv();
                row[x] = colour.Y;
                if ((x & 1) == 0 && (y & 1) == 0)
                {
                    image.RowU(y / 2)[x / 2] = colour.U;
                    image.RowV(y / 2)[x / 2] = colour.V;
                }
            }
        }

        return image;
    }

    // Three ranges of hills, each nearer and darker, under a sky with a low sun; a meadow in front.
    private Rgb Dusk(int x, int y)
    {
        var (sunX, sunY) = (width * 68 / 100, height * 42 / 100);
        var distance = Math.Min(255, (int)Math.Sqrt((double)(((x - sunX) * (x - sunX)) + ((y - sunY) * (y - sunY)))) * 510 / height);
        var colour = new Rgb(0x2C, 0x4E, 0x8C).Mix(new Rgb(0xFF, 0xB8, 0x78), y * 300 / height > 255 ? 255 : y * 300 / height);
        colour = colour.Mix(new Rgb(0xFF, 0xF2, 0xC8), distance < 26 ? 256 : Math.Max(0, 150 - distance));
        Span<Rgb> ranges = [new(0x8C, 0x6E, 0x88), new(0x50, 0x52, 0x70), new(0x22, 0x38, 0x3C)];
        for (var range = 0; range < ranges.Length; range++)
        {
            var ridge = (height * (50 + (11 * range)) / 100) - (Ridge(x, range) * height / (9 * 256));
            colour = y > ridge ? ranges[range].Mix(new Rgb(0xD8, 0x9C, 0x70), Math.Clamp((ridge + (height / 9) - y) * 700 / height, 0, 90)) : colour;
        }

        var meadow = (height * 86 / 100) - (Ridge(x, 5) * height / (22 * 256));
        return y > meadow ? new Rgb(0x3C, 0x6A, 0x2E).Mix(new Rgb(0x9C, 0xB0, 0x40), (int)(Grain(x / 3, y, 3) & 127) + ((y - meadow) * 90 / height)) : colour;
    }

    // A row of houses with windows over rippled water that mirrors them.
    private Rgb Quay(int x, int y)
    {
        var shore = height * 68 / 100;
        if (y > shore)
        {
            var depth = y - shore;
            var wave = (int)(Grain(x / 24, y / 3, 9) & 31) - 16;
            return House(Math.Clamp(x + (wave * depth / height), 0, width - 1), shore - (depth * 3 / 2)).Mix(new Rgb(0x10, 0x48, 0x68), 120 + (depth * 200 / height));
        }

        return House(x, y);
    }

    private Rgb House(int x, int y)
    {
        Span<Rgb> walls = [new(0xD8, 0x3C, 0x34), new(0xF0, 0xC0, 0x3C), new(0x2E, 0x86, 0xB8), new(0xE8, 0xE0, 0xD0), new(0x3C, 0x98, 0x6C), new(0xE4, 0x86, 0x50), new(0xE8, 0xB4, 0x98)];
        var side = Math.Max(8, width / 9);
        var number = x / side;
        var roof = height * (22 + (int)(Grain(number, 7, 1) % 20)) / 100;
        if (y < roof)
        {
            return new Rgb(0x78, 0xB4, 0xE8).Mix(new Rgb(0xF4, 0xF8, 0xFF), Math.Clamp((int)(Grain(x / 60, y / 16, 2) & 63) + (y * 200 / height), 0, 256));
        }

        var (column, row) = (x % side * 8 / side, (y - roof) * 40 / height);
        var isWindow = column is 1 or 3 or 5 or 6 && row % 4 is 1 or 2 && column % 2 == 1;
        var wall = walls[number % walls.Length];
        return isWindow ? new Rgb(0x20, 0x28, 0x38).Mix(new Rgb(0xFF, 0xE0, 0x90), (Grain(x / side * 8 + column, row / 4, 4) & 3) == 0 ? 220 : 20) : x % side < 2 ? wall.Mix(new Rgb(0, 0, 0), 120) : wall;
    }

    // Straight lines between heights that lie a ninth of the width apart, with smaller ones on them; 0..255.
    private int Ridge(int x, int range)
    {
        var sum = 0;
        for (var octave = 0; octave < 4; octave++)
        {
            var step = Math.Max(1, width / (5 << octave));
            var (cell, within) = (x / step, x % step);
            var (left, right) = ((int)(Grain(cell, range, (uint)octave) & 255), (int)(Grain(cell + 1, range, (uint)octave) & 255));
            sum += (left + ((right - left) * within / step)) >> (octave + 1);
        }

        return sum;
    }

    private static uint Grain(int x, int y, uint seed)
    {
        var h = unchecked(((uint)x * 374_761_393u) + ((uint)y * 668_265_263u) + (seed * 2_246_822_519u));
        h = unchecked((h ^ (h >> 13)) * 1_274_126_177u);
        return h ^ (h >> 16);
    }
}
