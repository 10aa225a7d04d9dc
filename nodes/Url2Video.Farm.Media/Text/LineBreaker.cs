namespace Url2Video.Farm.Media.Text;

/// <summary>First-fit line breaking over measured units; widths in 1/65536 of the em.</summary>
internal sealed class LineBreaker(List<TextUnit> units, long space)
{
    /// <summary>Lines no wider than the limit, or null when a unit alone is wider.</summary>
    public List<List<TextUnit>>? Break(long limit)
    {
        var lines = new List<List<TextUnit>>();
        long width = 0;
        foreach (var unit in units)
        {
            if (unit.WidthQ16 > limit)
            {
                return null;
            }

            var advance = unit.WidthQ16 + (unit.HasSpaceBefore ? space : 0);
            if (lines.Count == 0 || unit.MustBreakBefore || width + advance > limit)
            {
                lines.Add([unit]);
                width = unit.WidthQ16;
            }
            else
            {
                lines[^1].Add(unit);
                width += advance;
            }
        }

        return lines;
    }

    public static long WidthOf(List<TextUnit> line, long space)
    {
        long width = 0;
        for (var i = 0; i < line.Count; i++)
        {
            width += line[i].WidthQ16 + (i > 0 && line[i].HasSpaceBefore ? space : 0);
        }

        return width;
    }
}
