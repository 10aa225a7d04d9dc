using System.Collections.Immutable;
using Akka.Actor;
using Akka.Cluster;
using Url2Video.Farm.Core.Errors;
using AkkaCluster = Akka.Cluster.Cluster;

namespace Url2Video.Farm.Api.Farm;

/// <param name="Status">joining, weaklyup, up, leaving, exiting, down or removed.</param>
/// <param name="Reachable">As the answering server sees it.</param>
internal sealed record MemberRow(string Address, ImmutableArray<string> Roles, string Status, bool Reachable, string Version, bool Leader, bool Self);

/// <summary>The answering server, and how it sees the cluster.</summary>
internal sealed record ServerRow(
    string Address, ImmutableArray<string> Roles, string Status, string Version, long UptimeSeconds, string? Leader, int Members, int Unreachable);

internal sealed record LeaderRow(string? Leader, string AnsweredBy);

/// <summary>The membership in the form of rows.</summary>
internal static class ClusterFacts
{
    public static string SelfOf(ActorSystem system) => AkkaCluster.Get(system).SelfAddress.ToString();

    public static ImmutableArray<MemberRow> Members(AkkaCluster cluster)
    {
        var state = cluster.State;
        return
        [
            .. state.Members.Select(m => new MemberRow(
                m.Address.ToString(),
                [.. m.Roles.Order(StringComparer.Ordinal)],
                Word(m.Status),
                !state.Unreachable.Contains(m),
                m.AppVersion.Version,
                m.Address == state.Leader,
                m.Address == cluster.SelfAddress)).OrderBy(m => m.Address, StringComparer.Ordinal),
        ];
    }

    public static ServerRow Self(AkkaCluster cluster, long uptimeSeconds)
    {
        var (state, self) = (cluster.State, cluster.SelfMember);
        return new(
            cluster.SelfAddress.ToString(),
            [.. cluster.SelfRoles.Order(StringComparer.Ordinal)],
            Word(self.Status),
            self.AppVersion.Version,
            uptimeSeconds,
            state.Leader?.ToString(),
            state.Members.Count,
            state.Unreachable.Count);
    }

    /// <exception cref="FarmException">ERR_INVALID_ARGUMENT, ERR_NOT_FOUND.</exception>
    public static Member MemberAt(AkkaCluster cluster, string? address)
    {
        var wanted = Parse(address);
        return cluster.State.Members.FirstOrDefault(m => m.Address == wanted)
            ?? throw new FarmException(ErrorCodes.NotFound, $"No server {wanted} is in the cluster.", "`pbm cluster show` lists them.");
    }

    /// <exception cref="FarmException">ERR_INVALID_ARGUMENT.</exception>
    public static Address Parse(string? address) =>
        address is { Length: > 0 and <= 256 } && Address.TryParse(address, out var parsed) && parsed.HasGlobalScope
            ? parsed
            : throw new FarmException(ErrorCodes.InvalidArgument, "That is not the address of a server.", "Give it as `pbm cluster show` prints it, e.g. akka.ssl.tcp://farm@10.0.0.5:7450.");

    internal static string Word(MemberStatus status) => status.ToString().ToLowerInvariant();
}
