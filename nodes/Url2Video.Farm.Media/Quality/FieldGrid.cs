namespace Url2Video.Farm.Media.Quality;

/// <summary>How a frame is divided into fields: 16 by 9 for wide frames, 9 by 16 for tall ones, 12 by 12 for those between.</summary>
/// <param name="Columns">Across.</param>
/// <param name="Rows">Down.</param>
public readonly record struct FieldGrid(int Columns, int Rows)
{
    public int Cells => Columns * Rows;

    public static FieldGrid For(int width, int height) =>
        3 * width >= 4 * height ? new(16, 9) : 3 * height >= 4 * width ? new(9, 16) : new(12, 12);

    /// <summary>The first pixel of a field; of the one after the last: the size. Even, so that chroma divides alike.</summary>
    internal static int Edge(int index, int count, int size) => index * size / count & ~1;
}
