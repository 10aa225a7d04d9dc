namespace Url2Video.Farm.Core.Packaging.Cmaf;

/// <summary>What packaging needs of an AV1 sequence header (AV1 bitstream specification, section 5.5).</summary>
internal sealed record Av1Sequence(
    int Profile,
    int Level,
    int Tier,
    int Width,
    int Height,
    int BitDepth,
    bool IsMonochrome,
    int SubsamplingX,
    int SubsamplingY,
    int ChromaPosition,
    int Primaries,
    int Transfer,
    int Matrix,
    bool IsFullRange)
{
    private const int Unspecified = 2;

    /// <exception cref="InvalidDataException">A feature that our encoders are not set to use.</exception>
    /// <exception cref="EndOfStreamException">The header is cut off.</exception>
    public static Av1Sequence Parse(ReadOnlySpan<byte> payload)
    {
        var bits = new BitReader(payload);
        var profile = (int)bits.Bits(3);
        bits.Flag();
        var isReduced = bits.Flag();
        var (level, tier) = isReduced ? ((int)bits.Bits(5), 0) : OperatingPoints(ref bits);
        var (widthBits, heightBits) = ((int)bits.Bits(4) + 1, (int)bits.Bits(4) + 1);
        var (width, height) = ((int)bits.Bits(widthBits) + 1, (int)bits.Bits(heightBits) + 1);
        Tools(ref bits, isReduced);
        return Colour(ref bits, new Av1Sequence(profile, level, tier, width, height, 8, false, 1, 1, 0, Unspecified, Unspecified, Unspecified, false));
    }

    private static (int Level, int Tier) OperatingPoints(ref BitReader bits)
    {
        if (bits.Flag())
        {
            bits.Bits(32);
            bits.Bits(32);
            if (bits.Flag())
            {
                bits.Unsigned(); // uvlc() is coded as ue(v).
            }

            if (bits.Flag())
            {
                throw new InvalidDataException("The sequence has a decoder model.");
            }
        }

        var hasDelay = bits.Flag();
        var (first, count) = ((Level: 0, Tier: 0), (int)bits.Bits(5) + 1);
        for (var i = 0; i < count; i++)
        {
            bits.Bits(12);
            var level = (int)bits.Bits(5);
            var tier = level > 7 ? (int)bits.Bits(1) : 0;
            if (hasDelay && bits.Flag())
            {
                bits.Bits(4);
            }

            first = i == 0 ? (level, tier) : first;
        }

        return first;
    }

    private static void Tools(ref BitReader bits, bool isReduced)
    {
        if (!isReduced && bits.Flag())
        {
            bits.Bits(7);
        }

        bits.Bits(3);
        if (!isReduced)
        {
            bits.Bits(4);
            var hasOrder = bits.Flag();
            if (hasOrder)
            {
                bits.Bits(2);
            }

            var forcesScreenContent = bits.Flag() || bits.Flag();
            if (forcesScreenContent && !bits.Flag())
            {
                bits.Flag();
            }

            if (hasOrder)
            {
                bits.Bits(3);
            }
        }

        bits.Bits(3);
    }

    private static Av1Sequence Colour(ref BitReader bits, Av1Sequence read)
    {
        const int Professional = 2;
        var isHigh = bits.Flag();
        var depth = !isHigh ? 8 : read.Profile == Professional && bits.Flag() ? 12 : 10;
        var isMonochrome = read.Profile != 1 && bits.Flag();
        if (bits.Flag())
        {
            read = read with { Primaries = (int)bits.Bits(8), Transfer = (int)bits.Bits(8), Matrix = (int)bits.Bits(8) };
        }

        read = read with { BitDepth = depth, IsMonochrome = isMonochrome, IsFullRange = bits.Flag() };
        return read.Profile == 0 && !isMonochrome ? read with { ChromaPosition = (int)bits.Bits(2) } : throw new InvalidDataException("The sequence is not of the Main profile.");
    }
}
