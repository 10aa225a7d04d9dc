using System.Collections.Immutable;
using System.Globalization;

namespace Url2Video.Farm.Core.Dispatch;

/// <summary>Answers to "why does it not run?". They change nothing.</summary>
public sealed partial class DispatchLogic
{
    /// <summary>Every waiting job has a cause.</summary>
    public Explanation Explain(JobId job, DateTimeOffset now)
    {
        _now = now;
        _startedAt ??= now;
        if (_queued.TryGetValue(job, out var queued))
        {
            var nodes = NodesFor(queued.Lane.Class);
            var (reason, fact) = ReasonOf(queued.Lane, nodes);
            return new(
                job, reason, Sentences.Of(reason, fact) + Sentences.Reserved(queued.Offer.ReservedBy), queued.Offer.Band, queued.Offer.Tenant, queued.Lane.Before(queued),
                _bands[queued.Lane.Project.Band].Queued, nodes, Missing(queued.Lane.Class), [.. queued.Lane.Class.Limits.Select(UseOf)]);
        }

        // A job that runs is rarely asked about: its holds are not indexed by job.
        var hold = _pending.GetValueOrDefault(job) ?? _holds.Values.FirstOrDefault(h => h.Key.Job == job && h.Stage == HoldStage.Running);
        var state = hold?.Stage switch
        {
            HoldStage.Pending => WaitReason.Assigned,
            HoldStage.Running => WaitReason.Running,
            _ => WaitReason.NotQueued,
        };
        return new(
            job, state, Sentences.Of(state, hold?.Key.Node.Node.Value ?? ""), hold?.Band, hold?.Tenant.Id ?? "", null,
            hold is null ? 0 : _bands[Bands.IndexOf(hold.Band)].Queued, new CapableNodes(0, 0, 0, 0), [], [.. (hold?.Limits ?? []).Select(UseOf)]);
    }

    public QueueReport ExplainQueue(DateTimeOffset now)
    {
        _now = now;
        _startedAt ??= now;
        var lanes = _tenants.Values.SelectMany(t => t.Shares).OfType<TenantShare>().SelectMany(s => s.Projects.Values).SelectMany(p => p.Active).ToList();
        var nodes = lanes.Select(l => l.Class).Distinct().ToDictionary(c => c, NodesFor);
        return new(
            !KnowsLimits,
            _queued.Count,
            _holds.Count,
            [.. Bands.InOrder.Select((b, i) => new BandReport(b, _bands[i].Queued, _bands[i].Running))],
            [.. lanes.GroupBy(l => ReasonOf(l, nodes[l.Class]).Reason, l => l.Count).Select(g => new ReasonReport(g.Key, g.Sum())).OrderByDescending(r => r.Jobs)],
            [.. _tenants.Values.OrderBy(t => t.Id, StringComparer.Ordinal).Select(ReportOf)],
            [.. _projects.Values.SelectMany(p => p.Shares).Select(ReportOf).OrderByDescending(p => p.Queued).ThenBy(p => p.Project.Value, StringComparer.Ordinal).Take(Limits.ProjectsReportedMax)],
            [.. _limits.Values.OrderBy(l => l.Name, StringComparer.Ordinal).Select(UseOf)],
            [.. _nodes.Values.Select(n => n.Health).Union(_health.Remarkable).OrderBy(h => h.Id.Value, StringComparer.Ordinal).Select(ReportOf)]);
    }

    /// <summary>The first obstacle in the order in which a grant would meet them; all jobs of a lane share it.</summary>
    private (WaitReason Reason, string Fact) ReasonOf(Lane lane, CapableNodes nodes)
    {
        var (tenant, project, @class) = (lane.Project.Tenant.Use, lane.Project.Use, lane.Class);
        if (tenant.Room <= 0)
        {
            return tenant.Settings.Paused ? (WaitReason.TenantPaused, tenant.Id)
                : !tenant.IsKnown ? (WaitReason.TenantAsked, tenant.Id)
                : (WaitReason.TenantFull, Of(tenant.Running, tenant.Settings.RunningMax));
        }

        if (tenant.RoomOf(project) <= 0)
        {
            return (WaitReason.ProjectFull, Of(project.Running, tenant.Settings.ProjectRunningMax));
        }

        if (nodes.Total == 0)
        {
            return _nodes.Count == 0 ? (WaitReason.NoNodes, "") : (WaitReason.NothingCapable, string.Join(", ", Missing(@class).Select(Text)));
        }

        if (nodes.Quarantined + nodes.Drained == nodes.Total)
        {
            return (WaitReason.NothingUsable, string.Create(CultureInfo.InvariantCulture, $"{nodes.Quarantined} quarantined, {nodes.Drained} drained"));
        }

        return LimitReason(@class) ?? RoomReason(@class, nodes);
    }

    private (WaitReason, string)? LimitReason(CapabilityClass @class)
    {
        foreach (var limit in @class.Limits)
        {
            if (!limit.IsKnown)
            {
                return (WaitReason.LimitAsked, limit.Name);
            }

            if (limit.Max is not { } max)
            {
                return (WaitReason.LimitUndefined, limit.Name);
            }

            if (limit.Used >= max)
            {
                return (WaitReason.LimitFull, $"{limit.Name} {Of(limit.Used, max)}");
            }

            if (_now < limit.CoolUntil)
            {
                return (WaitReason.LimitCooling, limit.Name);
            }
        }

        var learning = (@class.Limits.Length > 0 && !KnowsLimits) || (!@class.Amounts.IsNone && !KnowsAmounts);
        return learning ? (WaitReason.Learning, "") : null;
    }

    private (WaitReason, string) RoomReason(CapabilityClass @class, CapableNodes nodes)
    {
        var free = @class.Profiles.SelectMany(static p => p.Free).Take(NodesTriedMax).ToList();
        return free.Count == 0 ? (WaitReason.Busy, string.Create(CultureInfo.InvariantCulture, $"{nodes.Busy} of {nodes.Total}"))
            : free.TrueForAll(n => IsAvoided(n, @class)) ? (WaitReason.Avoiding, string.Join(", ", @class.Avoid.Select(a => a.Value)))
            : free.TrueForAll(n => IsAvoided(n, @class) || (!@class.IsGpu && n.Room == 1 && KeepsSlotForGpu(n))) ? (WaitReason.KeptForGpu, "")
            : @class.Amounts.IsNone ? (WaitReason.Busy, string.Create(CultureInfo.InvariantCulture, $"{nodes.Busy} of {nodes.Total}"))
            : (WaitReason.AmountsTaken, string.Join(", ", @class.Needs.Where(n => n.IsCounted)));
    }

    private static CapableNodes NodesFor(CapabilityClass @class)
    {
        var (total, busy, quarantined, drained) = (0, 0, 0, 0);
        foreach (var profile in @class.Profiles)
        {
            total += profile.Nodes.Count;
            if (profile.Usable == profile.Nodes.Count)
            {
                busy += profile.Usable - profile.Free.Count; // Nobody needs to be looked at.
                continue;
            }

            foreach (var node in profile.Nodes)
            {
                var isQuarantined = node.Health.Standing == Standing.Quarantined;
                quarantined += isQuarantined ? 1 : 0;
                drained += !isQuarantined && !node.IsUsable ? 1 : 0;
                busy += node.IsUsable && node.Room == 0 ? 1 : 0;
            }
        }

        return new(total, busy, quarantined, drained);
    }

    /// <summary>Needs that no node satisfies; if each has its node and none has all, then all of them.</summary>
    private ImmutableArray<MissingNeed> Missing(CapabilityClass @class)
    {
        if (@class.Profiles.Count > 0)
        {
            return [];
        }

        var sets = _index.Profiles.Where(p => p.Nodes.Count > 0).Select(p => p.Has).ToList();
        var missing = @class.Needs.Where(n => !sets.Exists(s => s.Has(n))).ToImmutableArray();
        return [.. (missing.IsEmpty ? @class.Needs : missing).Select(n => new MissingNeed(n.ToString(), sets.Max(s => s.AmountOf(n.Name))))];
    }

    private static LimitUse UseOf(NamedLimit limit) => new(limit.Name, limit.Used, limit.Max, limit.Classes.Sum(c => c.Queued));

    private static TenantReport ReportOf(TenantUse tenant) =>
        new(tenant.Id, tenant.Settings, tenant.Shares.Sum(s => s?.Queued ?? 0), tenant.Running, tenant.Shares.Sum(s => s?.Served ?? 0));

    private static ProjectReport ReportOf(ProjectShare share) =>
        new(share.Use.Id, share.Tenant.Use.Id, Bands.InOrder[share.Band], share.Weight, share.Active.Sum(l => l.Count), share.Use.Running, share.Served);

    private NodeReport ReportOf(NodeHealth health)
    {
        var node = _nodes.GetValueOrDefault(health.Id);
        var state = health.Standing == Standing.Quarantined ? "quarantined"
            : node is null ? "absent"
            : health.IsDrained ? node.Holds.Count == 0 ? "drained" : "draining"
            : node.IsDraining ? "draining"
            : health.Standing == Standing.Probation ? "probation"
            : node.Room == 0 ? "busy" : "ready";
        return new(health.Id, state, health.Reason, health.Until, node?.Slots ?? 0, node?.Room ?? 0, node?.Holds.Count ?? 0, node?.Profile.Has.Gpus ?? 0);
    }

    private static string Of(int used, int? max) => string.Create(CultureInfo.InvariantCulture, $"{used} of {max}");

    private static string Text(MissingNeed m) => m.Best is { } best ? string.Create(CultureInfo.InvariantCulture, $"{m.Need} (best: {best})") : m.Need;
}
