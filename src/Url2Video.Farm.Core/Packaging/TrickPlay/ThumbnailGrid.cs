namespace Url2Video.Farm.Core.Packaging.TrickPlay;

/// <summary>Where the small pictures of a film lie on their sheets, and which frames they show: one for every two seconds, by the clock and not by frames.</summary>
public static class ThumbnailGrid
{
    public const int Columns = 5;

    public const int Rows = 5;

    public const int PerSheet = Columns * Rows;

    /// <summary>How long one small picture stands for the film.</summary>
    public const int Seconds = 2;

    public const int SheetSeconds = Seconds * PerSheet;

    /// <summary>The longer side of one: sheets stay within the 1080 pixels that players of televisions take.</summary>
    public const int SideMax = 192;

    /// <summary>The size of one for pictures of a size; none is enlarged. Sides are even.</summary>
    public static (int Width, int Height) SizeOf(int width, int height)
    {
        var longer = Math.Max(width, height);
        return longer <= SideMax ? (width, height) : (Even(width, longer), Even(height, longer));
    }

    /// <summary>Small pictures of a film, at least one.</summary>
    public static int Count(long frames, Rational fps) =>
        checked((int)(((frames * fps.Denominator) + (Seconds * fps.Numerator) - 1) / (Seconds * fps.Numerator)));

    public static int Sheets(long frames, Rational fps) => (Count(frames, fps) + PerSheet - 1) / PerSheet;

    /// <summary>The frame that one shows: the middle of its two seconds, or of what the film has left of them, so that no player is further off than one second.</summary>
    public static long FrameOf(int index, long frames, Rational fps)
    {
        var (first, end) = (FrameAt((long)index * Seconds, fps), Math.Min(frames, FrameAt((index + 1L) * Seconds, fps)));
        return (first + end) / 2;
    }

    /// <summary>Where one lies on its sheet: row by row from the top left.</summary>
    public static (int Column, int Row) CellOf(int index) => (index % Columns, index % PerSheet / Columns);

    private static long FrameAt(long seconds, Rational fps) => seconds * fps.Numerator / fps.Denominator;

    private static int Even(int side, int longer) => Math.Max(2, (int)((((long)side * SideMax) + longer) / (2L * longer)) * 2);
}
