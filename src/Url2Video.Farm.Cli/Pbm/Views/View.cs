using System.Text.Json;
using Url2Video.Farm.Cli.Output;
using Url2Video.Farm.Core.Errors;

namespace Url2Video.Farm.Cli.Pbm.Views;

/// <summary>How an answer is shown and what exit status it means.</summary>
internal abstract partial record View
{
    private View() { }

    public abstract ExitStatus Show(JsonElement answer, IReporter reporter);

    /// <summary>A list: <c>data</c> of the answer.</summary>
    internal sealed record Table(string Noun, params Column[] Columns) : View
    {
        /// <summary>A sentence under the table, from the whole answer; null for none.</summary>
        public Func<JsonElement, string?>? Footer { get; init; }

        /// <summary>The option that takes the list's cursor.</summary>
        public string CursorOption { get; init; } = "cursor";

        public override ExitStatus Show(JsonElement answer, IReporter reporter)
        {
            var rows = Rows(answer).Select(r => new SheetRow([.. Columns.Select(c => c.Cell(r))], r)).ToArray();
            reporter.Table(new Sheet([.. Columns.Select(c => new SheetColumn(c.Header, c.IsRight))], rows, Noun));
            var fields = new Dictionary<string, object?> { ["count"] = rows.Length };
            string[] lines = [];
            if (Footer?.Invoke(answer) is { } footer)
            {
                lines = [footer];
            }

            if (Cells.Text(answer, "next_cursor") is { Length: > 0 } cursor)
            {
                fields["next_cursor"] = cursor;
                lines = [.. lines, $"There are more: --{CursorOption} {cursor}"];
            }

            if (Cells.Text(answer, "answered_by") is { Length: > 0 } from)
            {
                fields["answered_by"] = from;
            }

            reporter.Succeed(lines, fields);
            return ExitStatus.Success;
        }

        internal static IEnumerable<JsonElement> Rows(JsonElement answer) =>
            Cells.At(answer, "data") is { ValueKind: JsonValueKind.Array } data ? data.EnumerateArray() : [];
    }

    /// <summary>What a change did: its effects, a sentence each.</summary>
    internal sealed record Effects : View
    {
        public override ExitStatus Show(JsonElement answer, IReporter reporter)
        {
            var isTried = Cells.At(answer, "dry_run").ValueKind == JsonValueKind.True;
            var effects = Cells.At(answer, "effects") is { ValueKind: JsonValueKind.Array } told ? told.EnumerateArray().Select(e => Cells.Write(e, Form.Text)) : [];
            reporter.Succeed([.. effects.Select(e => isTried ? $"would: {e}" : e)], Fields(answer));
            return ExitStatus.Success;
        }
    }

    /// <summary>The text of a log, line by line; whose it is goes before it.</summary>
    internal sealed record Log : View
    {
        public override ExitStatus Show(JsonElement answer, IReporter reporter)
        {
            foreach (var attempt in Table.Rows(answer))
            {
                reporter.Say($"attempt {Cells.Number(attempt, "attempt")} on {Cells.Text(attempt, "node")}: {Cells.Text(attempt, "outcome")}, {Cells.Write(Cells.At(attempt, "started_at"), Form.Time)}");
            }

            var text = Cells.At(answer, "text").GetString() ?? "";
            reporter.Succeed([.. text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(Cells.Printable)], Fields(answer));
            return ExitStatus.Success;
        }
    }

    /// <summary>Checks with a verdict: anything that does not hold ends with status 5.</summary>
    internal sealed record Checks(string Code, string Noun) : View
    {
        public override ExitStatus Show(JsonElement answer, IReporter reporter)
        {
            var checks = Cells.At(answer, "checks").EnumerateArray().ToArray();
            Column[] columns = [new("RESULT", null, Make: c => Cells.Text(c, "ok") == "yes" ? "ok" : "FAIL"), new("CHECK", "name"), new("DETAIL", "detail")];
            reporter.Table(new Sheet([.. columns.Select(c => new SheetColumn(c.Header, false))], [.. checks.Select(c => new SheetRow([.. columns.Select(x => x.Cell(c))], c))], Noun));
            var failed = checks.Where(c => Cells.Text(c, "ok") != "yes").Select(c => Cells.Text(c, "name")).ToArray();
            var fields = Fields(answer).Where(f => f.Key != "checks" && f.Key != "ok").ToDictionary();
            if (failed.Length == 0)
            {
                reporter.Succeed([], fields);
                return ExitStatus.Success;
            }

            reporter.Fail(new FarmError(Code, $"{failed.Length} of {checks.Length} {Noun} failed: {string.Join(", ", failed)}."), ExitStatus.JobFailed, fields);
            return ExitStatus.JobFailed;
        }
    }

    private static Dictionary<string, object?> Fields(JsonElement answer) =>
        answer.EnumerateObject().ToDictionary(p => p.Name, object? (p) => p.Value);
}
