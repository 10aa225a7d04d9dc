using System.Runtime.Serialization;
using Akka.Actor;
using Akka.Configuration;
using Akka.Serialization;

namespace Url2Video.Farm.Cluster.Serialization;

/// <summary>
/// Stands where Akka's Newtonsoft serializer would: it writes and reads any type by its name, which neither a journal nor a port
/// should. What has no serializer of its own is refused in both directions.
/// </summary>
internal sealed class RefusingSerializer : Serializer
{
    /// <param name="settings">Akka passes what it has for its own; there is nothing to set here.</param>
    public RefusingSerializer(ExtendedActorSystem system, Config settings)
        : base(system) => _ = settings;

    /// <summary>The number of the serializer it replaces, so that such bytes from outside end here.</summary>
    public override int Identifier => 1;

    public override bool IncludeManifest => false;

    public override byte[] ToBinary(object obj) => throw new SerializationException($"{obj?.GetType()} has no serializer and is not stored or sent.");

    public override object FromBinary(byte[] bytes, Type type) => throw new SerializationException("Serialised by type name: refused.");
}
