namespace Url2Video.Farm.Media.Composition;

/// <summary>Moves rows sideways.</summary>
internal static class Shift
{
    /// <summary>A row moved right, its edge pixel repeated behind it.</summary>
    /// <param name="scratch">As long as the row.</param>
    public static void Row(Span<byte> row, int by, Span<byte> scratch)
    {
        by = Math.Clamp(by, 1 - row.Length, row.Length - 1);
        if (by == 0)
        {
            return;
        }

        row.CopyTo(scratch);
        if (by > 0)
        {
            scratch[..(row.Length - by)].CopyTo(row[by..]);
            row[..by].Fill(scratch[0]);
            return;
        }

        scratch[-by..row.Length].CopyTo(row);
        row[(row.Length + by)..].Fill(scratch[row.Length - 1]);
    }
}
