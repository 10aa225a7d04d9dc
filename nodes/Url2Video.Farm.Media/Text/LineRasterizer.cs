using System.Globalization;
using System.Text;
using Url2Video.Farm.Media.Text.Native;
using static Url2Video.Farm.Media.Text.Native.LibAss;

namespace Url2Video.Farm.Media.Text;

/// <summary>
/// Turns laid-out text into coverage with libass: one event per line, a font per run, no outline, no hinting. The tag of a
/// run travels as its colour, so the bitmaps of different words come apart. Not thread-safe.
/// </summary>
internal sealed unsafe class LineRasterizer : IDisposable
{
    private const int CanvasWidth = 16_384;
    private const int CanvasHeight = 4_096;
    private const int OriginX = 1_024;
    private const int OriginY = 2_048;

    private readonly AssLibrary _library;
    private readonly AssRenderer _renderer;
    private readonly HashSet<FontFile> _fonts = [];

    /// <exception cref="FontException">NoTextEngine when libass is not there or does not start.</exception>
    public LineRasterizer()
    {
        try
        {
            _library = ass_library_init();
        }
        catch (DllNotFoundException)
        {
            throw new FontException(FontErrorKind.NoTextEngine, "libass.so.9 is not installed.");
        }

        ass_set_message_cb(_library, &IgnoreMessage, 0);
        _renderer = ass_renderer_init(_library);
        if (_library.IsInvalid || _renderer.IsInvalid)
        {
            Dispose();
            throw new FontException(FontErrorKind.NoTextEngine, "libass did not start.");
        }

        _renderer.Hold(_library);
        ass_set_frame_size(_renderer, CanvasWidth, CanvasHeight);
        ass_set_storage_size(_renderer, CanvasWidth, CanvasHeight);
        ass_set_shaper(_renderer, ShapingComplex);
        ass_set_hinting(_renderer, HintingNone);
        ass_set_cache_limits(_renderer, glyphsMax: 2_000, bitmapMegabytesMax: 16);
    }

    /// <summary>One bitmap per tag, in order of tags. Places count from the top left of the block, lines aligned in its width.</summary>
    /// <param name="width">Of the block, for the alignment.</param>
    public List<TextBitmap> Render(LaidOutText text, LineAlign align, int width)
    {
        AddFonts(text);
        var pieces = new List<GlyphPiece>();
        for (var i = 0; i < text.Lines.Length; i++)
        {
            var line = text.Lines[i];
            var x = align switch
            {
                LineAlign.Left => 0,
                LineAlign.Right => width - line.Width,
                _ => (width - line.Width) / 2,
            };
            RenderLine(line, text.Em, x, (i * text.LineHeight) + text.Baseline, pieces);
        }

        return [.. pieces.GroupBy(p => p.Tag).OrderBy(g => g.Key).Select(g => TextBitmap.Create([.. g], g.Key))];
    }

    public void Dispose()
    {
        _renderer?.Dispose();
        _library.Dispose();
    }

    /// <summary>The script of one line whose baseline starts at the canvas's origin.</summary>
    internal static string Script(TextLine line, int em)
    {
        // \pos places the top of the line, which lies above the baseline by the highest ascent among its fonts.
        var ascent = line.Runs.Max(r => (double)r.Face.Ascent * em / r.Face.UnitsPerEm);
        var text = new StringBuilder();
        text.Append("[Script Info]\nScriptType: v4.00+\nWrapStyle: 2\nScaledBorderAndShadow: yes\nKerning: yes\n");
        text.Append(CultureInfo.InvariantCulture, $"PlayResX: {CanvasWidth}\nPlayResY: {CanvasHeight}\n");
        text.Append("[V4+ Styles]\nFormat: Name,Fontname,Fontsize,PrimaryColour,Bold,BorderStyle,Outline,Shadow,Alignment,Encoding\n");
        text.Append("Style: A,none,20,&H00FFFFFF,0,1,0,0,7,-1\n[Events]\nFormat: Start,End,Style,Text\n");
        text.Append(CultureInfo.InvariantCulture, $"Dialogue: 0:00:00.00,0:00:01.00,A,{{\\pos({OriginX},{OriginY - ascent:0.000})}}");
        foreach (var run in line.Runs)
        {
            // libass scales a face so that its Windows ascent and descent together make the font size.
            var size = (double)(run.Face.Ascent + run.Face.Descent) * em / run.Face.UnitsPerEm;
            var colour = ((run.Tag & 0xFF) << 16) | (run.Tag & 0xFF00) | ((run.Tag >> 16) & 0xFF);
            text.Append(CultureInfo.InvariantCulture, $"{{\\fn{run.Face.Name}\\fs{size:0.0000}\\1c&H{colour:X6}&}}");
            text.Append(PlainText.EscapeForAss(run.Text));
        }

        return text.Append('\n').ToString();
    }

    private void AddFonts(LaidOutText text)
    {
        var isNew = false;
        foreach (var run in text.Lines.SelectMany(l => l.Runs))
        {
            if (_fonts.Add(run.Face.File))
            {
                var data = run.Face.File.Data(out var size);
                ass_add_font(_library, run.Face.File.Sha256, data, size);
                isNew = true;
            }
        }

        if (isNew)
        {
            ass_set_fonts(_renderer, 0, 0, FontProviderNone, 0, 0);
        }
    }

    private void RenderLine(TextLine line, int em, int x, int baseline, List<GlyphPiece> pieces)
    {
        if (line.Runs.IsEmpty)
        {
            return;
        }

        var script = Encoding.UTF8.GetBytes(Script(line, em));
        fixed (byte* text = script)
        {
            using var track = ass_read_memory(_library, text, (nuint)script.Length, 0);
            if (track.IsInvalid)
            {
                throw new FontException(FontErrorKind.NoTextEngine, "libass refused a line of text.");
            }

            for (var image = ass_render_frame(_renderer, track, 0, 0); image is not null; image = image->Next)
            {
                if (image->Type == 0 && Copied(image, x - OriginX, baseline - OriginY) is { } piece)
                {
                    pieces.Add(piece);
                }
            }
        }
    }

    /// <summary>A copy without the empty rows and columns that libass's tiles leave, or null when all of it is empty.</summary>
    private static GlyphPiece? Copied(AssImage* image, int offsetX, int offsetY)
    {
        var (left, right, top, bottom) = (image->Width, 0, image->Height, 0);
        for (var y = 0; y < image->Height; y++)
        {
            var row = new ReadOnlySpan<byte>(image->Bitmap + ((nint)y * image->Stride), image->Width);
            if (row.IndexOfAnyExcept((byte)0) is var first and >= 0)
            {
                (left, right) = (Math.Min(left, first), Math.Max(right, row.LastIndexOfAnyExcept((byte)0) + 1));
                (top, bottom) = (Math.Min(top, y), y + 1);
            }
        }

        if (right <= left)
        {
            return null;
        }

        var (width, height) = (right - left, bottom - top);
        var coverage = new byte[width * height];
        for (var y = 0; y < height; y++)
        {
            new ReadOnlySpan<byte>(image->Bitmap + ((nint)(top + y) * image->Stride) + left, width).CopyTo(coverage.AsSpan(y * width));
        }

        // The colour was given as blue-green-red and comes back as red-green-blue: the tag itself.
        return new GlyphPiece((int)(image->Colour >> 8), image->X + left + offsetX, image->Y + top + offsetY, width, height, coverage);
    }
}
