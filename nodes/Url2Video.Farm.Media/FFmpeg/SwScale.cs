using System.Runtime.InteropServices;

namespace Url2Video.Farm.Media.FFmpeg;

/// <summary>The libswscale entry points in use.</summary>
internal static unsafe partial class SwScale
{
    private const string Lib = FFmpegFiles.SwScale;

    [LibraryImport(Lib)] internal static partial uint swscale_version();
    [LibraryImport(Lib)] internal static partial nint sws_alloc_context();
    [LibraryImport(Lib)] internal static partial int sws_init_context(SwsContext context, nint sourceFilter, nint targetFilter);
    [LibraryImport(Lib)] internal static partial void sws_freeContext(nint context);

    /// <summary>Four static coefficients for one of the SWS_CS_* numbers.</summary>
    [LibraryImport(Lib)] internal static partial int* sws_getCoefficients(int colorspace);

    [LibraryImport(Lib)]
    internal static partial int sws_setColorspaceDetails(
        SwsContext context, int* sourceTable, int isSourceFull, int* targetTable, int isTargetFull,
        int brightness, int contrast, int saturation);

    /// <summary>Rows written, or an AVERROR.</summary>
    [LibraryImport(Lib)]
    internal static partial int sws_scale(
        SwsContext context, byte** source, int* sourceStrides, int firstRow, int rows, byte** target, int* targetStrides);
}
