using Url2Video.Farm.Media.Pixels;

namespace Url2Video.Farm.Media.Text;

/// <summary>
/// Coverage of some glyphs, in luma and in chroma resolution, and where it lies from the origin of its block. Both offsets
/// are even, so a block at an even place keeps chroma and luma together.
/// </summary>
internal sealed class TextBitmap : IDisposable
{
    private TextBitmap(Mask mask, int tag) => (Mask, Tag) = (mask, tag);

    public Mask Mask { get; }

    /// <summary>Of the runs it was made of.</summary>
    public int Tag { get; }

    /// <summary>Joins the pieces of one tag.</summary>
    public static TextBitmap Create(IReadOnlyList<GlyphPiece> pieces, int tag)
    {
        var left = pieces.Min(p => p.X) & ~1;
        var top = pieces.Min(p => p.Y) & ~1;
        var plane = new Plane8(pieces.Max(p => p.X + p.Width) - left, pieces.Max(p => p.Y + p.Height) - top);
        foreach (var piece in pieces)
        {
            for (var y = 0; y < piece.Height; y++)
            {
                var row = plane.Row(piece.Y - top + y).Slice(piece.X - left, piece.Width);
                var coverage = piece.Coverage.AsSpan(y * piece.Width, piece.Width);
                for (var x = 0; x < row.Length; x++)
                {
                    // Pieces of joined letters overlap by a pixel: coverage adds up as opacity does.
                    row[x] = (byte)(row[x] + coverage[x] - (((row[x] * coverage[x]) + 127) / 255));
                }
            }
        }

        return new TextBitmap(new Mask(plane, left, top), tag);
    }

    public void Dispose() => Mask.Dispose();
}

/// <summary>A bitmap of libass, copied: its own memory is gone with the next line.</summary>
/// <param name="X">From the origin of the block.</param>
internal sealed record GlyphPiece(int Tag, int X, int Y, int Width, int Height, byte[] Coverage);
