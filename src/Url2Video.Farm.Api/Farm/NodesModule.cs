using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Url2Video.Farm.Api.Hosting;
using Url2Video.Farm.Cluster.Hosting;
using Url2Video.Farm.Cluster.Nodes;
using Url2Video.Farm.Core;
using Url2Video.Farm.Core.Dispatch;
using Url2Video.Farm.Core.Errors;
using Url2Video.Farm.Core.Nodes;

namespace Url2Video.Farm.Api.Farm;

/// <param name="State">active, draining, quarantined or revoked.</param>
/// <param name="Seen">Whether it gave a sign of life lately.</param>
/// <param name="Doing">As the dispatcher sees it: ready, busy, draining, drained, quarantined, probation or absent.</param>
/// <param name="Running">Jobs it works on; 0 when it has handed back everything.</param>
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
    string Doing,
    int Slots,
    int Running,
    JsonElement Facts);

/// <param name="Schedule">Of <see cref="WeekSchedule"/>; null or empty: works always.</param>
internal sealed record ScheduleChange(string? Schedule, string? Reason = null, bool DryRun = false) : Change(Reason, DryRun);

/// <summary>The machines that do the work.</summary>
internal sealed class NodesModule : IApiModule
{
    /// <summary>Two may be late.</summary>
    private const int SeenSecondsMax = 3 * Limits.NodeSeenSeconds;

    public void Map(IEndpointRouteBuilder routes, ApiParts parts)
    {
        var (nodes, changes, self) = (new NodeRegistry(parts.Database, parts.Clock), new Changes(parts), ClusterFacts.SelfOf(parts.Farm.System));
        var scheduling = new SchedulingClient(parts.Farm);
        var (read, admin) = (Access.Key(Scopes.FarmRead), Access.Key(Scopes.FarmAdmin));
        routes.MapGet(FarmRoutes.Nodes, async (CancellationToken cancellation) =>
        {
            var reports = await ReportsAsync(scheduling, cancellation).ConfigureAwait(false);
            var found = await nodes.ListAsync(cancellation).ConfigureAwait(false);
            return Answers.Of(new FarmList<NodeRow>([.. found.Select(n => Row(n, reports.GetValueOrDefault(n.Name.Value), parts.Clock))], self));
        }).WithAccess(read);
        routes.MapGet(FarmRoutes.Node, async (string node, CancellationToken cancellation) =>
        {
            var found = await FindAsync(nodes, node, cancellation).ConfigureAwait(false);
            return Answers.Of(Row(found, (await ReportsAsync(scheduling, cancellation).ConfigureAwait(false)).GetValueOrDefault(node), parts.Clock));
        }).WithAccess(read);
        routes.MapPut(FarmRoutes.NodeSchedule, (string node, ScheduleChange? change, HttpContext http, CancellationToken cancellation) =>
            ScheduleAsync(nodes, changes, node, change, http, cancellation)).WithAccess(admin);
        routes.MapPost(FarmRoutes.NodeVerb, (string node, string verb, Change? change, HttpContext http, CancellationToken cancellation) => changes.RunAsync(
            http,
            $"node {verb} {node}",
            change,
            async () => [Effect(verb, await FindAsync(nodes, node, cancellation).ConfigureAwait(false))],
            () => ApplyAsync(nodes, scheduling, node, verb, Changes.OneLine(change?.Reason), cancellation))).WithAccess(admin);
    }

    // The row holds for ever and for every server; the dispatcher, which suspects nodes of its own accord, is told at once.
    private static async Task ApplyAsync(NodeRegistry nodes, SchedulingClient scheduling, string node, string verb, string reason, CancellationToken cancellation)
    {
        switch (verb)
        {
            case "drain":
                await nodes.DrainAsync(node, reason, cancellation).ConfigureAwait(false);
                break;
            case "quarantine":
                var why = reason.Length > 0 ? reason : "By an operator.";
                await nodes.QuarantineAsync(node, why, cancellation).ConfigureAwait(false);
                scheduling.Quarantine(new NodeId(node), why);
                break;
            case "revoke":
                await nodes.RevokeAsync(node, reason, cancellation).ConfigureAwait(false);
                break;
            case "forget":
                await nodes.ForgetAsync(node, cancellation).ConfigureAwait(false);
                break;
            default:
                await nodes.ResumeAsync(node, cancellation).ConfigureAwait(false);
                scheduling.Pardon(new NodeId(node));
                break;
        }
    }

    private static async Task<Dictionary<string, NodeReport>> ReportsAsync(SchedulingClient scheduling, CancellationToken cancellation) =>
        (await scheduling.QueueAsync(cancellation).ConfigureAwait(false)).Nodes.ToDictionary(n => n.Node.Value, StringComparer.Ordinal);

    private static string Effect(string verb, NodeRecord node) => (verb, node.State) switch
    {
        (not "forget", NodeStates.Revoked) => throw new FarmException(ErrorCodes.NodeRevoked, $"{node.Name} is revoked; that is final.", "`pbm node forget` frees its name; then it can join again with a new token."),
        ("pardon", NodeStates.Draining) => throw new FarmException(ErrorCodes.Conflict, $"{node.Name} is not quarantined but drained.", "`pbm node resume` ends a drain."),
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

    private static NodeRow Row(NodeRecord node, NodeReport? report, TimeProvider clock) => new(
        node.Name.Value,
        node.State,
        node.Epoch > 0 && clock.GetUtcNow() - node.SeenAt < TimeSpan.FromSeconds(SeenSecondsMax),
        node.Reason,
        node.Schedule,
        node.Version,
        node.Epoch,
        node.JoinedAt,
        node.SeenAt,
        report?.State ?? "absent",
        report?.Slots ?? 0,
        report?.Running ?? 0,
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
