using System.Text.Json;
using Url2Video.Farm.Cli.Output;
using Url2Video.Farm.Core.Errors;

namespace Url2Video.Farm.Cli.Pbm.Views;

internal abstract partial record View
{
    private const string Nothing = "-";

    /// <summary>One thing: a property a line, objects in it taken apart, and under them a counted table for each list of objects.</summary>
    /// <param name="Hidden">Paths that only say again what another says; programs get them all the same.</param>
    internal sealed record Facts(params string[] Hidden) : View
    {
        public override ExitStatus Show(JsonElement answer, IReporter reporter)
        {
            var all = Flatten(answer, "").Where(f => !Hidden.Any(h => f.Name == h || f.Name.StartsWith(h + ".", StringComparison.Ordinal))).ToArray();
            var facts = all.Where(f => !IsTable(f.Value)).ToArray();
            var width = facts.Length == 0 ? 0 : facts.Max(p => p.Name.Length);
            reporter.Succeed(
                [
                    .. facts.Select(f => $"{f.Name.PadRight(width)}  {Word(f.Name, f.Value)}"),
                    .. all.Where(f => IsTable(f.Value)).SelectMany(f => SheetText.Lines(SheetOf(f.Name, f.Value)).Prepend("")),
                ],
                Fields(answer));
            return ExitStatus.Success;
        }

        private static IEnumerable<(string Name, JsonElement Value)> Flatten(JsonElement element, string prefix)
        {
            foreach (var property in element.EnumerateObject())
            {
                var (name, value) = (prefix + property.Name, Alone(property.Value));
                if (value.ValueKind == JsonValueKind.Object)
                {
                    foreach (var inner in Flatten(value, property.Name == "row" ? prefix : name + "."))
                    {
                        yield return inner;
                    }
                }
                else
                {
                    yield return (name, value);
                }
            }
        }

        // An id is an object around its value.
        private static JsonElement Alone(JsonElement value) =>
            value.ValueKind == JsonValueKind.Object && value.EnumerateObject().Select(p => p.Name).SequenceEqual(["value"]) ? value.GetProperty("value") : value;

        private static bool IsTable(JsonElement value) => value.ValueKind == JsonValueKind.Array && value.GetArrayLength() > 0 && value[0].ValueKind == JsonValueKind.Object;

        private static string Word(string name, JsonElement value)
        {
            var form = name.EndsWith("_at", StringComparison.Ordinal) || name == "until" ? Form.Time
                : name.EndsWith("ytes", StringComparison.Ordinal) ? Form.Bytes
                : name.EndsWith("_seconds", StringComparison.Ordinal) ? Form.Seconds
                : Form.Text;
            return Cells.Write(value, form) is { Length: > 0 } word ? word : Nothing;
        }

        /// <summary>A column for each property that any of the rows has a value for.</summary>
        private static Sheet SheetOf(string name, JsonElement list)
        {
            var rows = list.EnumerateArray().Select(item => (Item: item, Facts: Flatten(item, "").ToDictionary(f => f.Name, f => f.Value))).ToArray();
            var columns = rows.SelectMany(r => r.Facts.Keys).Distinct().Where(c => rows.Any(r => Text(r.Facts, c).Length > 0)).ToArray();
            return new Sheet(
                [.. columns.Select(c => new SheetColumn(Header(c), rows.All(r => r.Facts.GetValueOrDefault(c).ValueKind is JsonValueKind.Number or JsonValueKind.Undefined)))],
                [.. rows.Select(r => new SheetRow([.. columns.Select(c => Text(r.Facts, c) is { Length: > 0 } text ? text : Nothing)], r.Item))],
                name[(name.LastIndexOf('.') + 1)..]);
        }

        private static string Text(Dictionary<string, JsonElement> facts, string column) =>
            facts.TryGetValue(column, out var value) && Word(column, value) is var word && word != Nothing ? word : "";

        private static string Header(string path) => path[(path.LastIndexOf('.') + 1)..].Replace('_', ' ').ToUpperInvariant();
    }
}
