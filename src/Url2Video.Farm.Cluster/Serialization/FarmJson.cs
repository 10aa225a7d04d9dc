using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Url2Video.Farm.Cluster.Serialization;

/// <summary>JSON of everything stored or sent: compact, properties in the order of their declaration, unions by word.</summary>
internal static class FarmJson
{
    /// <summary>More than a film of ten hours needs in one message, and little enough to hold twice.</summary>
    public const int BytesMax = 64 * 1024 * 1024;

    private const string Discriminator = "$is";

    public static readonly JsonSerializerOptions Options = Create();

    public static byte[] Write(object value) => JsonSerializer.SerializeToUtf8Bytes(value, Options.GetTypeInfo(value.GetType()));

    /// <summary>As one case of a union, with its word.</summary>
    public static byte[] Write<TUnion>(TUnion value) => JsonSerializer.SerializeToUtf8Bytes(value, (JsonTypeInfo<TUnion>)Options.GetTypeInfo(typeof(TUnion)));

    /// <exception cref="JsonException">Not exactly what the type wants.</exception>
    public static object Read(ReadOnlySpan<byte> json, Type type) =>
        JsonSerializer.Deserialize(json, Options.GetTypeInfo(type)) ?? throw new JsonException($"null is no {type.Name}.");

    private static JsonSerializerOptions Create()
    {
        var options = new JsonSerializerOptions(FarmJsonContext.Default.Options)
        {
            TypeInfoResolver = FarmJsonContext.Default.WithAddedModifier(AddCases),
            MaxDepth = 32,
        };
        options.MakeReadOnly();
        return options;
    }

    private static void AddCases(JsonTypeInfo type)
    {
        if (!WireNames.Unions.TryGetValue(type.Type, out var cases))
        {
            return;
        }

        type.PolymorphismOptions = new JsonPolymorphismOptions
        {
            TypeDiscriminatorPropertyName = Discriminator,
            UnknownDerivedTypeHandling = System.Text.Json.Serialization.JsonUnknownDerivedTypeHandling.FailSerialization,
        };
        foreach (var (caseType, word) in cases.All)
        {
            type.PolymorphismOptions.DerivedTypes.Add(new JsonDerivedType(caseType, word));
        }
    }
}
