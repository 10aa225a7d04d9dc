using Url2Video.Farm.Media.Pixels;

namespace Url2Video.Farm.Media.Composition;

/// <summary>
/// The contrast of WCAG 2.2 between two colours, (L1 + 0.05) / (L2 + 0.05), from their luma: near enough for text on pictures,
/// and exact integers, because the answer decides what is drawn.
/// </summary>
public static class Contrast
{
    /// <summary>What WCAG asks of body text (level AA).</summary>
    public const int ReadableThousandths = 4_500;

    // Linear light of each limited-range luma code, 0..65535: the sRGB transfer function of (code - 16) / 219.
    private static ReadOnlySpan<ushort> Linear =>
    [
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 23, 46, 69, 93, 116, 139, 162, 185, 209, 233, 259, 287, 317, 348, 381,
        415, 452, 490, 530, 572, 616, 661, 709, 759, 810, 864, 919, 977, 1036, 1098, 1161,
        1227, 1295, 1365, 1438, 1512, 1589, 1668, 1749, 1832, 1918, 2005, 2096, 2188, 2283, 2380, 2480,
        2582, 2686, 2793, 2902, 3014, 3128, 3245, 3364, 3486, 3610, 3737, 3866, 3998, 4133, 4270, 4409,
        4552, 4697, 4844, 4995, 5148, 5303, 5462, 5623, 5787, 5953, 6123, 6295, 6470, 6648, 6828, 7012,
        7198, 7387, 7579, 7774, 7972, 8172, 8376, 8582, 8792, 9004, 9219, 9438, 9659, 9883, 10111, 10341,
        10574, 10811, 11050, 11293, 11538, 11787, 12039, 12294, 12552, 12813, 13077, 13345, 13615, 13889, 14166, 14446,
        14730, 15016, 15306, 15599, 15895, 16195, 16498, 16804, 17113, 17426, 17742, 18061, 18384, 18710, 19039, 19372,
        19708, 20047, 20390, 20737, 21086, 21439, 21796, 22156, 22519, 22886, 23256, 23630, 24007, 24388, 24772, 25159,
        25551, 25945, 26344, 26745, 27151, 27560, 27972, 28388, 28808, 29231, 29658, 30089, 30523, 30960, 31402, 31847,
        32296, 32748, 33204, 33664, 34127, 34594, 35065, 35539, 36018, 36500, 36985, 37475, 37968, 38465, 38966, 39470,
        39979, 40491, 41007, 41527, 42050, 42578, 43109, 43644, 44183, 44726, 45273, 45823, 46378, 46936, 47498, 48064,
        48634, 49208, 49786, 50368, 50954, 51544, 52138, 52735, 53337, 53943, 54552, 55166, 55784, 56405, 57031, 57661,
        58295, 58933, 59574, 60220, 60870, 61524, 62183, 62845, 63511, 64182, 64856, 65535, 65535, 65535, 65535, 65535,
        65535, 65535, 65535, 65535, 65535, 65535, 65535, 65535, 65535, 65535, 65535, 65535, 65535, 65535, 65535, 65535,
    ];

    /// <summary>The ratio in thousandths, 1000..21000, whichever is lighter.</summary>
    public static int Ratio(byte lumaA, byte lumaB)
    {
        const int Flare = 3_277; // 0.05 of 65535
        var (a, b) = (Linear[lumaA] + Flare, Linear[lumaB] + Flare);
        return (int)(Math.Max(a, b) * 1000L / Math.Min(a, b));
    }

    public static int Ratio(Rgb foreground, Rgb background) => Ratio(foreground.ToYuv().Y, background.ToYuv().Y);

    /// <summary>
    /// How opaque (0..255, in steps of 8) a veil of <paramref name="veil"/> over <paramref name="background"/> must be for text
    /// to be readable: 0 when it is as it is, 232 at most.
    /// </summary>
    public static int VeilFor(byte text, byte background, byte veil)
    {
        var opacity = 0;
        while (opacity < 232 && Ratio(text, (byte)(background + (((veil - background) * opacity) / 255))) < ReadableThousandths)
        {
            opacity += 8;
        }

        return opacity;
    }

    /// <summary>The colour itself, or as little of <paramref name="towards"/> mixed in as makes it readable.</summary>
    public static Rgb Readable(Rgb colour, Rgb background, Rgb towards)
    {
        for (var weight = 0; weight < 256; weight += 16)
        {
            var mixed = colour.Mix(towards, weight);
            if (Ratio(mixed, background) >= ReadableThousandths)
            {
                return mixed;
            }
        }

        return towards;
    }
}
