using System.Buffers;
using System.Collections.Immutable;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Url2Video.Farm.Core.Quality;

/// <summary>The report as a file: one order of properties, so that equal reports are equal bytes.</summary>
public static class QualityJson
{
    /// <summary>The first property; the number grows when old readers would misread a new report.</summary>
    public const string Schema = "url2video.quality/1";

    public const string FileName = "quality.json";

    private static readonly JsonWriterOptions Pretty = new() { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static byte[] Write(QualityReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        var buffer = new ArrayBufferWriter<byte>(8 * 1024);
        using (var json = new Utf8JsonWriter(buffer, Pretty))
        {
            var (film, figures) = (report.Outline, report.Figures);
            json.WriteStartObject();
            json.WriteString("schema", Schema);
            json.WriteString("verdict", report.Errors > 0 ? "errors" : report.Warnings > 0 ? "warnings" : "passed");
            json.WriteNumber("errors", report.Errors);
            json.WriteNumber("warnings", report.Warnings);
            json.WriteNumber("remarks", report.Infos);
            json.WriteStartObject("film");
            json.WriteNumber("width", film.Width);
            json.WriteNumber("height", film.Height);
            json.WriteString("fps", film.Fps.ToString());
            json.WriteNumber("frames", film.Frames);
            json.WriteNumber("framesMeasured", figures.FramesMeasured);
            json.WriteNumber("ms", film.MsTotal);
            json.WriteEndObject();
            WritePictures(json, film, figures);
            WriteSound(json, figures);
            json.WriteStartArray("findings");
            foreach (var finding in report.Findings.Take(Limits.QualityFindingsMax))
            {
                Write(json, finding);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        buffer.Write("\n"u8);
        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>What a person is told of a report; null for a file that is none of this version.</summary>
    public static (int Errors, int Warnings, int Remarks, ImmutableArray<(Severity Severity, string Line)> Findings)? TryRead(ReadOnlyMemory<byte> utf8)
    {
        try
        {
            using var document = JsonDocument.Parse(utf8);
            var root = document.RootElement;
            return root.GetProperty("schema").GetString() != Schema
                ? null
                : (root.GetProperty("errors").GetInt32(), root.GetProperty("warnings").GetInt32(), root.GetProperty("remarks").GetInt32(),
                    [.. root.GetProperty("findings").EnumerateArray().Select(Read)]);
        }
        catch (Exception fault) when (fault is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            return null;
        }
    }

    private static (Severity Severity, string Line) Read(JsonElement finding)
    {
        var severity = finding.GetProperty("severity").GetString() switch { "error" => Severity.Error, "warning" => Severity.Warning, _ => Severity.Info };
        return (severity, QualityText.Line(new Finding(
            finding.GetProperty("code").GetString() ?? "",
            severity,
            finding.GetProperty("startMs").GetInt64(),
            finding.GetProperty("endMs").GetInt64(),
            finding.TryGetProperty("scene", out var scene) ? scene.GetString() : null,
            finding.GetProperty("measured").GetDecimal(),
            finding.GetProperty("bound").GetDecimal(),
            finding.GetProperty("unit").GetString() ?? "",
            finding.GetProperty("message").GetString() ?? "",
            finding.GetProperty("wayOut").GetString() ?? "")));
    }

    private static void WritePictures(Utf8JsonWriter json, FilmOutline film, QualityFigures figures)
    {
        json.WriteStartObject("pictures");
        json.WriteNumber("siMean", figures.SpatialMean / 100m);
        json.WriteNumber("siMax", figures.SpatialMax / 100m);
        json.WriteNumber("tiMean", figures.TemporalMean / 100m);
        json.WriteNumber("tiMax", figures.TemporalMax / 100m);
        json.WriteNumber("lumaMean", figures.LumaMean / 100m);
        if (figures.ContrastMin is { } contrast)
        {
            json.WriteNumber("textContrastMin", contrast / 1000m);
        }

        json.WriteStartArray("palette");
        foreach (var (entry, permille) in film.Palette.Zip(figures.Palette))
        {
            json.WriteStartObject();
            json.WriteString("role", entry.Role);
            json.WriteString("colour", entry.Colour);
            json.WriteNumber("permilleMax", permille);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteSound(Utf8JsonWriter json, QualityFigures figures)
    {
        if (figures.Sound is { } sound)
        {
            json.WriteStartObject("sound");
            json.WriteNumber("lufs", sound.LufsHundredths / 100m);
            json.WriteNumber("truePeakDb", sound.TruePeakDbHundredths / 100m);
            if (sound.Measure is { } measure)
            {
                json.WriteNumber("clippedPlaces", measure.ClippedRuns);
                if (measure.OffsetSamples is { } offset)
                {
                    json.WriteNumber("offsetSamples", offset);
                }
            }

            json.WriteEndObject();
        }

        if (figures.CaptionCount > 0)
        {
            json.WriteStartObject("captions");
            json.WriteNumber("count", figures.CaptionCount);
            json.WriteNumber("charactersPerSecondMax", figures.CaptionSpeedTenthsMax / 10m);
            json.WriteEndObject();
        }
    }

    private static void Write(Utf8JsonWriter json, Finding finding)
    {
        json.WriteStartObject();
        json.WriteString("code", finding.Code);
        json.WriteString("severity", finding.Severity == Severity.Error ? "error" : finding.Severity == Severity.Warning ? "warning" : "remark");
        json.WriteNumber("startMs", finding.StartMs);
        json.WriteNumber("endMs", finding.EndMs);
        if (finding.Scene is { } scene)
        {
            json.WriteString("scene", scene);
        }

        json.WriteNumber("measured", decimal.Round(finding.Measured, 2));
        json.WriteNumber("bound", decimal.Round(finding.Bound, 2));
        json.WriteString("unit", finding.Unit);
        json.WriteString("message", finding.Message);
        json.WriteString("wayOut", finding.WayOut);
        json.WriteEndObject();
    }
}
