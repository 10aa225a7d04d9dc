using System.Globalization;
using System.Text.Json;

namespace Url2Video.Farm.Bench;

/// <summary>Named options of a benchmark: <c>--name value</c>.</summary>
internal static class Options
{
    public static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        WriteIndented = true,
        NumberHandling = System.Text.Json.Serialization.JsonNumberHandling.AllowNamedFloatingPointLiterals,
    };

    public static string Text(string[] rest, string name, string otherwise) =>
        Array.IndexOf(rest, name) is >= 0 and var at && at + 1 < rest.Length ? rest[at + 1] : otherwise;

    public static int Number(string[] rest, string name, int otherwise) =>
        int.Parse(Text(rest, name, otherwise.ToString(CultureInfo.InvariantCulture)), CultureInfo.InvariantCulture);
}
