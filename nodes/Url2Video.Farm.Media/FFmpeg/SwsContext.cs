using static Url2Video.Farm.Media.FFmpeg.SwScale;

namespace Url2Video.Farm.Media.FFmpeg;

/// <summary>The numbers of SWS_CS_*: which matrix turns YUV into RGB.</summary>
internal enum SwsMatrix
{
    Bt709 = 1,
    Bt601 = 5,
    Smpte240 = 7,
    Bt2020 = 9,
}

/// <summary>One end of a conversion.</summary>
/// <param name="Format">AVPixelFormat.</param>
/// <param name="IsFull">Full range (0..255) instead of limited (16..235); RGB is always full.</param>
/// <param name="IsLeftSited">Chroma samples of 4:2:0 lie at the left luma column (MPEG-2, H.264) instead of between two (JPEG).</param>
/// <param name="HasChromaInEveryRow">Chroma is not subsampled vertically (4:2:2).</param>
internal readonly record struct SwsSide(
    int Width, int Height, int Format, SwsMatrix Matrix, bool IsFull, bool IsLeftSited = false, bool HasChromaInEveryRow = false)
{
    /// <summary>A <see cref="Pixels.YuvImage"/>.</summary>
    internal static SwsSide Video(int width, int height) =>
        new(width, height, AvUtil.av_get_pix_fmt("yuv420p"), SwsMatrix.Bt709, IsFull: false, IsLeftSited: true);

    internal static SwsSide Rgb(int width, int height, string format) =>
        new(width, height, AvUtil.av_get_pix_fmt(format), SwsMatrix.Bt709, IsFull: true);
}

/// <summary>
/// One reusable conversion of size, format and colour. The flags make the result the same on every CPU: without them the
/// SIMD paths of swscale round differently.
/// </summary>
internal sealed unsafe class SwsContext : AvHandle
{
    private const string Flags = "bicubic+accurate_rnd+full_chroma_int+full_chroma_inp+bitexact";
    private const int Unity = 1 << 16;

    // In 1/256 of a luma sample; the third means that the side has no subsampled chroma, or the library's default, the middle.
    private const int Left = 0;
    private const int Middle = 128;
    private const int Default = -513;

    private SwsContext(nint owned) : base(owned) { }

    /// <exception cref="FFmpegException">The pair of formats or sizes is not supported.</exception>
    internal static SwsContext Open(SwsSide source, SwsSide target)
    {
        FFmpegLibrary.EnsureLoaded();
        AvLog.Clear();
        var context = new SwsContext(AvResult.CheckPointer(sws_alloc_context()));
        try
        {
            context.Set("srcw", source.Width).Set("srch", source.Height).Set("src_format", source.Format)
                .Set("dstw", target.Width).Set("dsth", target.Height).Set("dst_format", target.Format)
                .Set("src_range", source.IsFull ? 1 : 0).Set("dst_range", target.IsFull ? 1 : 0)
                .Set("src_h_chr_pos", source.IsLeftSited ? Left : Default).Set("src_v_chr_pos", source.IsLeftSited && !source.HasChromaInEveryRow ? Middle : Default)
                .Set("dst_h_chr_pos", target.IsLeftSited ? Left : Default).Set("dst_v_chr_pos", target.IsLeftSited && !target.HasChromaInEveryRow ? Middle : Default)
                .Set("sws_flags", Flags);
            AvResult.Check(sws_init_context(context, 0, 0));

            // Says -1 when neither side has a matrix; there is nothing to set then.
            _ = sws_setColorspaceDetails(
                context,
                sws_getCoefficients((int)source.Matrix), source.IsFull ? 1 : 0,
                sws_getCoefficients((int)target.Matrix), target.IsFull ? 1 : 0,
                0, Unity, Unity);
            return context;
        }
        catch
        {
            context.Dispose();
            throw;
        }
    }

    /// <summary>Converts a whole picture. Pointers and strides are as many as the formats have planes, in arrays of four.</summary>
    internal void Convert(byte** source, int* sourceStrides, int rows, byte** target, int* targetStrides)
    {
        AvLog.Clear();
        AvResult.Check(sws_scale(this, source, sourceStrides, 0, rows, target, targetStrides));
    }

    protected override void Free(nint owned) => sws_freeContext(owned);
}
