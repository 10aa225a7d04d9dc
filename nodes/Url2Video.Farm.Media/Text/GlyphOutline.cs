using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Url2Video.Farm.Media.Text.Native;
using static Url2Video.Farm.Media.Text.Native.HarfBuzz;

namespace Url2Video.Farm.Media.Text;

/// <summary>A point in 1/256 of a pixel, from the top left of a block of text.</summary>
internal readonly record struct OutlinePoint(int X, int Y);

/// <summary>The closed lines round one glyph where it stands in its text, curves cut into pieces.</summary>
internal sealed record GlyphOutline(List<OutlinePoint[]> Contours);

/// <summary>Reads the outlines of text that is laid out from left to right, glyph by glyph in its order; glyphs without any, as spaces, are left out.</summary>
internal static unsafe class OutlineReader
{
    private const int CurvePieces = 8;

    public static List<GlyphOutline> Read(LaidOutText text, LineAlign align, int width)
    {
        var glyphs = new List<GlyphOutline>();
        for (var i = 0; i < text.Lines.Length; i++)
        {
            var line = text.Lines[i];
            var x = align switch { LineAlign.Left => 0, LineAlign.Right => width - line.Width, _ => (width - line.Width) / 2 };
            var (pen, baseline) = ((long)x << 8, (long)((i * text.LineHeight) + text.Baseline) << 8);
            foreach (var run in line.Runs)
            {
                pen = ReadRun(run, text.Em, pen, baseline, glyphs);
            }
        }

        return glyphs;
    }

    /// <returns>Where the next run begins.</returns>
    private static long ReadRun(TextRun run, int em, long pen, long baseline, List<GlyphOutline> glyphs)
    {
        using var functions = hb_draw_funcs_create();
        hb_draw_funcs_set_move_to_func(functions, &MoveTo, 0, 0);
        hb_draw_funcs_set_line_to_func(functions, &LineTo, 0, 0);
        hb_draw_funcs_set_quadratic_to_func(functions, &QuadraticTo, 0, 0);
        hb_draw_funcs_set_cubic_to_func(functions, &CubicTo, 0, 0);
        var units = run.Face.UnitsPerEm;
        var advance = 0L;
        foreach (var (glyph, x, y, step) in run.Face.Shape(run.Text))
        {
            var pencil = new Pencil();
            var handle = GCHandle.Alloc(pencil);
            run.Face.Draw(glyph, functions, GCHandle.ToIntPtr(handle));
            handle.Free();
            var (offsetX, offsetY) = (advance + x, y);
            var contours = pencil.Contours.Where(c => c.Count >= 3).Select(c => c.Select(p => new OutlinePoint(
                (int)(pen + Scaled((offsetX << 6) + p.X)), (int)(baseline - Scaled((offsetY << 6) + p.Y)))).ToArray()).ToList();
            if (contours.Count > 0)
            {
                glyphs.Add(new GlyphOutline(contours));
            }

            advance += step;
        }

        return pen + Scaled(advance << 6);

        // From 1/64 of a unit of the font to 1/256 of a pixel.
        long Scaled(long value) => (long)Math.Floor(((double)value * em * 4 / units) + 0.5);
    }

    private static Pencil PencilOf(nint data) => (Pencil)GCHandle.FromIntPtr(data).Target!;

    // Fonts count in whole units and halves of them: 64 to a unit loses nothing that matters, and is the same everywhere.
    private static int Fixed(float value) => (int)Math.Floor((value * 64.0) + 0.5);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void MoveTo(nint functions, nint data, nint state, float x, float y, nint user) => PencilOf(data).Move(Fixed(x), Fixed(y));

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void LineTo(nint functions, nint data, nint state, float x, float y, nint user) => PencilOf(data).Line(Fixed(x), Fixed(y));

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void QuadraticTo(nint functions, nint data, nint state, float cx, float cy, float x, float y, nint user)
    {
        // The same curve as a cubic: its inner points lie two thirds of the way to the one of the quadratic.
        var (pencil, px, py, qx, qy) = (PencilOf(data), Fixed(x), Fixed(y), Fixed(cx), Fixed(cy));
        var (sx, sy) = pencil.Place;
        pencil.Curve(sx + ((qx - sx) * 2 / 3), sy + ((qy - sy) * 2 / 3), px + ((qx - px) * 2 / 3), py + ((qy - py) * 2 / 3), px, py);
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void CubicTo(nint functions, nint data, nint state, float ax, float ay, float bx, float by, float x, float y, nint user) =>
        PencilOf(data).Curve(Fixed(ax), Fixed(ay), Fixed(bx), Fixed(by), Fixed(x), Fixed(y));

    /// <summary>Collects points; 1/64 of a unit of the font, y upwards.</summary>
    private sealed class Pencil
    {
        public List<List<(int X, int Y)>> Contours { get; } = [];

        public (int X, int Y) Place => Contours[^1][^1];

        public void Move(int x, int y) => Contours.Add([(x, y)]);

        public void Line(int x, int y)
        {
            if (Place != (x, y))
            {
                Contours[^1].Add((x, y));
            }
        }

        public void Curve(int ax, int ay, int bx, int by, int x, int y)
        {
            var (sx, sy) = Place;
            for (long t = 1; t <= CurvePieces; t++)
            {
                var rest = CurvePieces - t;
                Line(At(sx, ax, bx, x), At(sy, ay, by, y));

                int At(long p0, long p1, long p2, long p3) =>
                    (int)(((p0 * rest * rest * rest) + (3 * p1 * rest * rest * t) + (3 * p2 * rest * t * t) + (p3 * t * t * t)) >> 9);
            }
        }
    }
}
