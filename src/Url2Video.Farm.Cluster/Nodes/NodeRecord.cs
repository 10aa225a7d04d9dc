using Url2Video.Farm.Core;

namespace Url2Video.Farm.Cluster.Nodes;

/// <summary>One node as the farm knows it: a row of <c>farm_node</c>.</summary>
/// <param name="Epoch">Number of its present life; 0: enrolled, never linked.</param>
/// <param name="State">One of <see cref="NodeStates"/>.</param>
/// <param name="Reason">Why an operator changed the state.</param>
/// <param name="Facts">JSON of the machine, as the node measured it.</param>
/// <param name="Schedule">See <see cref="Core.Nodes.WeekSchedule"/>; null: always.</param>
/// <param name="SeenAt">Last sign of life that is written down; some seconds old.</param>
public sealed record NodeRecord(
    NodeId Name,
    long Epoch,
    string State,
    string? Reason,
    string Facts,
    string? Schedule,
    string Version,
    DateTimeOffset JoinedAt,
    DateTimeOffset SeenAt);

/// <summary>What servers follow of a node.</summary>
/// <param name="OverEpoch">Lives up to this one are over: their leases are void.</param>
internal sealed record NodeStanding(NodeId Name, long Epoch, long OverEpoch, string State, string? Reason, string? Schedule);
