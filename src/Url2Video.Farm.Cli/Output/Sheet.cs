using System.Text.Json;

namespace Url2Video.Farm.Cli.Output;

/// <summary>A table to be shown: to people in columns with a count, to programs a line a row.</summary>
/// <param name="Noun">What is counted, in the plural.</param>
internal sealed record Sheet(IReadOnlyList<SheetColumn> Columns, IReadOnlyList<SheetRow> Rows, string Noun);

internal sealed record SheetColumn(string Header, bool IsRight);

/// <param name="Source">What programs get.</param>
internal sealed record SheetRow(IReadOnlyList<string> Cells, JsonElement Source);

/// <summary>A sheet in plain aligned text.</summary>
internal static class SheetText
{
    private const string Gap = "  ";

    public static IEnumerable<string> Lines(Sheet sheet)
    {
        var widths = Enumerable.Range(0, sheet.Columns.Count)
            .Select(i => sheet.Rows.Select(r => r.Cells[i].Length).Append(sheet.Columns[i].Header.Length).Max())
            .ToArray();
        if (sheet.Rows.Count > 0)
        {
            yield return Line(sheet, [.. sheet.Columns.Select(c => c.Header)], widths);
        }

        foreach (var row in sheet.Rows)
        {
            yield return Line(sheet, row.Cells, widths);
        }

        yield return Count(sheet);
    }

    public static string Count(Sheet sheet) => $"Count: {sheet.Rows.Count} {(sheet.Rows.Count == 1 ? sheet.Noun.TrimEnd('s') : sheet.Noun)}";

    private static string Line(Sheet sheet, IReadOnlyList<string> cells, int[] widths) => string.Join(
        Gap, cells.Select((cell, i) => sheet.Columns[i].IsRight ? cell.PadLeft(widths[i]) : cell.PadRight(widths[i]))).TrimEnd();
}
