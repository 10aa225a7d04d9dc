using Url2Video.Farm.Media.Pixels;

namespace Url2Video.Farm.Media.Composition;

/// <summary>The look of a film: colours and type.</summary>
/// <param name="Accent">Highlights: active words, markers, big numbers.</param>
/// <param name="Paper">Text colour, light.</param>
/// <param name="Ink">Boxes and scrims under text, and the darkest tone of generated backgrounds.</param>
/// <param name="Glow">The second colour of generated backgrounds.</param>
/// <param name="FontFamily">Family asked for first; others are taken for what it lacks. Reported when it is absent.</param>
public sealed record Theme(Rgb Accent, Rgb Paper, Rgb Ink, Rgb Glow, string FontFamily = "Noto Sans")
{
    /// <summary>Near-black blue, warm white, amber.</summary>
    public static Theme Default { get; } = new(
        new Rgb(0xFF, 0xC2, 0x4B), new Rgb(0xFA, 0xFA, 0xF7), new Rgb(0x0E, 0x13, 0x20), new Rgb(0x3B, 0x5B, 0xDB));
}
