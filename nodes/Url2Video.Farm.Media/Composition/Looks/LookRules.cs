namespace Url2Video.Farm.Media.Composition;

internal static class LookRules
{
    /// <exception cref="ArgumentException">Names the first number out of its bounds.</exception>
    public static void Check(Look look)
    {
        Require(look.Kelvin is >= 2_000 and <= 20_000, "A colour temperature is 2000 to 20000 kelvin.");
        Require(look is { Brightness: >= 0 and <= 200, Contrast: >= 0 and <= 200, Saturation: >= 0 and <= 200 }, "Brightness, contrast and saturation are 0 to 200 %.");
        foreach (var share in (ReadOnlySpan<int>)[look.Sepia, look.Fade, look.Curve, look.Toning, look.Vignette, look.Grain])
        {
            Require(share is >= 0 and <= 100, "Sepia, fade, curve, toning, vignette and grain are 0 to 100 %.");
        }
    }

    private static void Require(bool isKept, string rule)
    {
        if (!isKept)
        {
            throw new ArgumentException(rule);
        }
    }
}
