using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Url2Video.Farm.Media.Text.Native;

/// <summary>HarfBuzz 2.0 or later: font tables, coverage and shaping. None of these calls fails but by an empty result.</summary>
internal static unsafe partial class HarfBuzz
{
    private const string Library = "libharfbuzz.so.0";

    public const uint ClippingAscent = 0x68636C61; // 'hcla': OS/2 usWinAscent
    public const uint ClippingDescent = 0x68636C64; // 'hcld': OS/2 usWinDescent
    public const uint TableCff = 0x43464620; // 'CFF '
    public const uint TableCmap = 0x636D6170; // 'cmap'
    public const uint NameFull = 4;
    public const uint NamePostScript = 6;

    /// <summary>A mapped file, or an invalid handle when it cannot be read.</summary>
    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial HbBlob hb_blob_create_from_file_or_fail(string path);

    [LibraryImport(Library)]
    internal static partial byte* hb_blob_get_data(HbBlob blob, out uint length);

    [LibraryImport(Library)]
    internal static partial void hb_blob_destroy(nint blob);

    /// <summary>How many faces the file holds; 0 when it is no font.</summary>
    [LibraryImport(Library)]
    internal static partial uint hb_face_count(HbBlob blob);

    [LibraryImport(Library)]
    internal static partial HbFace hb_face_create(HbBlob blob, uint index);

    [LibraryImport(Library)]
    internal static partial void hb_face_destroy(nint face);

    [LibraryImport(Library)]
    internal static partial uint hb_face_get_upem(HbFace face);

    [LibraryImport(Library)]
    internal static partial HbBlob hb_face_reference_table(HbFace face, uint tag);

    /// <summary>Bytes of the name; writes up to textSize − 1 of them and a zero.</summary>
    [LibraryImport(Library)]
    internal static partial uint hb_ot_name_get_utf8(HbFace face, uint nameId, nint language, ref uint textSize, byte* text);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial nint hb_language_from_string(string language, int length);

    /// <summary>A font of the face's own scale: one unit of its em square is one unit of advance.</summary>
    [LibraryImport(Library)]
    internal static partial HbFont hb_font_create(HbFace face);

    [LibraryImport(Library)]
    internal static partial void hb_font_destroy(nint font);

    /// <summary>Not 0 when the font has a glyph for the code point.</summary>
    [LibraryImport(Library)]
    internal static partial int hb_font_get_nominal_glyph(HbFont font, uint codePoint, out uint glyph);

    /// <summary>Not 0 when the font tells the metric.</summary>
    [LibraryImport(Library)]
    internal static partial int hb_ot_metrics_get_position(HbFont font, uint tag, out int position);

    [LibraryImport(Library)]
    internal static partial HbBuffer hb_buffer_create();

    [LibraryImport(Library)]
    internal static partial void hb_buffer_destroy(nint buffer);

    [LibraryImport(Library)]
    internal static partial void hb_buffer_add_utf16(HbBuffer buffer, char* text, int textLength, uint itemOffset, int itemLength);

    [LibraryImport(Library)]
    internal static partial void hb_buffer_guess_segment_properties(HbBuffer buffer);

    [LibraryImport(Library)]
    internal static partial void hb_shape(HbFont font, HbBuffer buffer, nint features, uint featureCount);

    /// <summary>Valid until the buffer changes.</summary>
    [LibraryImport(Library)]
    internal static partial GlyphPosition* hb_buffer_get_glyph_positions(HbBuffer buffer, out uint length);

    /// <summary>Valid until the buffer changes.</summary>
    [LibraryImport(Library)]
    internal static partial GlyphInfo* hb_buffer_get_glyph_infos(HbBuffer buffer, out uint length);

    [LibraryImport(Library)]
    internal static partial HbDrawFunctions hb_draw_funcs_create();

    [LibraryImport(Library)]
    internal static partial void hb_draw_funcs_destroy(nint functions);

    [LibraryImport(Library)]
    internal static partial void hb_draw_funcs_set_move_to_func(
        HbDrawFunctions functions, delegate* unmanaged[Cdecl]<nint, nint, nint, float, float, nint, void> call, nint user, nint destroy);

    [LibraryImport(Library)]
    internal static partial void hb_draw_funcs_set_line_to_func(
        HbDrawFunctions functions, delegate* unmanaged[Cdecl]<nint, nint, nint, float, float, nint, void> call, nint user, nint destroy);

    [LibraryImport(Library)]
    internal static partial void hb_draw_funcs_set_quadratic_to_func(
        HbDrawFunctions functions, delegate* unmanaged[Cdecl]<nint, nint, nint, float, float, float, float, nint, void> call, nint user, nint destroy);

    [LibraryImport(Library)]
    internal static partial void hb_draw_funcs_set_cubic_to_func(
        HbDrawFunctions functions, delegate* unmanaged[Cdecl]<nint, nint, nint, float, float, float, float, float, float, nint, void> call, nint user, nint destroy);

    /// <summary>Since 4.0; its later name is hb_font_draw_glyph.</summary>
    [LibraryImport(Library)]
    internal static partial void hb_font_get_glyph_shape(HbFont font, uint glyph, HbDrawFunctions functions, nint data);

    /// <summary>hb_glyph_info_t.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct GlyphInfo
    {
        public uint Glyph;
        private readonly uint _mask;
        private readonly uint _cluster;
        private readonly uint _private1;
        private readonly uint _private2;
    }

    /// <summary>hb_glyph_position_t.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct GlyphPosition
    {
        public int AdvanceX;
        public int AdvanceY;
        public int OffsetX;
        public int OffsetY;
        private readonly uint _private;
    }
}

internal sealed class HbBlob() : SafeHandleZeroOrMinusOneIsInvalid(ownsHandle: true)
{
    protected override bool ReleaseHandle()
    {
        HarfBuzz.hb_blob_destroy(handle);
        return true;
    }
}

internal sealed class HbFace() : SafeHandleZeroOrMinusOneIsInvalid(ownsHandle: true)
{
    protected override bool ReleaseHandle()
    {
        HarfBuzz.hb_face_destroy(handle);
        return true;
    }
}

internal sealed class HbFont() : SafeHandleZeroOrMinusOneIsInvalid(ownsHandle: true)
{
    protected override bool ReleaseHandle()
    {
        HarfBuzz.hb_font_destroy(handle);
        return true;
    }
}

internal sealed class HbBuffer() : SafeHandleZeroOrMinusOneIsInvalid(ownsHandle: true)
{
    protected override bool ReleaseHandle()
    {
        HarfBuzz.hb_buffer_destroy(handle);
        return true;
    }
}

internal sealed class HbDrawFunctions() : SafeHandleZeroOrMinusOneIsInvalid(ownsHandle: true)
{
    protected override bool ReleaseHandle()
    {
        HarfBuzz.hb_draw_funcs_destroy(handle);
        return true;
    }
}
