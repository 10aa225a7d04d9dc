namespace Url2Video.Farm.Media.FFmpeg;

/// <summary>
/// The colour of a ProRes picture (SMPTE RDD 36 section 5.1.1). FFmpeg's encoder takes it from fields of the frame that move between its versions and have no
/// option; in the bitstream its place is fixed.
/// </summary>
internal static class ProResHeader
{
    // Size (4), 'icpf' (4), header size, version, vendor (4), width, height, flags and aspect (1), alpha (1): then primaries, transfer, matrix.
    private const int Mark = 4, Colour = 22;
    private const byte Bt709 = 1;

    /// <exception cref="FFmpegException">InvalidData when this is no ProRes picture.</exception>
    internal static void SetBt709(Span<byte> picture)
    {
        if (picture.Length < Colour + 3 || !picture[Mark..(Mark + 4)].SequenceEqual("icpf"u8))
        {
            throw new FFmpegException(FFmpegErrorKind.InvalidData, "The encoder gave no ProRes picture.");
        }

        picture.Slice(Colour, 3).Fill(Bt709);
    }
}
