namespace Url2Video.Farm.Core.Packaging.Cmaf;

/// <summary>What packaging needs of an HEVC sequence parameter set (ITU-T H.265 section 7.3.2.2) of one layer.</summary>
/// <param name="ProfileTierLevel">The twelve bytes of the general profile, tier and level.</param>
internal sealed record HevcSps(
    byte[] ProfileTierLevel,
    int ChromaFormat,
    int BitDepthLuma,
    int BitDepthChroma,
    int FramesReordered,
    int Primaries,
    int Transfer,
    int Matrix,
    bool IsFullRange)
{
    private const int HeaderBytes = 2, ProfileBytes = 12, Unspecified = 2;

    /// <exception cref="InvalidDataException">More than one layer, or a feature that our encoders are not set to use.</exception>
    public static HevcSps Parse(ReadOnlySpan<byte> unit)
    {
        var bytes = AvcSps.Unescape(unit[HeaderBytes..]);
        var bits = new BitReader(bytes);
        bits.Bits(4);
        if (bits.Bits(3) != 0)
        {
            throw new InvalidDataException("The SPS has temporal sub-layers.");
        }

        bits.Flag();
        var profile = new byte[ProfileBytes];
        for (var i = 0; i < ProfileBytes; i++)
        {
            profile[i] = (byte)bits.Bits(8);
        }

        bits.Unsigned();
        var chroma = (int)bits.Unsigned();
        bits.Unsigned();
        bits.Unsigned();
        if (bits.Flag())
        {
            Skip(ref bits, 4);
        }

        var (luma, chromaDepth) = ((int)bits.Unsigned() + 8, (int)bits.Unsigned() + 8);
        var orderBits = (int)bits.Unsigned() + 4;
        bits.Flag();
        bits.Unsigned();
        var reordered = (int)bits.Unsigned();
        bits.Unsigned();
        Skip(ref bits, 6);
        var (primaries, transfer, matrix, isFull) = Colour(ref bits, orderBits);
        return new HevcSps(profile, chroma, luma, chromaDepth, reordered, primaries, transfer, matrix, isFull);
    }

    private static (int Primaries, int Transfer, int Matrix, bool IsFullRange) Colour(ref BitReader bits, int orderBits)
    {
        if (bits.Flag())
        {
            throw new InvalidDataException("The SPS has scaling lists.");
        }

        bits.Bits(2);
        if (bits.Flag())
        {
            throw new InvalidDataException("The SPS has PCM blocks.");
        }

        if (bits.Unsigned() != 0)
        {
            throw new InvalidDataException("The SPS has reference picture sets of its own.");
        }

        if (bits.Flag())
        {
            for (var left = bits.Unsigned(); left > 0; left--)
            {
                bits.Bits(orderBits);
                bits.Flag();
            }
        }

        bits.Bits(2);
        return bits.Flag() ? Usability(ref bits) : (Unspecified, Unspecified, Unspecified, false);
    }

    private static (int Primaries, int Transfer, int Matrix, bool IsFullRange) Usability(ref BitReader bits)
    {
        const uint ExtendedAspect = 255;
        if (bits.Flag() && bits.Bits(8) == ExtendedAspect)
        {
            bits.Bits(32);
        }

        if (bits.Flag())
        {
            bits.Flag();
        }

        if (!bits.Flag())
        {
            return (Unspecified, Unspecified, Unspecified, false);
        }

        bits.Bits(3);
        var isFull = bits.Flag();
        return bits.Flag()
            ? ((int)bits.Bits(8), (int)bits.Bits(8), (int)bits.Bits(8), isFull)
            : (Unspecified, Unspecified, Unspecified, isFull);
    }

    private static void Skip(ref BitReader bits, int numbers)
    {
        while (numbers-- > 0)
        {
            bits.Unsigned();
        }
    }
}
