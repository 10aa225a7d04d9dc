using System.Runtime.Serialization;
using Akka.Actor;
using Akka.Serialization;

namespace Url2Video.Farm.Cluster.Serialization;

/// <summary>
/// Stands where Akka's Newtonsoft serializer would: it writes and reads any type by its name, which neither a journal nor a port
/// should. What has no serializer of its own is refused in both directions.
/// </summary>
internal sealed class RefusingSerializer(ExtendedActorSystem system) : Serializer(system)
{
    /// <summary>The number of the serializer it replaces, so that such bytes from outside end here.</summary>
    public override int Identifier => 1;

    public override bool IncludeManifest => false;

    public override byte[] ToBinary(object obj) => throw new SerializationException($"{obj?.GetType()} has no serializer and is not stored or sent.");

    public override object FromBinary(byte[] bytes, Type type) => throw new SerializationException("Serialised by type name: refused.");
}
