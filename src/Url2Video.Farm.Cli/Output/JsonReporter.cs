using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Url2Video.Farm.Core.Contracts;
using Url2Video.Farm.Core.Errors;

namespace Url2Video.Farm.Cli.Output;

/// <summary>NDJSON on stdout: one object a line, the last of type <c>result</c>. People's text goes to stderr.</summary>
internal sealed class JsonReporter(TextWriter stdout, TextWriter stderr) : IReporter
{
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public bool IsForPrograms => true;

    public void Say(string text) => stderr.WriteLine(text);

    public void Progress(FarmProgress progress) => Line(progress switch
    {
        FarmProgress.Work w => new Dictionary<string, object?>
        {
            ["type"] = "progress",
            ["project"] = w.Project.Value,
            ["stage"] = w.Stage.ToString().ToLowerInvariant(),
            ["jobsDone"] = w.JobsDone,
            ["jobsKnown"] = w.JobsKnown,
            ["chunksDone"] = w.ChunksDone,
            ["chunksTotal"] = w.ChunksTotal,
            ["framesDone"] = w.FramesDone,
            ["framesTotal"] = w.FramesTotal,
            ["framesPerSecond"] = w.FramesPerSecondTenths / 10m,
            ["segmentsPublished"] = w.SegmentsPublished,
            ["segmentsTotal"] = w.SegmentsTotal,
        },
        FarmProgress.Titled t => new() { ["type"] = "title", ["project"] = t.Project.Value, ["title"] = t.Title },
        FarmProgress.Warned w => new() { ["type"] = "warning", ["project"] = w.Project.Value, ["text"] = w.Text },
        FarmProgress.Retrying r => new() { ["type"] = "retry", ["project"] = r.Project.Value, ["job"] = r.Job, ["error"] = ErrorOf(r.Error) },
        _ => new() { ["type"] = "finished", ["project"] = progress.Project.Value },
    });

    public void Table(Sheet sheet)
    {
        foreach (var row in sheet.Rows)
        {
            Line("", "row", row.Source);
        }
    }

    public void Line(string text, string type, JsonElement fields)
    {
        var value = new Dictionary<string, object?> { ["type"] = type };
        foreach (var field in fields.ValueKind == JsonValueKind.Object ? fields.EnumerateObject() : default)
        {
            value.TryAdd(field.Name, field.Value);
        }

        Line(value);
    }

    public void Succeed(IReadOnlyList<string> lines, IReadOnlyDictionary<string, object?> fields) =>
        Line(new Dictionary<string, object?>(fields.Where(f => f.Key is not ("ok" or "type")).Prepend(new("ok", true)).Prepend(new("type", "result"))));

    public void Fail(FarmError error, ExitStatus status, IReadOnlyDictionary<string, object?> fields)
    {
        PlainReporter.WriteError(stderr, error);
        Line(new Dictionary<string, object?>(fields.Prepend(new("error", ErrorOf(error))).Prepend(new("exit", (int)status))
            .Prepend(new("ok", false)).Prepend(new("type", "result"))));
    }

    public void Dispose() => stdout.Flush();

    private static Dictionary<string, object?> ErrorOf(FarmError error) => new()
    {
        ["code"] = error.Code,
        ["alias"] = ErrorCodes.Describe(error.Code).Alias,
        ["message"] = error.Message,
        ["wayOut"] = error.WayOut,
        ["retryable"] = error.Retryable,
    };

    private void Line(Dictionary<string, object?> value)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = Options.Encoder }))
        {
            JsonSerializer.Serialize(writer, value, Options);
        }

        // One write a line: two threads never share a line.
        lock (stdout)
        {
            stdout.WriteLine(Encoding.UTF8.GetString(buffer.WrittenSpan));
            stdout.Flush();
        }
    }
}
