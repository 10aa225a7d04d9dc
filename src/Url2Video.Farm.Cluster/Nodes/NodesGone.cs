using System.Collections.Immutable;
using Akka.Actor;
using Url2Video.Farm.Core;

namespace Url2Video.Farm.Cluster.Nodes;

/// <summary>
/// On the event stream of every server: lives of nodes that are over. Said when a later life has shown itself (or the node said goodbye, or was
/// revoked), never because a connection broke.
/// </summary>
/// <param name="UpTo">By node: its lives up to this one.</param>
internal sealed record NodesGone(ImmutableDictionary<NodeId, long> UpTo) : INoSerializationVerificationNeeded, INotInfluenceReceiveTimeout
{
    /// <summary>Whom of the standings the earlier ones did not know to be over.</summary>
    public static NodesGone Between(IReadOnlyDictionary<NodeId, NodeStanding> earlier, IEnumerable<NodeStanding> now)
    {
        var later = now.ToDictionary(s => s.Name);
        var struck = earlier.Values.Where(s => !later.ContainsKey(s.Name)).Select(s => KeyValuePair.Create(s.Name, s.Epoch));
        var ended = later.Values
            .Where(s => s.OverEpoch > (earlier.TryGetValue(s.Name, out var known) ? known.OverEpoch : 0))
            .Select(s => KeyValuePair.Create(s.Name, s.OverEpoch));
        return new(ImmutableDictionary.CreateRange(struck.Concat(ended)));
    }

    public bool Includes(NodeIncarnation life) => UpTo.TryGetValue(life.Node, out var epoch) && life.Epoch <= epoch;
}
