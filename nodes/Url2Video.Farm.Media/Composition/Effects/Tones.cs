using Url2Video.Farm.Media.Pixels;

namespace Url2Video.Farm.Media.Composition;

/// <summary>What becomes of one code: curves of luma (16..235) and of chroma.</summary>
internal static class Tones
{
    /// <summary>Dark to hot, as cameras for warmth paint it.</summary>
    public static Rgb[] Heat { get; } =
        [new(0x06, 0x04, 0x30), new(0x5A, 0x0E, 0x8C), new(0xD0, 0x2C, 0x5A), new(0xFF, 0x8A, 0x1E), new(0xFF, 0xF6, 0xB4)];

    /// <summary>The green of an intensifier's screen.</summary>
    public static Rgb[] Phosphor { get; } = [new(0x02, 0x10, 0x04), new(0x1C, 0x8C, 0x2C), new(0xC8, 0xFF, 0xB8)];

    public static int Same(int code) => code;

    public static int Grey(int code) => 128;

    public static int Opposite(int chroma) => Math.Min(255, 256 - chroma);

    public static int Invert(int luma) => Math.Clamp(251 - luma, 16, 235);

    /// <summary>A step of 24 codes about the middle keeps edges smooth.</summary>
    public static int Threshold(int luma) => Math.Clamp(16 + ((luma - 114) * 219 / 24), 16, 235);

    /// <summary>Up to the middle as it is, then down again, all of it twice as bright.</summary>
    public static int Solarize(int luma) => luma <= 125 ? Math.Clamp(16 + ((luma - 16) * 2), 16, 235) : Math.Clamp(235 - ((luma - 125) * 2), 16, 235);

    /// <param name="amount">0 leaves sixteen steps, 100 two.</param>
    public static Func<int, int> Posterize(int amount)
    {
        var steps = 16 - (14 * amount / 100);
        return luma => 16 + (Math.Clamp((luma - 16) * steps / 220, 0, steps - 1) * 219 / (steps - 1));
    }
}
