namespace Url2Video.Farm.Media.Pixels;

/// <summary>A colour as people write it: 8-bit R'G'B', full range.</summary>
public readonly record struct Rgb(byte R, byte G, byte B)
{
    /// <summary>The BT.709 limited-range colour, rounded to nearest (coefficients of ITU-R BT.709-6, scaled by 2^16).</summary>
    public Yuv ToYuv()
    {
        // Kr 0.2126, Kg 0.7152, Kb 0.0722; luma spans 219 codes from 16, chroma 224 codes about 128.
        var y = (11966 * R) + (40254 * G) + (4064 * B);
        var u = (-6596 * R) - (22189 * G) + (28785 * B);
        var v = (28784 * R) - (26145 * G) - (2639 * B);
        return new Yuv((byte)(16 + ((y + 0x8000) >> 16)), (byte)(128 + ((u + 0x8000) >> 16)), (byte)(128 + ((v + 0x8000) >> 16)));
    }

    /// <summary>Parses <c>#rrggbb</c> or <c>rrggbb</c>.</summary>
    public static bool TryParse(string text, out Rgb colour)
    {
        var digits = text.AsSpan().TrimStart('#');
        var isValid = digits.Length == 6
            & uint.TryParse(digits, System.Globalization.NumberStyles.AllowHexSpecifier,
                System.Globalization.CultureInfo.InvariantCulture, out var value);
        colour = isValid ? new Rgb((byte)(value >> 16), (byte)(value >> 8), (byte)value) : default;
        return isValid;
    }

    /// <summary>This colour moved towards another by <paramref name="weight"/> of 256.</summary>
    public Rgb Mix(Rgb other, int weight) => new(Mix(R, other.R, weight), Mix(G, other.G, weight), Mix(B, other.B, weight));

    private static byte Mix(int from, int to, int weight) => (byte)(from + ((((to - from) * weight) + 128) >> 8));
}

/// <summary>A BT.709 limited-range colour: Y 16..235, U and V 16..240.</summary>
public readonly record struct Yuv(byte Y, byte U, byte V);
