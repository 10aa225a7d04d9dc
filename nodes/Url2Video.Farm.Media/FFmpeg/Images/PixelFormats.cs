namespace Url2Video.Farm.Media.FFmpeg;

/// <summary>What the names of FFmpeg's pixel formats tell.</summary>
internal static class PixelFormats
{
    internal static bool IsYuv(string name) => name.StartsWith("yuv", StringComparison.Ordinal);

    /// <summary>True also for palettes, whose entries may be transparent.</summary>
    internal static bool MayHaveAlpha(string name) =>
        name is "pal8" or "gbrap"
        || name.StartsWith("rgba", StringComparison.Ordinal) || name.StartsWith("bgra", StringComparison.Ordinal)
        || name.StartsWith("argb", StringComparison.Ordinal) || name.StartsWith("abgr", StringComparison.Ordinal)
        || name.StartsWith("ya", StringComparison.Ordinal) || name.StartsWith("yuva", StringComparison.Ordinal);

    /// <summary>The same four bytes a pixel with the opacity ignored.</summary>
    internal static string WithoutAlpha(string name) => name switch
    {
        "rgba" => "rgb0",
        "bgra" => "bgr0",
        "argb" => "0rgb",
        "abgr" => "0bgr",
        _ => throw new ArgumentOutOfRangeException(nameof(name)),
    };
}
