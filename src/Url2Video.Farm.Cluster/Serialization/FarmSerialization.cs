using Akka.Serialization;
using Url2Video.Farm.Cluster.Persistence;

namespace Url2Video.Farm.Cluster.Serialization;

/// <summary>Tells Akka which messages are ours.</summary>
internal static class FarmSerialization
{
    public static SerializationSetup Setup { get; } = SerializationSetup.Create(static system =>
        
    [
        SerializerDetails.Create("u2v", new FarmSerializer(system), [.. WireNames.Messages.Keys]),
        SerializerDetails.Create("u2v-snapshot", new SnapshotSerializer(system), [typeof(ProjectSnapshot)]),
    ]);
}
