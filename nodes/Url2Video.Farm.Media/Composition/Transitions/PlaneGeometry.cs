namespace Url2Video.Farm.Media.Composition;

/// <summary>Lengths, angles and noise of the plane in whole numbers (a square root is exact everywhere; a sine is not).</summary>
internal static class PlaneGeometry
{
    /// <summary>A whole turn.</summary>
    public const int FullTurn = 1 << 16;

    public static int Length(int x, int y) => (int)Math.Sqrt(((double)x * x) + ((double)y * y));

    /// <summary>
    /// The angle of a point, clockwise from twelve o'clock, 0..65535; y points down. Within an octant the tangent t stands for
    /// t + 0.3476·t·(1 − t) of it, which is at most a quarter of a degree off.
    /// </summary>
    public static int Turn(int x, int y)
    {
        var (ax, ay) = (Math.Abs(x), Math.Abs(y));
        if ((ax | ay) == 0)
        {
            return 0;
        }

        const int Octant = FullTurn / 8;
        var tangent = (int)(((long)Math.Min(ax, ay) << 14) / Math.Max(ax, ay));
        var bent = tangent + (int)(((long)tangent * ((1 << 14) - tangent) >> 14) * 5695 >> 14);
        var angle = (int)((long)bent * Octant >> 14);

        // From the vertical axis in the first quadrant, then mirrored into the others.
        var quarter = ax <= ay ? angle : (2 * Octant) - angle;
        return (x >= 0, y <= 0) switch
        {
            (true, true) => quarter,
            (true, false) => (4 * Octant) - quarter,
            (false, false) => (4 * Octant) + quarter,
            _ => (FullTurn - quarter) & (FullTurn - 1),
        };
    }

    /// <summary>Distance from the middle in units of a hexagon that stands on a corner.</summary>
    public static int Hexagon(int x, int y)
    {
        var (ax, ay) = (Math.Abs(x), Math.Abs(y));
        return Math.Max(ax << 10, (ax * 512) + (ay * 887)) >> 6;
    }

    /// <summary>Distance from the middle in units of a five-pointed star: a point is inside when it is on the near side of at least four of its five lines.</summary>
    public static int Pentagram(int x, int y)
    {
        Span<int> sides = [-1024 * y, (974 * x) - (316 * y), (602 * x) + (828 * y), (828 * y) - (602 * x), (-974 * x) - (316 * y)];
        var (first, second) = (int.MinValue, int.MinValue);
        foreach (var side in sides)
        {
            (first, second) = side > first ? (side, first) : (first, Math.Max(second, side));
        }

        return second >> 6;
    }

    public static int Within(int value, int length) => value - (value / length * length);

    /// <summary>A well-mixed number for a cell.</summary>
    public static uint Hash(int x, int y, uint seed)
    {
        var h = unchecked(((uint)x * 374_761_393u) + ((uint)y * 668_265_263u) + (seed * 2_246_822_519u));
        h = unchecked((h ^ (h >> 13)) * 1_274_126_177u);
        h = unchecked((h ^ (h >> 16)) * 2_246_822_519u);
        return h ^ (h >> 15);
    }

    /// <summary>Noise with cells of a size, smooth between their corners: 0..65535.</summary>
    public static int ValueNoise(int x, int y, int size, uint seed)
    {
        var (cx, cy) = (Floor(x, size), Floor(y, size));
        var (fx, fy) = (Ease((x - (cx * size)) * 256 / size), Ease((y - (cy * size)) * 256 / size));
        var top = Between(Corner(cx, cy), Corner(cx + 1, cy), fx);
        return Between(top, Between(Corner(cx, cy + 1), Corner(cx + 1, cy + 1), fx), fy);

        int Corner(int i, int j) => (int)(Hash(i, j, seed) & 0xFFFF);

        static int Floor(int value, int by) => value >= 0 ? value / by : -((by - 1 - value) / by);

        static int Ease(int t) => t * t * (768 - (2 * t)) >> 16;

        static int Between(int from, int to, int weight) => from + (((to - from) * weight) >> 8);
    }
}
