namespace Url2Video.Farm.Media.FFmpeg;

/// <summary>How a clip's numbers mean colours. Primaries are taken for BT.709's: the difference between those of SD and HD is hardly seen.</summary>
/// <param name="IsFull">0..255 in place of 16..235.</param>
/// <param name="IsLeftSited">See <see cref="SwsSide"/>.</param>
internal readonly record struct ClipColour(SwsMatrix Matrix, bool IsFull, bool IsLeftSited)
{
    // AVColorSpace, AVColorRange, AVColorTransferCharacteristic, AVChromaLocation.
    private const int SpaceUnknown = 2, Space709 = 1, Space240 = 7, Space2020 = 9, Space2020Constant = 10;
    private const int RangeFull = 2;
    private const int TransferPq = 16, TransferHlg = 18;
    private const int SitedMiddle = 2;

    /// <summary>From this size on, pictures that do not say it are HD: what players do.</summary>
    private const int HdWidth = 1_280, HdHeight = 720;

    internal bool IsOurs => this is { Matrix: SwsMatrix.Bt709, IsFull: false, IsLeftSited: true };

    /// <exception cref="FFmpegException">Unsupported for HDR: shown as SDR it would be grey and flat.</exception>
    internal static void Check(CodecContext codec)
    {
        if (codec.GetInt("color_trc") is TransferPq or TransferHlg)
        {
            throw new FFmpegException(FFmpegErrorKind.Unsupported, "It is HDR (PQ or HLG), which is not read here.");
        }
    }

    /// <param name="pixelFormat">FFmpeg's name.</param>
    internal static ClipColour Of(CodecContext codec, string pixelFormat, int width, int height)
    {
        var matrix = codec.GetInt("colorspace") switch
        {
            Space709 => SwsMatrix.Bt709,
            Space240 => SwsMatrix.Smpte240,
            Space2020 or Space2020Constant => SwsMatrix.Bt2020,
            SpaceUnknown or 0 => width >= HdWidth || height >= HdHeight ? SwsMatrix.Bt709 : SwsMatrix.Bt601,
            _ => SwsMatrix.Bt601,
        };
        var isJpeg = pixelFormat.StartsWith("yuvj", StringComparison.Ordinal);
        var isLeftSited = !isJpeg && codec.GetInt("chroma_sample_location") != SitedMiddle;
        return new ClipColour(matrix, isJpeg || codec.GetInt("color_range") == RangeFull, isLeftSited);
    }
}
