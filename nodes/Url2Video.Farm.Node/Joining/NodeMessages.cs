using System.Collections.Immutable;
using Akka.Actor;
using Url2Video.Farm.Core.Errors;

namespace Url2Video.Farm.Node.Joining;

/// <summary>On the node's event stream: it holds nothing and takes on nothing.</summary>
internal sealed class NodeDrained : INoSerializationVerificationNeeded
{
    public static readonly NodeDrained Instance = new();
}

/// <summary>From the link to its actor: a server has said welcome.</summary>
internal sealed class LinkOpened : INoSerializationVerificationNeeded
{
    public static readonly LinkOpened Instance = new();
}

/// <summary>To the link's actor: the process is to end. Nothing new is taken on, whatever operator and schedule say.</summary>
internal sealed class LeaveFarm : INoSerializationVerificationNeeded
{
    public static readonly LeaveFarm Instance = new();
}

/// <summary>What a message from the server was; the actor judges and hands on.</summary>
internal sealed record FromServer(object Message) : INoSerializationVerificationNeeded;
