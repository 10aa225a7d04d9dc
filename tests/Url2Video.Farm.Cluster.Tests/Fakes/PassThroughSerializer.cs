using System.Collections.Concurrent;
using System.Runtime.Serialization;
using Akka.Actor;
using Akka.Serialization;

namespace Url2Video.Farm.Cluster.Tests.Fakes;

/// <summary>
/// For runs in which every message goes through its serializer: lets Akka's own local messages pass as they are, and refuses any
/// message of ours that has no form on the wire and does not say that it stays local.
/// </summary>
internal sealed class PassThroughSerializer : Serializer
{
    public const string Hocon = """
        akka.actor {
          serialize-messages = on
          serializers.pass = "Url2Video.Farm.Cluster.Tests.Fakes.PassThroughSerializer, Url2Video.Farm.Cluster.Tests"
          serialization-bindings."System.Object" = pass
        }
        """;

    private static readonly ConcurrentDictionary<long, object> Passing = new();
    private static long s_next;

    public PassThroughSerializer(ExtendedActorSystem system)
        : base(system)
    {
    }

    public override int Identifier => 9_999;

    public override bool IncludeManifest => false;

    public override byte[] ToBinary(object obj)
    {
        if (obj.GetType().FullName!.StartsWith("Url2Video.", StringComparison.Ordinal))
        {
            throw new SerializationException($"{obj.GetType()} has no form on the wire.");
        }

        var ticket = Interlocked.Increment(ref s_next);
        Passing[ticket] = obj;
        return BitConverter.GetBytes(ticket);
    }

    public override object FromBinary(byte[] bytes, Type type) =>
        Passing.TryRemove(BitConverter.ToInt64(bytes), out var passed) ? passed : throw new SerializationException("Passed twice.");
}
