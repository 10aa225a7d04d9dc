namespace Url2Video.Farm.Core.Packaging.Cmaf;

/// <summary>What packaging needs of an H.264 sequence parameter set (ITU-T H.264 sections 7.3.2.1.1 and E.1.1).</summary>
/// <param name="Width">Luma pixels after cropping.</param>
/// <param name="Height">Luma pixels after cropping.</param>
/// <param name="ColourPrimaries">Code point of ISO/IEC 23091-2; 2 when not told.</param>
/// <param name="FramesReordered">max_num_reorder_frames; null when not told.</param>
public sealed record AvcSps(
    byte Profile,
    byte Constraints,
    byte Level,
    int ChromaFormat,
    int BitDepthLuma,
    int BitDepthChroma,
    int Width,
    int Height,
    int AspectWidth,
    int AspectHeight,
    byte ColourPrimaries,
    byte ColourTransfer,
    byte ColourMatrix,
    bool IsFullRange,
    int? FramesReordered)
{
    private const int ExtendedSar = 255;
    private const int ConstraintSet3 = 0x10;

    // Table E-1: aspect_ratio_idc 1 is square; encoders of this farm make nothing else, the rest is read for completeness.
    private static readonly (int Width, int Height)[] SarTable =
        [(0, 0), (1, 1), (12, 11), (10, 11), (16, 11), (40, 33), (24, 11), (20, 11), (32, 11), (80, 33), (18, 11), (15, 11), (64, 33), (160, 99), (4, 3), (3, 2), (2, 1)];

    /// <summary>Key pictures alone (ITU-T H.264 E.2.1): nothing is reordered, and it need not be told.</summary>
    public bool IsIntra => Profile is 44 or 86 or 100 or 110 or 122 or 244 && (Constraints & ConstraintSet3) != 0;

    /// <param name="nal">The NAL unit with its header byte, without start code.</param>
    /// <exception cref="InvalidDataException">Not a sequence parameter set, or not one that a chunk can have.</exception>
    public static AvcSps Parse(ReadOnlySpan<byte> nal)
    {
        if (nal.Length < 4 || (nal[0] & 0x1F) != 7)
        {
            throw new InvalidDataException("Not a sequence parameter set.");
        }

        try
        {
            return ParseBits(new BitReader(Unescape(nal[1..])));
        }
        catch (EndOfStreamException e)
        {
            throw new InvalidDataException(e.Message, e);
        }
    }

    private static AvcSps ParseBits(BitReader bits)
    {
        var (profile, constraints, level) = ((byte)bits.Bits(8), (byte)bits.Bits(8), (byte)bits.Bits(8));
        bits.Unsigned(); // seq_parameter_set_id
        var (chroma, luma, chromaDepth) = profile is 100 or 110 or 122 or 244 ? HighProfile(ref bits) : (1, 8, 8);

        bits.Unsigned(); // log2_max_frame_num_minus4
        SkipOrderCount(ref bits);
        bits.Unsigned(); // max_num_ref_frames
        bits.Flag(); // gaps_in_frame_num_value_allowed_flag
        var widthMbs = bits.Unsigned() + 1L;
        var heightMaps = bits.Unsigned() + 1L;
        var isProgressive = bits.Flag();
        if (!isProgressive)
        {
            bits.Flag(); // mb_adaptive_frame_field_flag
        }

        bits.Flag(); // direct_8x8_inference_flag
        var (width, height) = Crop(ref bits, widthMbs * 16, heightMaps * (isProgressive ? 16 : 32), chroma, isProgressive);
        var sps = new AvcSps(profile, constraints, level, chroma, luma, chromaDepth, width, height, 1, 1, 2, 2, 2, false, null);
        return bits.Flag() ? Vui(ref bits, sps) : sps;
    }

    private static (int Chroma, int Luma, int ChromaDepth) HighProfile(ref BitReader bits)
    {
        var chroma = (int)bits.Unsigned();
        if (chroma is < 1 or > 2)
        {
            throw new InvalidDataException($"Chroma format {chroma} is not one that players take.");
        }

        var (luma, chromaDepth) = ((int)bits.Unsigned() + 8, (int)bits.Unsigned() + 8);
        bits.Flag(); // qpprime_y_zero_transform_bypass_flag
        return bits.Flag() ? throw new InvalidDataException("Scaling matrices are not supported.") : (chroma, luma, chromaDepth);
    }

    private static void SkipOrderCount(ref BitReader bits)
    {
        switch (bits.Unsigned())
        {
            case 0:
                bits.Unsigned(); // log2_max_pic_order_cnt_lsb_minus4
                break;
            case 2:
                break;
            default:
                throw new InvalidDataException("Picture order type 1 is not supported.");
        }
    }

    private static (int Width, int Height) Crop(ref BitReader bits, long width, long height, int chroma, bool isProgressive)
    {
        if (bits.Flag())
        {
            var (left, right, top, bottom) = (bits.Unsigned(), bits.Unsigned(), bits.Unsigned(), bits.Unsigned());
            width -= 2L * (left + (long)right);
            height -= (chroma == 1 ? 2L : 1L) * (isProgressive ? 1 : 2) * (top + (long)bottom);
        }

        return width is < 1 or > ushort.MaxValue || height is < 1 or > ushort.MaxValue
            ? throw new InvalidDataException("The picture size makes no sense.")
            : ((int)width, (int)height);
    }

    private static AvcSps Vui(ref BitReader bits, AvcSps sps)
    {
        if (bits.Flag())
        {
            var index = (int)bits.Bits(8);
            var (width, height) = index == ExtendedSar ? ((int)bits.Bits(16), (int)bits.Bits(16)) : index < SarTable.Length ? SarTable[index] : (0, 0);
            sps = width > 0 && height > 0 ? sps with { AspectWidth = width, AspectHeight = height } : sps;
        }

        if (bits.Flag())
        {
            bits.Flag(); // overscan_appropriate_flag
        }

        if (bits.Flag())
        {
            bits.Bits(3); // video_format
            sps = sps with { IsFullRange = bits.Flag() };
            if (bits.Flag())
            {
                sps = sps with { ColourPrimaries = (byte)bits.Bits(8), ColourTransfer = (byte)bits.Bits(8), ColourMatrix = (byte)bits.Bits(8) };
            }
        }

        if (bits.Flag())
        {
            bits.Unsigned(); // chroma_sample_loc_type_top_field
            bits.Unsigned(); // chroma_sample_loc_type_bottom_field
        }

        if (bits.Flag())
        {
            bits.Bits(32); // num_units_in_tick
            bits.Bits(32); // time_scale
            bits.Flag(); // fixed_frame_rate_flag
        }

        return sps with { FramesReordered = Reordered(ref bits) };
    }

    private static int? Reordered(ref BitReader bits)
    {
        var hasNal = bits.Flag();
        if (hasNal)
        {
            SkipHrd(ref bits);
        }

        var hasVcl = bits.Flag();
        if (hasVcl)
        {
            SkipHrd(ref bits);
        }

        if (hasNal || hasVcl)
        {
            bits.Flag(); // low_delay_hrd_flag
        }

        bits.Flag(); // pic_struct_present_flag
        if (!bits.Flag())
        {
            return null;
        }

        bits.Flag(); // motion_vectors_over_pic_boundaries_flag
        bits.Unsigned(); // max_bytes_per_pic_denom
        bits.Unsigned(); // max_bits_per_mb_denom
        bits.Unsigned(); // log2_max_mv_length_horizontal
        bits.Unsigned(); // log2_max_mv_length_vertical
        var reordered = bits.Unsigned();
        return reordered <= 16 ? (int)reordered : throw new InvalidDataException("The reordering depth makes no sense.");
    }

    private static void SkipHrd(ref BitReader bits)
    {
        var count = bits.Unsigned() + 1L;
        bits.Bits(8); // bit_rate_scale, cpb_size_scale
        if (count > 32)
        {
            throw new InvalidDataException("A buffer model makes no sense.");
        }

        for (; count > 0; count--)
        {
            bits.Unsigned();
            bits.Unsigned();
            bits.Flag();
        }

        bits.Bits(20); // initial_cpb_removal_delay_length_minus1 .. time_offset_length
    }

    internal static byte[] Unescape(ReadOnlySpan<byte> nal)
    {
        var (plain, length, zeros) = (new byte[nal.Length], 0, 0);
        foreach (var value in nal)
        {
            if (zeros >= 2 && value == 3)
            {
                zeros = 0;
                continue;
            }

            zeros = value == 0 ? zeros + 1 : 0;
            plain[length++] = value;
        }

        return plain[..length];
    }
}
