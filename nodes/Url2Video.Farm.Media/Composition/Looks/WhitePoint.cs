namespace Url2Video.Farm.Media.Composition;

/// <summary>The colour of a glowing body, and what it does to a picture that was lit neutrally.</summary>
internal static class WhitePoint
{
    /// <summary>A channel that the light lacks is not turned off, or nothing would be left to grade.</summary>
    private const double LeastGain = 0.02;

    /// <summary>Chromaticity by the cubic splines of Kim et al., good to three decimals from 1667 to 25000 K.</summary>
    public static (double X, double Y) Of(int kelvin)
    {
        var t = 1_000.0 / kelvin;
        var x = kelvin <= 4_000
            ? ((((-0.2661239 * t) - 0.2343589) * t + 0.8776956) * t) + 0.179910
            : ((((-3.0258469 * t) + 2.1070379) * t + 0.2226347) * t) + 0.240390;
        var y = kelvin switch
        {
            <= 2_222 => ((((-1.1063814 * x) - 1.34811020) * x + 2.18555832) * x) - 0.20219683,
            <= 4_000 => ((((-0.9549476 * x) - 1.37418593) * x + 2.09137015) * x) - 0.16748867,
            _ => ((((3.0817580 * x) - 5.87338670) * x + 3.75112997) * x) - 0.37001483,
        };
        return (x, y);
    }

    /// <summary>
    /// Gains on R'G'B' that turn the neutral white into that of a temperature, luma kept. Light is linear and codes are its 1/2.4th power,
    /// so a gain on light is its 1/2.4th power on codes, whatever the colour: no curve is needed.
    /// </summary>
    public static ColourMatrix Grade(int kelvin)
    {
        var (light, neutral) = (LinearRgb(kelvin), LinearRgb(Look.NeutralKelvin));
        var gains = new Triple(Gain(light.X, neutral.X), Gain(light.Y, neutral.Y), Gain(light.Z, neutral.Z));
        var luma = Bt709.LumaOf(gains);
        return ColourMatrix.Gains(gains.X / luma, gains.Y / luma, gains.Z / luma);
    }

    private static double Gain(double light, double neutral)
    {
        // g^(1/2.4) = g^(5/12): the fifth power, two square roots and a cube root.
        var g = Math.Max(light / neutral, LeastGain);
        return CubeRoot(Math.Sqrt(Math.Sqrt(g * g * g * g * g)));
    }

    private static Triple LinearRgb(int kelvin)
    {
        var (x, y) = Of(kelvin);
        var (bigX, bigZ) = (x / y, (1 - x - y) / y);
        return new Triple(
            (3.2404542 * bigX) - 1.5371385 - (0.4985314 * bigZ),
            (-0.9692660 * bigX) + 1.8760108 + (0.0415560 * bigZ),
            (0.0556434 * bigX) - 0.2040259 + (1.0572252 * bigZ));
    }

    // Newton's steps from 1; numbers here lie between 0.001 and 10, where forty are more than enough.
    private static double CubeRoot(double value)
    {
        var root = 1.0;
        for (var step = 0; step < 40; step++)
        {
            root = ((2 * root) + (value / (root * root))) / 3;
        }

        return root;
    }
}
