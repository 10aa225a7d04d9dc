namespace Url2Video.Farm.Media.Tests.Cuda.Ptx;

/// <summary>One mistake a kernel, and for some two: a constant or an instruction that is another.</summary>
internal static class PtxMutants
{
    public static TheoryData<string, string, string> All => new()
    {
        { "affine", ", 15;", ", 14;" },
        { "affine", ", 32767;", ", 16383;" },
        { "blend", ", 128;", ", 127;" },
        { "blend", ", 16384;", ", 0;" },
        { "blur_columns", ", -1;", ", -2;" },
        { "blur_columns", "max.s32", "min.s32" },
        { "blur_rows", ", -1;", ", -2;" },
        { "blur_rows", "min.s32", "max.s32" },
        { "cross_fade", ", 16384;", ", 16383;" },
        { "cross_fade", ", 15;", ", 14;" },
        { "displace", ", 127;", ", 126;" },
        { "displace", ", 14;", ", 13;" },
        { "double_columns", "shr.u32", "shl.b32" },
        { "expand", "xor.b32", "or.b32" },
        { "expand", ", 7;", ", 6;" },
        { "expand_through", ", 64;", ", 63;" },
        { "finish", ", 7;", ", 6;" },
        { "finish", ", -32768;", ", 0;" },
        { "gather", ", 7;", ", 6;" },
        { "gather", ", 3;", ", 2;" },
        { "lay", ", 16384;", ", 16383;" },
        { "lay", ", 15;", ", 16;" },
        { "light", ", 8;", ", 7;" },
        { "light", ", 7;", ", 6;" },
        { "light_pair", ", 8;", ", 7;" },
        { "light_pair", ", 7;", ", 6;" },
        { "luma_at_chroma", "add.s16", "sub.s16" },
        { "lut", ", 256;", ", 255;" },
        { "lut", ", 1089;", ", 1056;" },
        { "mix_by_field", ", 16384;", ", 16383;" },
        { "mix_by_field", "max.s32", "min.s32" },
        { "mix_rows", ", 64;", ", 65;" },
        { "over", ", 16384;", ", 16383;" },
        { "over", ", 255;", ", 254;" },
        { "paint", ", 16384;", ", 16383;" },
        { "paint", ", 15;", ", 16;" },
        { "paint_disc", ", 70368744177664;", ", 65536;" },
        { "paint_disc", "min.u32", "max.u32" },
        { "paint_glow", "shr.u32", "shl.b32" },
        { "paint_glow", ", 16384;", ", 16383;" },
        { "paint_quad", "min.s32", "max.s32" },
        { "paint_quad", "sub.s32", "add.s32" },
        { "warp", ", 8192;", ", 8191;" },
        { "warp", ", -65537;", ", -65536;" },
        { "wipe", ", 256;", ", 255;" },
        { "wipe", "div.s32", "mul.lo.s32" },
    };

    /// <summary>Changes the first place where the text stands in the kernel.</summary>
    public static string Make(string ptx, string kernel, string text, string instead)
    {
        var start = ptx.IndexOf($".entry {kernel}(", StringComparison.Ordinal);
        var at = ptx.IndexOf(text, start, StringComparison.Ordinal);
        Assert.InRange(at, start, ptx.IndexOf("\n}", start, StringComparison.Ordinal));
        return string.Concat(ptx.AsSpan(0, at), instead, ptx.AsSpan(at + text.Length));
    }
}
