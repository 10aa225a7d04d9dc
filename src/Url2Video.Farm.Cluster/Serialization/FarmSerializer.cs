using System.Collections.Frozen;
using System.Runtime.Serialization;
using System.Text.Json;
using Akka.Actor;
using Akka.Serialization;

namespace Url2Video.Farm.Cluster.Serialization;

/// <summary>Serialises everything that is stored or sent, by the words of <see cref="WireNames"/>. Refuses what it does not know.</summary>
internal sealed class FarmSerializer(ExtendedActorSystem system) : SerializerWithStringManifest(system)
{
    /// <summary>Stands in the journal beside every event: never change.</summary>
    public const int Id = 9_001;

    private static readonly FrozenDictionary<string, Type> Types = WireNames.Messages.ToFrozenDictionary(e => e.Value, e => e.Key, StringComparer.Ordinal);

    public override int Identifier => Id;

    public override string Manifest(object o) => WireNames.Messages.TryGetValue(o.GetType(), out var name)
        ? name
        : throw new SerializationException($"{o.GetType()} has no name on the wire.");

    public override byte[] ToBinary(object obj)
    {
        _ = Manifest(obj);
        var bytes = FarmJson.Write(obj);
        return bytes.Length <= FarmJson.BytesMax ? bytes : throw new SerializationException($"{obj.GetType()} has {bytes.Length} bytes; at most {FarmJson.BytesMax} go.");
    }

    public override object FromBinary(byte[] bytes, string manifest)
    {
        if (!Types.TryGetValue(manifest, out var type))
        {
            throw new SerializationException($"'{manifest}' is not known here; it may come from a newer farm.");
        }

        if (bytes.Length > FarmJson.BytesMax)
        {
            throw new SerializationException($"'{manifest}' has {bytes.Length} bytes; at most {FarmJson.BytesMax} are read.");
        }

        try
        {
            return FarmJson.Read(bytes, type);
        }
        catch (JsonException fault)
        {
            throw new SerializationException($"'{manifest}' cannot be read: {fault.Message}", fault);
        }
    }
}
