using Url2Video.Farm.Media.Pixels;

namespace Url2Video.Farm.Media.Composition;

/// <summary>The colour that a pattern sets off against the theme's ink.</summary>
internal static class GeneratedTint
{
    /// <summary>Codes of luma from ink below which glow is a shade of it and draws no pattern.</summary>
    private const int LumaDistanceMin = 32;

    /// <summary>
    /// Glow, when it differs enough from ink; otherwise some accent in ink. Never both: two hues mixed on a dark ground are mud.
    /// </summary>
    public static Rgb Of(Theme theme) =>
        Math.Abs(theme.Glow.ToYuv().Y - theme.Ink.ToYuv().Y) >= LumaDistanceMin ? theme.Glow : theme.Ink.Mix(theme.Accent, 104);
}
