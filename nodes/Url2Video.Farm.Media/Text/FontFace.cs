using System.Buffers.Binary;
using System.Text;
using Url2Video.Farm.Media.Text.Native;
using static Url2Video.Farm.Media.Text.Native.HarfBuzz;

namespace Url2Video.Farm.Media.Text;

/// <summary>One face of a font file: what it covers, how wide its text runs, how it is asked for.</summary>
internal sealed unsafe class FontFace : IDisposable
{
    private readonly HbFace _face;
    private readonly HbFont _font;
    private readonly bool _isPlaneZeroOnly;

    public FontFace(FontFile file, HbBlob blob, int index)
    {
        File = file;
        _face = hb_face_create(blob, (uint)index);
        _font = hb_font_create(_face);
        UnitsPerEm = (int)hb_face_get_upem(_face);

        // libass sizes by the Windows metrics, as the ASS format asks.
        var hasMetrics = hb_ot_metrics_get_position(_font, ClippingAscent, out var ascent) != 0
            & hb_ot_metrics_get_position(_font, ClippingDescent, out var descent) != 0;
        (Ascent, Descent) = hasMetrics && ascent + Math.Abs(descent) > 0 ? (ascent, Math.Abs(descent)) : (UnitsPerEm, UnitsPerEm / 4);
        using var cff = hb_face_reference_table(_face, TableCff);
        _ = hb_blob_get_data(cff, out var cffLength);

        // libass matches PostScript names of PostScript outlines and full names of the others.
        Name = ReadName(cffLength > 0 ? NamePostScript : NameFull);
        _isPlaneZeroOnly = HasPlaneZeroCmap(_face);
        if (UnitsPerEm <= 0 || Name.Length == 0)
        {
            throw new FontException(FontErrorKind.Unreadable, $"{Path.GetFileName(file.Path)} has no name or no size.");
        }
    }

    public FontFile File { get; }

    /// <summary>The name libass finds this face by, alone among the fonts it was given.</summary>
    public string Name { get; }

    public int UnitsPerEm { get; }

    /// <summary>Above the baseline, in units of the em.</summary>
    public int Ascent { get; }

    /// <summary>Below the baseline, positive, in units of the em.</summary>
    public int Descent { get; }

    /// <summary>
    /// True when libass will find a glyph: what only the font has, but not its first Windows character map, it does not see.
    /// </summary>
    public bool Has(Rune rune) => (rune.IsBmp || !_isPlaneZeroOnly) && hb_font_get_nominal_glyph(_font, (uint)rune.Value, out _) != 0;

    /// <summary>The advance of shaped text, in 1/65536 of the em.</summary>
    public long AdvanceQ16(ReadOnlySpan<char> text)
    {
        using var buffer = hb_buffer_create();
        fixed (char* start = text)
        {
            hb_buffer_add_utf16(buffer, start, text.Length, 0, text.Length);
        }

        hb_buffer_guess_segment_properties(buffer);
        hb_shape(_font, buffer, 0, 0);
        var positions = hb_buffer_get_glyph_positions(buffer, out var count);
        long sum = 0;
        for (var i = 0; i < count; i++)
        {
            sum += positions[i].AdvanceX;
        }

        return (sum << 16) / UnitsPerEm;
    }

    /// <summary>The glyphs of a text in visual order: which, where from the pen, and how far the pen goes; units of the em.</summary>
    public List<(uint Glyph, int X, int Y, int Advance)> Shape(string text)
    {
        using var buffer = hb_buffer_create();
        fixed (char* start = text)
        {
            hb_buffer_add_utf16(buffer, start, text.Length, 0, text.Length);
        }

        hb_buffer_guess_segment_properties(buffer);
        hb_shape(_font, buffer, 0, 0);
        var infos = hb_buffer_get_glyph_infos(buffer, out var count);
        var positions = hb_buffer_get_glyph_positions(buffer, out _);
        var glyphs = new List<(uint, int, int, int)>((int)count);
        for (var i = 0; i < count; i++)
        {
            glyphs.Add((infos[i].Glyph, positions[i].OffsetX, positions[i].OffsetY, positions[i].AdvanceX));
        }

        return glyphs;
    }

    /// <summary>Draws the outline of a glyph in units of the em, y upwards.</summary>
    public void Draw(uint glyph, HbDrawFunctions functions, nint data) => hb_font_get_glyph_shape(_font, glyph, functions, data);

    public void Dispose()
    {
        _font.Dispose();
        _face.Dispose();
    }

    // libass takes the first Windows Unicode map of a face; where that is (3, 1) rather than (3, 10) it ends at U+FFFF.
    private static bool HasPlaneZeroCmap(HbFace face)
    {
        using var table = hb_face_reference_table(face, TableCmap);
        var data = hb_blob_get_data(table, out var length);
        if (length < 4)
        {
            return false;
        }

        var cmap = new ReadOnlySpan<byte>(data, (int)length);
        var count = BinaryPrimitives.ReadUInt16BigEndian(cmap[2..]);
        for (var i = 0; i < count && 4 + (8 * i) + 4 <= cmap.Length; i++)
        {
            var record = cmap.Slice(4 + (8 * i), 4);
            if (BinaryPrimitives.ReadUInt16BigEndian(record) == 3)
            {
                var encoding = BinaryPrimitives.ReadUInt16BigEndian(record[2..]);
                if (encoding is 1 or 10)
                {
                    return encoding == 1;
                }
            }
        }

        return false;
    }

    private string ReadName(uint nameId)
    {
        const int CharsMax = 128;
        var bytes = stackalloc byte[CharsMax];
        uint size = CharsMax;
        _ = hb_ot_name_get_utf8(_face, nameId, hb_language_from_string("en", -1), ref size, bytes);
        return Encoding.UTF8.GetString(bytes, (int)Math.Min(size, CharsMax - 1));
    }
}
