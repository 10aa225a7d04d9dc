using Url2Video.Farm.Core.Storyboards;

namespace Url2Video.Farm.Content.Writing;

/// <summary>
/// Makes the colours of a film of the page's own: dark ground in its hue, light text, an accent that stands out from the ground.
/// </summary>
internal static class PaletteMaker
{
    /// <summary>Difference of luma (0..255) that keeps an accent visible on the ground.</summary>
    private const int AccentLumaMin = 90;

    private static readonly Rgb Night = new(0x0B, 0x10, 0x1A);

    private static readonly Rgb White = new(0xFF, 0xFF, 0xFF);

    /// <param name="theme"><c>#rrggbb</c> or null.</param>
    public static Palette From(string? theme)
    {
        if (theme is null || !Rgb.TryParse(theme, out var colour) || IsGrey(colour))
        {
            return Palette.Default;
        }

        var background = Mix(Night, colour, 14);
        var accent = colour;
        for (var percent = 10; Luma(accent) - Luma(background) < AccentLumaMin && percent <= 90; percent += 10)
        {
            accent = Mix(colour, White, percent);
        }

        return new Palette(background, Mix(Night, colour, 28), new Rgb(0xF7, 0xF9, 0xFC), accent);
    }

    /// <summary>Rec. 601 luma; only for comparing.</summary>
    internal static int Luma(Rgb c) => (299 * c.R + 587 * c.G + 114 * c.B) / 1000;

    private static bool IsGrey(Rgb c) => Math.Max(c.R, Math.Max(c.G, c.B)) - Math.Min(c.R, Math.Min(c.G, c.B)) < 24;

    private static Rgb Mix(Rgb a, Rgb b, int percentOfB) =>
        new(Mix(a.R, b.R, percentOfB), Mix(a.G, b.G, percentOfB), Mix(a.B, b.B, percentOfB));

    private static byte Mix(byte a, byte b, int percentOfB) => (byte)((a * (100 - percentOfB) + b * percentOfB) / 100);
}
