using Url2Video.Farm.Media.Pixels;

namespace Url2Video.Farm.Media.Composition;

/// <summary>What a look does to one colour: light, print, contrast, saturation, fading, and then what is not a straight line.</summary>
internal static class LookColours
{
    /// <summary>The matrix of W3C Filter Effects for <c>sepia(1)</c>.</summary>
    private static readonly ColourMatrix s_sepia = new(
        new(0.393, 0.769, 0.189), new(0.349, 0.686, 0.168), new(0.272, 0.534, 0.131), default);

    /// <summary>The straight part, on R'G'B'.</summary>
    public static ColourMatrix Linear(Look look)
    {
        var map = look.Kelvin == Look.NeutralKelvin ? ColourMatrix.Identity : WhitePoint.Grade(look.Kelvin);
        return map
            .Then(Mixed(s_sepia, look.Sepia / 100.0))
            .Then(About(0, look.Brightness / 100.0))
            .Then(About(0.5, look.Contrast / 100.0))
            .Then(Saturation(look.Saturation / 100.0))
            .Then(Fade(look.Fade / 100.0));
    }

    /// <summary>The rest: the S-curve on each channel, then tints by how light the colour is.</summary>
    public static Triple Bend(Look look, Triple rgb)
    {
        var curve = look.Curve / 100.0;
        rgb = new Triple(Bent(rgb.X, curve), Bent(rgb.Y, curve), Bent(rgb.Z, curve));
        if (look.Toning == 0)
        {
            return rgb;
        }

        var light = Math.Clamp(Bt709.LumaOf(rgb), 0, 1);
        var dark = 1 - light;
        var strength = look.Toning / 100.0;
        return Plus(Plus(rgb, Tint(look.Shadows), strength * dark * dark), Tint(look.Highlights), strength * light * light);
    }

    private static double Bent(double value, double share) =>
        value is <= 0 or >= 1 ? value : value + (share * ((value * value * (3 - (2 * value))) - value));

    // Only the colour of a tint counts, not its light.
    private static Triple Tint(Rgb colour)
    {
        var rgb = new Triple(colour.R / 255.0, colour.G / 255.0, colour.B / 255.0);
        var luma = Bt709.LumaOf(rgb);
        return new Triple(rgb.X - luma, rgb.Y - luma, rgb.Z - luma);
    }

    private static Triple Plus(Triple a, Triple b, double times) => new(a.X + (b.X * times), a.Y + (b.Y * times), a.Z + (b.Z * times));

    private static ColourMatrix About(double middle, double gain) =>
        ColourMatrix.Gains(gain, gain, gain) with { Offset = new(middle - (gain * middle), middle - (gain * middle), middle - (gain * middle)) };

    private static ColourMatrix Saturation(double s)
    {
        var (r, g, b) = ((1 - s) * Bt709.Kr, (1 - s) * Bt709.Kg, (1 - s) * Bt709.Kb);
        return new ColourMatrix(new(r + s, g, b), new(r, g + s, b), new(r, g, b + s), default);
    }

    // At full strength black becomes 20 % grey and white 94 %.
    private static ColourMatrix Fade(double f)
    {
        var (gain, lift) = (1 - (0.26 * f), 0.20 * f);
        return ColourMatrix.Gains(gain, gain, gain) with { Offset = new(lift, lift, lift) };
    }

    private static ColourMatrix Mixed(ColourMatrix map, double share)
    {
        return new ColourMatrix(
            Row(map.Row0, new(1, 0, 0)), Row(map.Row1, new(0, 1, 0)), Row(map.Row2, new(0, 0, 1)), default);

        Triple Row(Triple to, Triple from) =>
            new(from.X + ((to.X - from.X) * share), from.Y + ((to.Y - from.Y) * share), from.Z + ((to.Z - from.Z) * share));
    }
}
