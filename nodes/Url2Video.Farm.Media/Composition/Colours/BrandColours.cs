using System.Collections.Immutable;
using Url2Video.Farm.Media.Pixels;

namespace Url2Video.Farm.Media.Composition;

/// <summary>The colours of a film taken from a picture, such as a logo: what can be read on what is kept.</summary>
public sealed record BrandColours(Rgb Background, Rgb Surface, Rgb Text, Rgb Accent)
{
    private static readonly Rgb s_white = new(247, 249, 252);
    private static readonly Rgb s_black = new(14, 17, 24);

    /// <param name="colours">Of <see cref="DominantColours.Of"/>.</param>
    public static BrandColours Of(ImmutableArray<DominantColour> colours)
    {
        var labs = colours.Select(c => (c.Colour, Lab: Lab.Of(new Triple(c.Colour.R / 255.0, c.Colour.G / 255.0, c.Colour.B / 255.0)))).ToList();

        // The most colourful is what people know a brand by; a film on its darkest colour tires least.
        var accent = labs.MaxBy(c => (c.Lab.Y * c.Lab.Y) + (c.Lab.Z * c.Lab.Z)).Colour;
        var darkest = labs.Where(c => c.Colour != accent).OrderBy(c => c.Lab.X).Select(c => (Rgb?)c.Colour).FirstOrDefault() ?? s_black;
        var background = darkest.ToYuv().Y <= 90 ? darkest : s_black.Mix(accent, 28);
        return new BrandColours(background, background.Mix(s_white, 24), s_white, Contrast.Readable(accent, background, s_white));
    }
}
