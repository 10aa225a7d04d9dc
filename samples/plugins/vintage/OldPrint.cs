namespace Vintage;

/// <summary>
/// Sepia, contrast, saturation on R'G'B', then vignette and grain on what comes out: the look that the farm has under the same name, written anew in
/// the plainest way. Whole numbers where pixels are concerned: the same bits on every machine.
/// </summary>
internal sealed class OldPrint
{
    private const int Bits = 14;
    private const int One = 1 << Bits;
    private const int NoiseLength = 1 << 16;

    private readonly Hello _hello;
    private readonly int[] _map;
    private readonly sbyte[] _noise;
    private readonly short[] _lumaGains, _colourGains;
    private readonly int _grain;

    public OldPrint(Hello hello)
    {
        _hello = hello;
        _map = MapOf(Share("sepia"), Share("contrast"), Share("saturation"));
        _noise = Noise(NoiseLength + hello.Width);
        _grain = (int)Math.Floor((Share("grain") * One) + 0.5);

        // Where the light falls off does not depend on the frame; colour lies level with the left of its pixels, between their rows.
        _lumaGains = Gains(hello.Width, hello.Height, x => (2 * x) + 1 - hello.Width, y => (2 * y) + 1 - hello.Height);
        _colourGains = Gains(hello.Width / 2, hello.Height / 2, x => (4 * x) + 1 - hello.Width, y => (4 * y) + 2 - hello.Height);
    }

    public void Apply(long frame, Picture picture)
    {
        for (var row = 0; row < picture.Height / 2; row++)
        {
            var (upper, lower) = (2 * row, (2 * row) + 1);
            Grade(picture.RowY(upper), picture.RowY(lower), picture.RowU(row), picture.RowV(row));
            Finish(picture.RowY(upper), frame, upper);
            Finish(picture.RowY(lower), frame, lower);
            Fade(picture.RowU(row), row);
            Fade(picture.RowV(row), row);
        }
    }

    private double Share(string name) => _hello.Values[name] / 10_000.0;

    /// <summary>Two rows of light and the row of colour that belongs to them. Colour is where the left of its pixels is.</summary>
    private void Grade(Span<byte> upper, Span<byte> lower, Span<byte> u, Span<byte> v)
    {
        var (yy, yu, yv, y0) = (_map[0], _map[1], _map[2], _map[3] + (One / 2));
        var (uy, uu, uv, u0) = (_map[4], _map[5], _map[6], _map[7] + (One / 2));
        var (vy, vu, vv, v0) = (_map[8], _map[9], _map[10], _map[11] + (One / 2));
        for (var x = 0; x < u.Length; x++)
        {
            var (cu, cv) = (u[x], v[x]);
            var light = (upper[2 * x] + lower[2 * x] + 1) >> 1;
            u[x] = Within((uy * light) + (uu * cu) + (uv * cv) + u0, 240);
            v[x] = Within((vy * light) + (vu * cu) + (vv * cv) + v0, 240);

            // Four pixels have the same colour.
            var colour = (yu * cu) + (yv * cv) + y0;
            upper[2 * x] = Within((yy * upper[2 * x]) + colour, 235);
            upper[(2 * x) + 1] = Within((yy * upper[(2 * x) + 1]) + colour, 235);
            lower[2 * x] = Within((yy * lower[2 * x]) + colour, 235);
            lower[(2 * x) + 1] = Within((yy * lower[(2 * x) + 1]) + colour, 235);
        }
    }

    // Darker towards the corners, and noise that is another in every frame.
    private void Finish(Span<byte> row, long frame, int y)
    {
        var start = (int)(Hash((uint)frame, (uint)y, 3) & (NoiseLength - 1));
        ReadOnlySpan<sbyte> noise = _noise.AsSpan(start, row.Length);
        ReadOnlySpan<short> gains = _lumaGains.AsSpan(y * row.Length, row.Length);
        for (var x = 0; x < row.Length; x++)
        {
            row[x] = Within(((row[x] - 16) * gains[x]) + (noise[x] * _grain) + (16 * One) + (One / 2), 235);
        }
    }

    private void Fade(Span<byte> row, int y)
    {
        ReadOnlySpan<short> gains = _colourGains.AsSpan(y * row.Length, row.Length);
        for (var x = 0; x < row.Length; x++)
        {
            row[x] = Within(((row[x] - 128) * gains[x]) + (128 * One) + (One / 2), 240);
        }
    }

    private static byte Within(int value, int high) => (byte)Math.Min(Math.Max(value >> Bits, 16), high);

    /// <summary>One less the fourth power of the distance: all of it in the middle, in the corner what the vignette leaves.</summary>
    private short[] Gains(int width, int height, Func<int, long> across, Func<int, long> down)
    {
        var vignette = Share("vignette");
        var radius = (double)(((long)_hello.Width * _hello.Width) + ((long)_hello.Height * _hello.Height));
        var gains = new short[width * height];
        for (var y = 0; y < height; y++)
        {
            var dy = down(y);
            for (var x = 0; x < width; x++)
            {
                var dx = across(x);
                var distance = Math.Min(1.0, ((dx * dx) + (dy * dy)) / radius);
                gains[(y * width) + x] = (short)Math.Floor(((1 - (vignette * distance * distance)) * One) + 0.5);
            }
        }

        return gains;
    }

    /// <summary>Three rows of four numbers that lead from codes to codes.</summary>
    private static int[] MapOf(double sepia, double contrast, double saturation)
    {
        const double Kr = 0.2126, Kg = 0.7152, Kb = 0.0722;
        double[][] decode =
        [
            [1 / 219.0, 0, 1.5748 / 224],
            [1 / 219.0, -Kb * 1.8556 / Kg / 224, -Kr * 1.5748 / Kg / 224],
            [1 / 219.0, 1.8556 / 224, 0],
        ];
        double[][] print = [[0.393, 0.769, 0.189], [0.349, 0.686, 0.168], [0.272, 0.534, 0.131]];
        var encode = new double[][]
        {
            [219 * Kr, 219 * Kg, 219 * Kb],
            [-224 * Kr / 1.8556, -224 * Kg / 1.8556, 224 * (1 - Kb) / 1.8556],
            [224 * (1 - Kr) / 1.5748, -224 * Kg / 1.5748, -224 * Kb / 1.5748],
        };
        (double Code, double Offset)[] zero = [(16, 16), (128, 128), (128, 128)];

        double[] Whole(double y, double u, double v)
        {
            double[] codes = [y - zero[0].Code, u - zero[1].Code, v - zero[2].Code];
            var rgb = Times(decode, codes);
            var printed = Times(print, rgb);
            for (var i = 0; i < 3; i++)
            {
                rgb[i] = 0.5 + ((rgb[i] + ((printed[i] - rgb[i]) * sepia) - 0.5) * contrast);
            }

            var grey = (Kr * rgb[0]) + (Kg * rgb[1]) + (Kb * rgb[2]);
            for (var i = 0; i < 3; i++)
            {
                rgb[i] = grey + ((rgb[i] - grey) * saturation);
            }

            var result = Times(encode, rgb);
            return [result[0] + zero[0].Offset, result[1] + zero[1].Offset, result[2] + zero[2].Offset];
        }

        // The map is straight: four points of it tell all.
        var (origin, dy, du, dv) = (Whole(0, 0, 0), Whole(1, 0, 0), Whole(0, 1, 0), Whole(0, 0, 1));
        return [.. Enumerable.Range(0, 3).SelectMany(i => (int[])[Fixed(dy[i] - origin[i]), Fixed(du[i] - origin[i]), Fixed(dv[i] - origin[i]), Fixed(origin[i])])];

        static int Fixed(double value) => (int)Math.Floor((value * (1 << Bits)) + 0.5);

        static double[] Times(double[][] matrix, double[] v) => [.. matrix.Select(r => (r[0] * v[0]) + (r[1] * v[1]) + (r[2] * v[2]))];
    }

    /// <summary>The sum of four even distributions, close to a bell: from −126 to 126.</summary>
    private static sbyte[] Noise(int length)
    {
        var noise = new sbyte[length];
        var state = 0x67726169UL;
        for (var i = 0; i < length; i++)
        {
            state += 0x9E3779B97F4A7C15;
            var z = (state ^ (state >> 30)) * 0xBF58476D1CE4E5B9;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
            z ^= z >> 31;
            noise[i] = (sbyte)((int)((z & 63) + (z >> 6 & 63) + (z >> 12 & 63) + (z >> 18 & 63)) - 126);
        }

        return noise;
    }

    private static uint Hash(uint x, uint y, uint seed)
    {
        var h = unchecked((x * 374_761_393u) + (y * 668_265_263u) + (seed * 2_246_822_519u));
        h = unchecked((h ^ (h >> 13)) * 1_274_126_177u);
        h = unchecked((h ^ (h >> 16)) * 2_246_822_519u);
        return h ^ (h >> 15);
    }
}
