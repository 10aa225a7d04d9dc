using Url2Video.Farm.Media.Pixels;

namespace Url2Video.Farm.Media.Composition;

/// <summary>What lies over a picture wants: effects, texts, a logo. Measured at their most, in tenths of a byte to each pixel of the frame.</summary>
internal static class DressMemory
{
    /// <summary>A plugin's picture on its way, and the one that comes back.</summary>
    private const int FilterFrames = 2;

    /// <summary>Of a logo's pixels: it, its opacity and what is drawn of it at rest; and seven softer copies of all that.</summary>
    private const int LogoBytes = 23, SoftLogoBytes = 66;

    public static MemoryPart Of(Shot shot, int width, int height, MemoryDesk desk)
    {
        var pixels = Plane8.BytesOf(width, height); // With what pads its rows.
        var tenths = shot.Effects.Sum(e => TenthsOf(e.Kind)) + shot.Cards.Sum(TenthsOf);
        var held = (pixels * tenths / 10) + (shot.Filters.Length * FilterFrames * YuvImage.BytesOf(width, height)) + (shot.Cards.Length * ShotMemory.ToolBytes);
        var passing = shot.Cards.IsEmpty ? 0 : YuvImage.BytesOf(width, height); // Veils look at the picture under them.
        if (shot.Logo is { } logo)
        {
            var facts = desk.FactsOf(logo.PictureId);
            var logoWidth = Math.Min(width, height) * (long)logo.WidthMillionths / 1_000_000;
            var logoPixels = logoWidth * Math.Min(height, (logoWidth * facts.Height / Math.Max(1, facts.Width)) + 1);
            held += (logoPixels * (logo.Reveal == RevealKind.BlurIn ? SoftLogoBytes : LogoBytes)) + ShotMemory.ToolBytes;
            passing = Math.Max(passing, MemoryDesk.Opened(facts));
        }

        return new MemoryPart(MemoryPlace.Dress, 0, held, passing);
    }

    // Copies of the frame, fields and masks; what is not named works in place.
    private static long TenthsOf(EffectKind kind) => kind switch
    {
        EffectKind.TiltShift => 55,
        EffectKind.LightLeak => 43,
        EffectKind.Glow or EffectKind.Sharpen => 29,
        EffectKind.Fog => 22,
        EffectKind.Shake or EffectKind.Pulse => 18,
        EffectKind.Spotlight or EffectKind.Blur => 15,
        _ => 5,
    };

    // A veil as large as the frame and the text; a mask for each word or letter, with what pads its rows; or softer copies of all of it.
    private static long TenthsOf(TextCard card)
    {
        var heading = card is TextCard.Bullets { HeadingMotion: { } motion } ? TenthsOf(motion.Kind, isLong: false) : 0;
        return heading + TenthsOf(card.Motion?.Kind ?? TextMotionKind.None, card is TextCard.Bullets);
    }

    private static long TenthsOf(TextMotionKind kind, bool isLong) => kind switch
    {
        TextMotionKind.BlurIn => isLong ? 150 : 120,
        TextMotionKind.LetterByLetter or TextMotionKind.Typewriter => isLong ? 110 : 45,
        TextMotionKind.WordByWord or TextMotionKind.WordPop or TextMotionKind.Morph => 32,
        _ => 20,
    };
}
