using System.Globalization;
using System.Text.Json;

namespace Url2Video.Farm.Cli.Pbm.Views;

/// <summary>How a value is written for people.</summary>
internal enum Form
{
    Text,

    /// <summary>Right-aligned.</summary>
    Number,

    /// <summary>Bytes in binary units.</summary>
    Bytes,

    /// <summary>A time in UTC, from ISO 8601 or Unix milliseconds.</summary>
    Time,

    /// <summary>Seconds as days, hours, minutes.</summary>
    Seconds,

    /// <summary>Milliseconds as a span of time.</summary>
    Millis,

    /// <summary>In brackets, as Petabridge.Cmd writes roles.</summary>
    Roles,
}

/// <param name="Path">Property of the row; a dot goes into an object. Null: the cell is made by <paramref name="Make"/>.</param>
internal sealed record Column(string Header, string? Path, Form Form = Form.Text, Func<JsonElement, string>? Make = null)
{
    public bool IsRight => Form is Form.Number or Form.Bytes or Form.Seconds or Form.Millis;

    public string Cell(JsonElement row) => Make is not null ? Make(row) : Cells.Write(Cells.At(row, Path!), Form);
}

/// <summary>JSON values as words. Whatever a server or a film's title holds, a cell is one line without control characters.</summary>
internal static class Cells
{
    private const int CharsMax = 400;
    private static readonly string[] Units = ["B", "KiB", "MiB", "GiB", "TiB"];

    public static JsonElement At(JsonElement element, string path)
    {
        foreach (var name in path.Split('.'))
        {
            if (element.ValueKind != JsonValueKind.Object || !element.TryGetProperty(name, out element))
            {
                return default;
            }
        }

        return element;
    }

    public static string Text(JsonElement element, string path) => Write(At(element, path), Form.Text);

    /// <summary>A name that may be empty, as that of the tenant of those who name none.</summary>
    public static string Name(JsonElement element, string path) => Text(element, path) is { Length: > 0 } name ? name : "-";

    public static long Number(JsonElement element, string path) =>
        At(element, path) is { ValueKind: JsonValueKind.Number } number && number.TryGetInt64(out var value) ? value : 0;

    public static string Write(JsonElement value, Form form) => value.ValueKind switch
    {
        JsonValueKind.Undefined or JsonValueKind.Null => "",
        JsonValueKind.True => "yes",
        JsonValueKind.False => "no",
        JsonValueKind.String => form == Form.Time ? Time(value.GetString()!) : Clean(value.GetString()!),
        JsonValueKind.Number => Figure(value, form),
        JsonValueKind.Array => List(value, form),
        _ => Clean(value.GetRawText()),
    };

    public static string Span(TimeSpan span) =>
        span.TotalDays >= 1 ? string.Create(CultureInfo.InvariantCulture, $"{(int)span.TotalDays}d {span.Hours}h")
        : span.TotalHours >= 1 ? string.Create(CultureInfo.InvariantCulture, $"{span.Hours}h {span.Minutes}m")
        : span.TotalMinutes >= 1 ? string.Create(CultureInfo.InvariantCulture, $"{span.Minutes}m {span.Seconds}s")
        : string.Create(CultureInfo.InvariantCulture, $"{span.TotalSeconds:0.#}s");

    public static string Clean(string text)
    {
        return text.Length > CharsMax ? Printable(text[..CharsMax]) + "..." : Printable(text);
    }

    /// <summary>Without what would move the cursor or change the colours of a terminal.</summary>
    public static string Printable(string text) => string.Create(text.Length, text, static (line, from) =>
    {
        for (var i = 0; i < line.Length; i++)
        {
            line[i] = char.IsControl(from[i]) || from[i] is '\u2028' or '\u2029' ? ' ' : from[i];
        }
    });

    private static string Figure(JsonElement value, Form form) => form switch
    {
        Form.Bytes => Size(value.GetDouble()),
        Form.Seconds => Span(TimeSpan.FromSeconds(value.GetDouble())),
        Form.Millis => Span(TimeSpan.FromMilliseconds(value.GetDouble())),
        Form.Time => Time(DateTimeOffset.FromUnixTimeMilliseconds(value.GetInt64())),
        _ => value.GetRawText(),
    };

    private static string List(JsonElement value, Form form)
    {
        var items = string.Join(", ", value.EnumerateArray().Select(v => Write(v, Form.Text)));
        return form == Form.Roles ? $"[{items}]" : items;
    }

    private static string Size(double bytes)
    {
        var unit = 0;
        while (bytes >= 1024 && unit < Units.Length - 1)
        {
            (bytes, unit) = (bytes / 1024, unit + 1);
        }

        return string.Create(CultureInfo.InvariantCulture, $"{bytes:0.#} {Units[unit]}");
    }

    private static string Time(string text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? Time(time) : Clean(text);

    private static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture) + "Z";
}
