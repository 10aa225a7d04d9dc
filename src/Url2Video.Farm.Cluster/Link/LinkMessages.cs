using System.Collections.Immutable;
using Url2Video.Farm.Core;
using Url2Video.Farm.Core.Errors;

namespace Url2Video.Farm.Cluster.Link;

/// <summary>What the two ends of a link tell each other about the link itself; jobs are spoken of in the messages of Core.</summary>
public abstract record LinkMessage
{
    private LinkMessage() { }

    /// <summary>Node → server, the first message of every link.</summary>
    /// <param name="Slots">Works at once, 1..<see cref="Limits.SlotsPerNodeMax"/>.</param>
    /// <param name="Capabilities">Stable words, sorted.</param>
    /// <param name="Facts">What was measured of the machine, as JSON; at most <see cref="Limits.NodeFactsCharsMax"/> characters.</param>
    /// <param name="Spooled">Reports of the node's former lives that follow. Until they are settled those lives are not over.</param>
    public sealed record Hello(NodeIncarnation Node, int Slots, string Version, ImmutableArray<string> Capabilities, string Facts, int Spooled) : LinkMessage;

    /// <summary>Node → server: every report of former lives is acknowledged.</summary>
    public sealed record Replayed : LinkMessage;

    /// <summary>Node → server: the machine has changed.</summary>
    public sealed record Remeasured(ImmutableArray<string> Capabilities, string Facts) : LinkMessage;

    /// <summary>Node → server: the node holds nothing and ends. Its life is over at once, not after a silence.</summary>
    public sealed record Goodbye(string Reason) : LinkMessage;

    /// <summary>Server → node, answer to Hello.</summary>
    /// <param name="Servers">URLs of all servers of the farm, for when this one dies; this one among them.</param>
    public sealed record Welcome(ImmutableArray<string> Servers, DateTimeOffset Now) : LinkMessage;

    /// <summary>Server → node, after Welcome and whenever an operator changes it.</summary>
    /// <param name="Draining">An operator wants it to take on nothing.</param>
    /// <param name="Schedule">A <see cref="Core.Nodes.WeekSchedule"/>; null: works always.</param>
    public sealed record Settings(bool Draining, string? Schedule) : LinkMessage;

    /// <summary>
    /// Server → node, answer to a demand: what was sent before it has arrived, and the server hears the dispatcher. A server that does not
    /// keeps silent: nothing else it says tells a node that its limited works are still counted.
    /// </summary>
    public sealed record Beat(long Sequence) : LinkMessage;

    /// <summary>Server → node, the last message: do not come back before this is mended.</summary>
    public sealed record Refused(FarmError Error) : LinkMessage;
}
