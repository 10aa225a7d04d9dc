using Akka.Cluster;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Url2Video.Farm.Api.Hosting;
using Url2Video.Farm.Core.Errors;
using AkkaCluster = Akka.Cluster.Cluster;

namespace Url2Video.Farm.Api.Farm;

/// <summary>The servers: who is in, who leads, who must go.</summary>
internal sealed class ClusterModule : IApiModule
{
    private static readonly Access Read = Access.Key(Scopes.FarmRead);
    private static readonly Access Admin = Access.Key(Scopes.FarmAdmin);

    public void Map(IEndpointRouteBuilder routes, ApiParts parts)
    {
        var (cluster, changes, began) = (AkkaCluster.Get(parts.Farm.System), new Changes(parts), parts.Clock.GetTimestamp());
        var self = cluster.SelfAddress.ToString();
        routes.MapGet(FarmRoutes.Members, () => Answers.Of(new FarmList<MemberRow>(ClusterFacts.Members(cluster), self))).WithAccess(Read);
        routes.MapGet(FarmRoutes.Status, () => Answers.Of(ClusterFacts.Self(cluster, (long)parts.Clock.GetElapsedTime(began).TotalSeconds))).WithAccess(Read);
        routes.MapGet(FarmRoutes.Leader, () => Answers.Of(new LeaderRow(cluster.State.Leader?.ToString(), self))).WithAccess(Read);
        routes.MapGet(FarmRoutes.ClusterEvents, (CancellationToken cancellation) =>
            TypedResults.ServerSentEvents(ClusterTail.FollowAsync(parts.Farm.System, cancellation))).WithAccess(Read);
        routes.MapPost(FarmRoutes.Join, (AddressChange? change, HttpContext http) => JoinAsync(cluster, changes, change, http)).WithAccess(Admin);
        routes.MapPost(FarmRoutes.Leave, (AddressChange? change, HttpContext http) => changes.RunAsync(
            http,
            $"cluster leave {change?.Address}",
            change,
            () => Told($"{ClusterFacts.MemberAt(cluster, change?.Address).Address} hands its projects over and leaves."),
            () => Do(() => cluster.Leave(ClusterFacts.Parse(change?.Address))))).WithAccess(Admin);
        routes.MapPost(FarmRoutes.Down, (AddressChange? change, HttpContext http) => changes.RunAsync(
            http,
            $"cluster down {change?.Address}",
            change,
            () => Told(Fall(ClusterFacts.MemberAt(cluster, change?.Address), cluster)),
            () => Do(() => cluster.Down(ClusterFacts.Parse(change?.Address))))).WithAccess(Admin);
    }

    private static Task<Ok<FarmEffect>> JoinAsync(AkkaCluster cluster, Changes changes, AddressChange? change, HttpContext http)
    {
        var to = ClusterFacts.Parse(change?.Address);
        return changes.RunAsync(
            http,
            $"cluster join {to}",
            change,
            () => cluster.State.Members.Any(m => m.Address == cluster.SelfAddress)
                ? throw new FarmException(ErrorCodes.Conflict, $"{cluster.SelfAddress} is in a cluster already.", "A server joins by its store at its start; only one that stands alone can be told to join.")
                : Told($"{cluster.SelfAddress} joins the cluster of {to}."),
            () => cluster.JoinAsync(to));
    }

    private static string Fall(Member member, AkkaCluster cluster) =>
        cluster.State.Unreachable.Contains(member)
            ? $"{member.Address} is taken out; its projects go on at other servers."
            : $"{member.Address} is taken out although it is reachable: it stops at once. `cluster leave` would hand over first.";

    private static Task<IReadOnlyList<string>> Told(string effect) => Task.FromResult<IReadOnlyList<string>>([effect]);

    private static Task Do(Action change)
    {
        change();
        return Task.CompletedTask;
    }
}

/// <param name="Address">Of a server, as <c>cluster show</c> prints it.</param>
internal sealed record AddressChange(string? Address, string? Reason = null, bool DryRun = false) : Change(Reason, DryRun);
