using System.Collections.Immutable;
using Akka.Actor;
using Url2Video.Farm.Cluster.Link;
using Url2Video.Farm.Cluster.Security;
using Url2Video.Farm.Core;
using Url2Video.Farm.Core.Errors;

namespace Url2Video.Farm.Cluster.Nodes;

/// <summary>Asks for the proxy of a new link; answered with its <see cref="IActorRef"/>.</summary>
internal sealed record OpenLink(NodeSession Session, ServerLink Link) : INoSerializationVerificationNeeded;

/// <summary>From a proxy: its node has said hello and is the latest life.</summary>
internal sealed record LinkLive(NodeIncarnation Node) : INoSerializationVerificationNeeded;

/// <summary>To a proxy whose node is let in.</summary>
internal sealed record Greeting(LinkMessage.Welcome Welcome) : INoSerializationVerificationNeeded;

/// <summary>From a proxy, for the row's <c>seen_ms</c>.</summary>
internal sealed record NodeSeen(NodeId Node) : INoSerializationVerificationNeeded;

/// <param name="Error">Told to the node, which does not come back before it is mended; null: it may come back at once.</param>
internal sealed record CloseLink(FarmError? Error, string Why) : INoSerializationVerificationNeeded;

/// <summary>From a proxy: the rows have changed.</summary>
internal sealed class PollNow : INoSerializationVerificationNeeded
{
    public static readonly PollNow Instance = new();
}

/// <summary>Asks for the nodes that are linked to this server; answered with <see cref="LinkedNodes"/>.</summary>
internal sealed class GetLinked : INoSerializationVerificationNeeded
{
    public static readonly GetLinked Instance = new();
}

internal sealed record LinkedNodes(ImmutableArray<NodeIncarnation> Nodes) : INoSerializationVerificationNeeded;
