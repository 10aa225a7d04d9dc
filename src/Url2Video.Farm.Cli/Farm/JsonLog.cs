using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Logging;
using Url2Video.Farm.Cluster.Hosting;

namespace Url2Video.Farm.Cli.Farm;

/// <summary>
/// Log lines as JSON, one object a line, for collectors. Whatever project, job and node a line speaks of stands in fields of its own,
/// so that everything about one film can be found by its id.
/// </summary>
internal sealed partial class JsonLog(TextWriter to, LogLevel level, TimeProvider clock) : LineLog(level)
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public override void Dispose() => to.Flush();

    protected override void Write(LogLevel lineLevel, string category, string text, Exception? exception)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, Options))
        {
            json.WriteStartObject();
            json.WriteString("time", clock.GetUtcNow());
            json.WriteString("level", lineLevel.ToString().ToLowerInvariant());
            json.WriteString("source", category);
            json.WriteString("message", text);
            WriteIds(json, text);
            if (exception is not null)
            {
                json.WriteString("exception", exception.ToString());
            }

            json.WriteEndObject();
        }

        // One write a line: two threads never share one.
        lock (to)
        {
            to.WriteLine(Encoding.UTF8.GetString(buffer.WrittenSpan));
            to.Flush();
        }
    }

    private static void WriteIds(Utf8JsonWriter json, string text)
    {
        if (Job().Match(text) is { Success: true } job)
        {
            json.WriteString("project", job.Groups["project"].Value);
            if (job.Groups["job"] is { Success: true } name)
            {
                json.WriteString("job", name.Value);
            }
        }

        if (Node().Match(text) is { Success: true } node)
        {
            json.WriteString("node", node.Groups["node"].Value);
        }
    }

    [GeneratedRegex("(?<project>prj_[0-9A-HJKMNP-TV-Z]{26})(/(?<job>ingest|write|mix|assemble|speak/[0-9]{4,}|render/[0-9]{6,}))?")]
    private static partial Regex Job();

    // A node as it is told with its life: name#epoch.
    [GeneratedRegex(@"\b(?<node>[a-z0-9][a-z0-9.-]{0,62})#[0-9]+\b")]
    private static partial Regex Node();
}
