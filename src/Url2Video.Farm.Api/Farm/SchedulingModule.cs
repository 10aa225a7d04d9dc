using System.Collections.Immutable;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Url2Video.Farm.Api.Hosting;
using Url2Video.Farm.Cluster.Hosting;
using Url2Video.Farm.Cluster.Store;
using Url2Video.Farm.Core.Dispatch;
using Url2Video.Farm.Core.Errors;
using Url2Video.Farm.Core.Settings;

namespace Url2Video.Farm.Api.Farm;

/// <param name="Max">Null: there is no such limit; jobs that name it wait.</param>
internal sealed record LimitRow(string Name, int? Max, int Used, int Waiting);

/// <param name="Max">Null removes the limit.</param>
internal sealed record LimitChange(int? Max, string? Reason = null, bool DryRun = false) : Change(Reason, DryRun);

internal sealed record TenantRow(string Name, int Weight, int? RunningMax, int? ProjectRunningMax, bool Paused, int Queued, int Running, long Share);

/// <summary>What is not said stays as it is; <c>-1</c> takes a cap away.</summary>
internal sealed record TenantChange(int? Weight, int? RunningMax, int? ProjectRunningMax, bool? Paused, string? Reason = null, bool DryRun = false) : Change(Reason, DryRun);

/// <summary>The queue, and what the dispatcher goes by.</summary>
internal sealed class SchedulingModule : IApiModule
{
    private const int NoCap = -1;
    private const int NamesMax = 1_000;

    public void Map(IEndpointRouteBuilder routes, ApiParts parts)
    {
        var (scheduling, changes, self) = (new SchedulingClient(parts.Farm), new Changes(parts), ClusterFacts.SelfOf(parts.Farm.System));
        var (read, admin) = (Access.Key(Scopes.FarmRead), Access.Key(Scopes.FarmAdmin));
        routes.MapGet(FarmRoutes.Queue, async (CancellationToken cancellation) =>
            Answers.Of(await scheduling.QueueAsync(cancellation).ConfigureAwait(false))).WithAccess(read);
        routes.MapGet(FarmRoutes.LimitsOfFarm, async (CancellationToken cancellation) =>
            Answers.Of(new FarmList<LimitRow>(await LimitsAsync(scheduling, parts.Database, cancellation).ConfigureAwait(false), self))).WithAccess(read);
        routes.MapPut(FarmRoutes.Limit, (string name, LimitChange? change, HttpContext http, CancellationToken cancellation) => changes.RunAsync(
            http,
            $"limit set {name} {change?.Max}",
            change,
            () => Judged(SettingRules.Problem(name, change?.Max), change?.Max is { } max ? $"At most {max} jobs that name {name} run at once." : $"{name} is no limit any more; jobs that name it wait."),
            () => scheduling.SetLimitAsync(name, change?.Max, Who(http), cancellation))).WithAccess(admin);
        routes.MapGet(FarmRoutes.Tenants, async (CancellationToken cancellation) =>
            Answers.Of(new FarmList<TenantRow>(await TenantsAsync(scheduling, parts.Database, cancellation).ConfigureAwait(false), self))).WithAccess(read);
        routes.MapPut(FarmRoutes.Tenant, async (string name, TenantChange? change, HttpContext http, CancellationToken cancellation) =>
        {
            var settings = Changed(await scheduling.TenantAsync(name, cancellation).ConfigureAwait(false), change ?? new TenantChange(null, null, null, null));
            return await changes.RunAsync(
                http,
                $"tenant set {name} {settings}",
                change,
                () => Judged(SettingRules.Problem(name, settings), $"{name} has weight {settings.Weight}; jobs at once: {Cap(settings.RunningMax)}, of each project: {Cap(settings.ProjectRunningMax)}{(settings.Paused ? "; it is paused" : "")}."),
                () => scheduling.SetTenantAsync(name, settings, Who(http), cancellation)).ConfigureAwait(false);
        }).WithAccess(admin);
    }

    internal static TenantSettings Changed(TenantSettings old, TenantChange change) => new(
        change.Weight ?? old.Weight,
        change.RunningMax is { } running ? running == NoCap ? null : running : old.RunningMax,
        change.ProjectRunningMax is { } each ? each == NoCap ? null : each : old.ProjectRunningMax,
        change.Paused ?? old.Paused);

    // Those that were ever set, and those that jobs name although nobody has.
    private static async Task<ImmutableArray<LimitRow>> LimitsAsync(SchedulingClient scheduling, FarmDatabase database, CancellationToken cancellation)
    {
        var used = (await scheduling.QueueAsync(cancellation).ConfigureAwait(false)).Limits.ToDictionary(l => l.Name);
        var rows = ImmutableArray.CreateBuilder<LimitRow>();
        foreach (var name in (await NamesAsync(database, "limit-", cancellation).ConfigureAwait(false)).Union(used.Keys).Order(StringComparer.Ordinal))
        {
            var use = used.GetValueOrDefault(name);
            rows.Add(new(name, await scheduling.LimitAsync(name, cancellation).ConfigureAwait(false), use?.Used ?? 0, use?.Waiting ?? 0));
        }

        return rows.ToImmutable();
    }

    private static async Task<ImmutableArray<TenantRow>> TenantsAsync(SchedulingClient scheduling, FarmDatabase database, CancellationToken cancellation)
    {
        var known = (await scheduling.QueueAsync(cancellation).ConfigureAwait(false)).Tenants.ToDictionary(t => t.Tenant);
        var rows = ImmutableArray.CreateBuilder<TenantRow>();
        foreach (var name in (await NamesAsync(database, "tenant-", cancellation).ConfigureAwait(false)).Union(known.Keys).Order(StringComparer.Ordinal))
        {
            var use = known.GetValueOrDefault(name);
            var settings = SettingRules.IsName(name) ? await scheduling.TenantAsync(name, cancellation).ConfigureAwait(false) : use?.Settings ?? TenantSettings.Default;
            rows.Add(new(name, settings.Weight, settings.RunningMax, settings.ProjectRunningMax, settings.Paused, use?.Queued ?? 0, use?.Running ?? 0, use?.Share ?? 0));
        }

        return rows.ToImmutable();
    }

    private static Task<IReadOnlyList<string>> NamesAsync(FarmDatabase database, string prefix, CancellationToken cancellation) => database.QueryAsync(
        $"SELECT DISTINCT persistence_id FROM journal WHERE persistence_id > @from AND persistence_id < @to ORDER BY 1 LIMIT {NamesMax}",
        r => r.GetString(0)[prefix.Length..],
        cancellation,
        ("from", prefix),
        ("to", prefix[..^1] + ".")); // The character after the hyphen.

    private static Task<IReadOnlyList<string>> Judged(FarmError? problem, string effect) =>
        problem is null ? Task.FromResult<IReadOnlyList<string>>([effect]) : throw new FarmException(problem);

    private static string Cap(int? max) => max is { } most ? string.Create(System.Globalization.CultureInfo.InvariantCulture, $"at most {most}") : "as many as there are slots for";

    private static string Who(HttpContext http) => http.Features.Get<Caller>()?.KeyId ?? "-";
}
