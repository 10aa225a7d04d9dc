using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Url2Video.Farm.Core.Errors;

namespace Url2Video.Farm.Content.Extraction;

/// <summary>The artifact form of a <see cref="SourceDoc"/>: versioned JSON, equal documents give equal bytes.</summary>
public static class SourceDocJson
{
    public const string Schema = "url2video.source/1";

    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = false,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        WriteIndented = true,
        NewLine = "\n",
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false) },
    };

    public static byte[] Write(SourceDoc document) => JsonSerializer.SerializeToUtf8Bytes(new Envelope(Schema, document), Options);

    /// <exception cref="FarmException"><c>ERR_ARTIFACT_CORRUPT</c> for anything that <see cref="Write"/> did not make.</exception>
    public static SourceDoc Read(ReadOnlySpan<byte> utf8)
    {
        try
        {
            var envelope = JsonSerializer.Deserialize<Envelope>(utf8, Options);
            return envelope is { Schema: Schema, Document: { Blocks.IsDefault: false, Images.IsDefault: false } document }
                ? document
                : throw new FarmException(ErrorCodes.ArtifactCorrupt, $"The source document is not of schema {Schema}.");
        }
        catch (JsonException e)
        {
            throw new FarmException(ErrorCodes.ArtifactCorrupt, $"The source document cannot be read: {e.Message}", cause: e);
        }
    }

    private sealed record Envelope(string Schema, SourceDoc Document);
}
