namespace Vintage;

/// <summary>
/// Sepia, contrast, saturation on R'G'B', then vignette and grain on what comes out: the look that the farm has under the same name, written anew in
/// the plainest way. Whole numbers where pixels are concerned: the same bits on every machine.
/// </summary>
internal sealed class OldPrint
{
    private const int Bits = 14;
    private const int NoiseLength = 1 << 16;

    private readonly Hello _hello;
    private readonly int[] _map;
    private readonly sbyte[] _noise;

    public OldPrint(Hello hello)
    {
        _hello = hello;
        _map = MapOf(Share("sepia"), Share("contrast"), Share("saturation"));
        _noise = Noise(NoiseLength + hello.Width);
    }

    public void Apply(long frame, Picture picture)
    {
        for (var row = 0; row < picture.Height / 2; row++)
        {
            Grade(picture.RowY(2 * row), picture.RowY((2 * row) + 1), picture.RowU(row), picture.RowV(row));
        }

        Finish(frame, picture);
    }

    private double Share(string name) => _hello.Values[name] / 10_000.0;

    /// <summary>Two rows of light and the row of colour that belongs to them. Colour is where the left of its pixels is.</summary>
    private void Grade(Span<byte> upper, Span<byte> lower, Span<byte> u, Span<byte> v)
    {
        for (var x = 0; x < u.Length; x++)
        {
            var (cu, cv, light) = (u[x], v[x], (byte)((upper[2 * x] + lower[2 * x] + 1) >> 1));
            u[x] = Mapped(1, light, cu, cv, 16, 240);
            v[x] = Mapped(2, light, cu, cv, 16, 240);
            for (var side = 2 * x; side < (2 * x) + 2; side++)
            {
                upper[side] = Mapped(0, upper[side], cu, cv, 16, 235);
                lower[side] = Mapped(0, lower[side], cu, cv, 16, 235);
            }
        }
    }

    private byte Mapped(int row, int y, int u, int v, int low, int high)
    {
        var m = _map.AsSpan(row * 4, 4);
        return (byte)Math.Clamp(((m[0] * y) + (m[1] * u) + (m[2] * v) + m[3] + (1 << (Bits - 1))) >> Bits, low, high);
    }

    // Darker towards the corners, and noise that is another in every frame.
    private void Finish(long frame, Picture picture)
    {
        var (vignette, grain) = (Share("vignette"), Share("grain"));
        var radius = ((long)picture.Width * picture.Width) + ((long)picture.Height * picture.Height);
        for (var y = 0; y < picture.Height; y++)
        {
            var start = (int)(Hash((uint)frame, (uint)y, 3) & (NoiseLength - 1));
            var row = picture.RowY(y);
            for (var x = 0; x < row.Length; x++)
            {
                var light = 16 + ((row[x] - 16) * Gain((2 * x) + 1 - picture.Width, (2 * y) + 1 - picture.Height)) + (_noise[start + x] * grain);
                row[x] = (byte)Math.Clamp((int)Math.Floor(light + 0.5), 16, 235);
            }
        }

        for (var y = 0; y < picture.Height / 2; y++)
        {
            Fade(picture.RowU(y), (4 * y) + 2 - picture.Height);
            Fade(picture.RowV(y), (4 * y) + 2 - picture.Height);
        }

        void Fade(Span<byte> row, long down)
        {
            for (var x = 0; x < row.Length; x++)
            {
                row[x] = (byte)Math.Clamp((int)Math.Floor(128 + ((row[x] - 128) * Gain((4 * x) + 1 - picture.Width, down)) + 0.5), 16, 240);
            }
        }

        // The fourth power of the distance: nothing in the middle, all of it in the corner.
        double Gain(long dx, long dy)
        {
            var distance = Math.Min(1.0, ((dx * dx) + (dy * dy)) / (double)radius);
            return 1 - (vignette * distance * distance);
        }
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
