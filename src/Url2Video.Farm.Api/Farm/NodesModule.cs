using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Url2Video.Farm.Api.Hosting;
using Url2Video.Farm.Cluster.Nodes;
using Url2Video.Farm.Core.Errors;
using Url2Video.Farm.Core.Nodes;

namespace Url2Video.Farm.Api.Farm;

/// <param name="State">active, draining, quarantined or revoked.</param>
/// <param name="Seen">Whether it gave a sign of life lately.</param>
/// <param name="Facts">What the node measured of its machine.</param>
internal sealed record NodeRow(
    string Name,
    string State,
    bool Seen,
    string? Reason,
    string? Schedule,
    string Version,
    long Epoch,
    DateTimeOffset JoinedAt,
    DateTimeOffset SeenAt,
    JsonElement Facts);

/// <param name="Schedule">Of <see cref="WeekSchedule"/>; null or empty: works always.</param>
internal sealed record ScheduleChange(string? Schedule, string? Reason = null, bool DryRun = false) : Change(Reason, DryRun);

/// <summary>The machines that do the work.</summary>
internal sealed class NodesModule : IApiModule
{
    /// <summary>Signs of life are written down every two heartbeats; a few may be late.</summary>
    private const int SeenSecondsMax = 30;

    public void Map(IEndpointRouteBuilder routes, ApiParts parts)
    {
        var (nodes, changes, self) = (new NodeRegistry(parts.Database, parts.Clock), new Changes(parts), ClusterFacts.SelfOf(parts.Farm.System));
        var (read, admin) = (Access.Key(Scopes.FarmRead), Access.Key(Scopes.FarmAdmin));
        routes.MapGet(FarmRoutes.Nodes, async (CancellationToken cancellation) => Answers.Of(new FarmList<NodeRow>(
            [.. (await nodes.ListAsync(cancellation).ConfigureAwait(false)).Select(n => Row(n, parts.Clock))], self))).WithAccess(read);
        routes.MapGet(FarmRoutes.Node, async (string node, CancellationToken cancellation) =>
            Answers.Of(Row(await FindAsync(nodes, node, cancellation).ConfigureAwait(false), parts.Clock))).WithAccess(read);
        routes.MapPut(FarmRoutes.NodeSchedule, (string node, ScheduleChange? change, HttpContext http, CancellationToken cancellation) =>
            ScheduleAsync(nodes, changes, node, change, http, cancellation)).WithAccess(admin);
        routes.MapPost(FarmRoutes.NodeVerb, (string node, string verb, Change? change, HttpContext http, CancellationToken cancellation) => changes.RunAsync(
            http,
            $"node {verb} {node}",
            change,
            async () => [Effect(verb, await FindAsync(nodes, node, cancellation).ConfigureAwait(false))],
            () => ApplyAsync(nodes, node, verb, Changes.OneLine(change?.Reason), cancellation))).WithAccess(admin);
    }

    private static Task ApplyAsync(NodeRegistry nodes, string node, string verb, string reason, CancellationToken cancellation) => verb switch
    {
        "drain" => nodes.DrainAsync(node, reason, cancellation),
        "quarantine" => nodes.QuarantineAsync(node, reason.Length > 0 ? reason : "By an operator.", cancellation),
        "revoke" => nodes.RevokeAsync(node, reason, cancellation),
        "forget" => nodes.ForgetAsync(node, cancellation),
        _ => nodes.ResumeAsync(node, cancellation),
    };

    private static string Effect(string verb, NodeRecord node) => (verb, node.State) switch
    {
        (not "forget", NodeStates.Revoked) => throw new FarmException(ErrorCodes.NodeRevoked, $"{node.Name} is revoked; that is final.", "`pbm node forget` frees its name; then it can join again with a new token."),
        ("pardon", not NodeStates.Quarantined) => throw new FarmException(ErrorCodes.Conflict, $"{node.Name} is not quarantined but {node.State}.", "`node resume` ends a drain."),
        ("drain", _) => $"{node.Name} takes on nothing new and finishes what it holds.",
        ("quarantine", _) => $"{node.Name} is kept from new work as suspect and finishes what it holds.",
        ("resume" or "pardon", _) => $"{node.Name} takes on work again.",
        ("revoke", _) => $"{node.Name} loses its credentials for good; what it holds is given to others.",
        ("forget", _) => $"{node.Name} is struck off the list and its name is free.",
        _ => throw new FarmException(ErrorCodes.NotFound, "A node has no such verb.", "drain, resume, quarantine, pardon, revoke, forget."),
    };

    private static Task<Ok<FarmEffect>> ScheduleAsync(
        NodeRegistry nodes, Changes changes, string node, ScheduleChange? change, HttpContext http, CancellationToken cancellation)
    {
        var schedule = string.IsNullOrWhiteSpace(change?.Schedule) ? null : change.Schedule;
        return changes.RunAsync(
            http,
            $"node schedule {node} {schedule}",
            change,
            async () =>
            {
                var found = await FindAsync(nodes, node, cancellation).ConfigureAwait(false);
                return schedule is null ? [$"{found.Name} works always."]
                    : WeekSchedule.TryParse(schedule, out var parsed, out var problem) ? [$"{found.Name} works {parsed!.Text}, by the clock on its wall."]
                    : throw new FarmException(ErrorCodes.InvalidArgument, problem!);
            },
            () => nodes.ScheduleAsync(node, schedule, cancellation));
    }

    private static async Task<NodeRecord> FindAsync(NodeRegistry nodes, string name, CancellationToken cancellation) =>
        (NodeNames.IsOne(name) ? await nodes.FindAsync(name, cancellation).ConfigureAwait(false) : null)
            ?? throw new FarmException(ErrorCodes.NodeNotFound, "There is no such node.", "`pbm node list` names them.");

    private static NodeRow Row(NodeRecord node, TimeProvider clock) => new(
        node.Name.Value,
        node.State,
        node.Epoch > 0 && clock.GetUtcNow() - node.SeenAt < TimeSpan.FromSeconds(SeenSecondsMax),
        node.Reason,
        node.Schedule,
        node.Version,
        node.Epoch,
        node.JoinedAt,
        node.SeenAt,
        Facts(node.Facts));

    // It is the node's own text: what is not an object is left out.
    private static JsonElement Facts(string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            return document.RootElement.ValueKind == JsonValueKind.Object ? document.RootElement.Clone() : default;
        }
        catch (JsonException)
        {
            return default;
        }
    }
}
