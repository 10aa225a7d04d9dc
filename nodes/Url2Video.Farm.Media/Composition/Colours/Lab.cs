namespace Url2Video.Farm.Media.Composition;

/// <summary>
/// CIE L*a*b* under D65 from R'G'B' of 0..1 with the curve of sRGB, and back. Numbers outside of 0..1 are carried on beyond it, so that tables have no
/// kink at the edge of what can be shown.
/// </summary>
internal static class Lab
{
    private const double Delta = 6.0 / 29;
    private const double WhiteX = 0.95047, WhiteZ = 1.08883;

    public static Triple Of(Triple rgb)
    {
        var (r, g, b) = (Linear(rgb.X), Linear(rgb.Y), Linear(rgb.Z));
        var x = Bend(((0.4124564 * r) + (0.3575761 * g) + (0.1804375 * b)) / WhiteX);
        var y = Bend((0.2126729 * r) + (0.7151522 * g) + (0.0721750 * b));
        var z = Bend(((0.0193339 * r) + (0.1191920 * g) + (0.9503041 * b)) / WhiteZ);
        return new Triple((116 * y) - 16, 500 * (x - y), 200 * (y - z));
    }

    public static Triple ToRgb(Triple lab)
    {
        var y = (lab.X + 16) / 116;
        var (x, z) = (Straight(y + (lab.Y / 500)) * WhiteX, Straight(y - (lab.Z / 200)) * WhiteZ);
        y = Straight(y);
        return new Triple(
            Coded((3.2404542 * x) - (1.5371385 * y) - (0.4985314 * z)),
            Coded((-0.9692660 * x) + (1.8760108 * y) + (0.0415560 * z)),
            Coded((0.0556434 * x) - (0.2040259 * y) + (1.0572252 * z)));
    }

    /// <summary>How different two colours look (CIE 1976); 2 is just seen side by side.</summary>
    public static double Difference(Triple a, Triple b)
    {
        var (l, x, y) = (a.X - b.X, a.Y - b.Y, a.Z - b.Z);
        return Math.Sqrt((l * l) + (x * x) + (y * y));
    }

    // ((v + 0.055) / 1.055)^2.4, with 2.4 as 2 + 2/5.
    private static double Linear(double v)
    {
        var x = Math.Abs(v);
        if (x <= 0.04045)
        {
            return v / 12.92;
        }

        x = (x + 0.055) / 1.055;
        var power = x * x * Roots.Fifth(x * x);
        return v < 0 ? -power : power;
    }

    // 1.055 · v^(1/2.4) − 0.055, with 1/2.4 as five twelfths.
    private static double Coded(double v)
    {
        var x = Math.Abs(v);
        if (x <= 0.0031308)
        {
            return v * 12.92;
        }

        var twelfth = Math.Sqrt(Math.Sqrt(Roots.Cube(x)));
        var square = twelfth * twelfth;
        var coded = (1.055 * square * square * twelfth) - 0.055;
        return v < 0 ? -coded : coded;
    }

    private static double Bend(double t) => t > Delta * Delta * Delta ? Roots.Cube(t) : (t / (3 * Delta * Delta)) + (4.0 / 29);

    private static double Straight(double t) => t > Delta ? t * t * t : 3 * Delta * Delta * (t - (4.0 / 29));
}
