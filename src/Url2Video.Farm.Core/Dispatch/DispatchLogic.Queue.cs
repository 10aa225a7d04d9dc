using Url2Video.Farm.Core.Contracts;

namespace Url2Video.Farm.Core.Dispatch;

/// <summary>The queue: bands, tenants, projects, their settings and caps.</summary>
public sealed partial class DispatchLogic
{
    private readonly Dictionary<string, TenantUse> _tenants = new(StringComparer.Ordinal);
    private readonly Dictionary<ProjectId, ProjectUse> _projects = [];
    private readonly BandState[] _bands = [.. Bands.InOrder.Select(_ => new BandState())];

    private sealed class BandState
    {
        /// <summary>The pass of the tenant that was served last.</summary>
        public long VirtualTime { get; set; }

        public int Queued { get; set; }

        public int Running { get; set; }

        /// <summary>Work that higher bands owe it for having gone past.</summary>
        public long Credit { get; set; }

        /// <summary>Work that GPU jobs owe the others of the band, on GPU nodes.</summary>
        public long CpuCredit { get; set; }
    }

    private TenantUse TenantOf(string id)
    {
        if (!_tenants.TryGetValue(id, out var tenant))
        {
            _tenants.Add(id, tenant = new TenantUse(id));
            if (id.Length > 0)
            {
                // The farm of one user has no settings to wait for.
                tenant.IsKnown = !_waitsForTenants;
                (tenant.AskAt, tenant.WaitUntil) = (_now.AddSeconds(Limits.SettingsRepeatSeconds), _now.AddSeconds(Limits.TenantSettingsSecondsMax));
                _effects.Add(new DispatchEffect.AskTenant(id));
            }
        }

        tenant.SeenAt = _now;
        return tenant;
    }

    private ProjectUse ProjectOf(ProjectId id)
    {
        if (!_projects.TryGetValue(id, out var project))
        {
            _projects.Add(id, project = new ProjectUse(id));
        }

        project.SeenAt = _now;
        return project;
    }

    private ProjectShare ShareOf(ProjectUse project, TenantUse tenant, int band)
    {
        var share = tenant.Shares[band];
        if (share is null)
        {
            tenant.Shares[band] = share = new TenantShare(tenant, _order++);
            share.Park(tenant.Room <= 0);
        }

        if (!share.Projects.TryGetValue(project.Id, out var found))
        {
            share.Projects.Add(project.Id, found = new ProjectShare(project, share, band, _order++));
            project.Shares.Add(found);
            found.Park(tenant.RoomOf(project) <= 0);
        }

        return found;
    }

    private void Enqueue(DispatchMessage.Offer m, CapabilityClass @class)
    {
        var band = Bands.IndexOf(m.Band);
        var share = ShareOf(ProjectOf(m.Job.Project), TenantOf(m.Tenant), band);
        var job = new QueuedJob(m, share.LaneOf(@class), _now);
        var state = _bands[band];
        if (state.Queued++ == 0)
        {
            (state.Credit, state.CpuCredit) = (0, 0); // Idle saves no credit.
        }

        if (share.Tenant.Queued == 0)
        {
            share.Tenant.CatchUp(state.VirtualTime);
        }

        share.Enqueue(job);
        _queued.Add(m.Job, job);
        _offersToCheck.Enqueue((job, _now.AddSeconds(Limits.OfferSecondsMax)));
        _gpuSeenAt = @class.IsGpu ? _now : _gpuSeenAt;
        ListReserve(job);
    }

    private void Dequeue(QueuedJob job)
    {
        var share = job.Lane.Project;
        share.Remove(job);
        _bands[share.Band].Queued--;
        _queued.Remove(job.Offer.Job);
        UnlistReserve(job);
    }

    /// <summary>Takes the head of a lane and charges its tenant and project.</summary>
    private QueuedJob Take(Lane lane)
    {
        var (share, tenant) = (lane.Project, lane.Project.Tenant);
        var state = _bands[share.Band];
        state.VirtualTime = Math.Max(state.VirtualTime, tenant.Pass);
        tenant.VirtualTime = Math.Max(tenant.VirtualTime, share.Place);
        state.Queued--;
        var (byArrival, weights) = (share.GoesByArrival, tenant.ActiveWeight);
        var job = share.Dequeue(lane);
        if (byArrival)
        {
            // Its place stood still: time goes on by what all had that wait for it, or those that come without end would always be first.
            tenant.VirtualTime += Stride.Of(job.Cost, weights);
        }

        tenant.Advance(job.Cost);
        _queued.Remove(job.Offer.Job);
        UnlistReserve(job);
        return job;
    }

    /// <summary>Shows or hides the jobs of a tenant and project after a count or a setting has changed.</summary>
    private static void Review(TenantUse tenant, ProjectUse? project)
    {
        var full = tenant.Room <= 0;
        foreach (var share in tenant.Shares)
        {
            share?.Park(full);
        }

        foreach (var share in project?.Shares ?? [])
        {
            share.Park(share.Tenant.Use.RoomOf(share.Use) <= 0);
        }
    }

    private void OnSetTenant(DispatchMessage.SetTenant m)
    {
        if (m.Tenant.Length > Limits.SettingNameCharsMax || (!_tenants.ContainsKey(m.Tenant) && _tenants.Count >= Limits.TenantsMax))
        {
            return;
        }

        var tenant = TenantOf(m.Tenant);
        (tenant.Settings, tenant.IsKnown, tenant.AskAt) = (m.Settings, true, DateTimeOffset.MaxValue);
        ReviewAll(tenant);
    }

    private void ReviewAll(TenantUse tenant)
    {
        Review(tenant, null);
        foreach (var project in tenant.Shares.OfType<TenantShare>().SelectMany(s => s.Projects.Values).Select(p => p.Use).Distinct().ToList())
        {
            Review(tenant, project);
        }

        RushTenant(tenant);
    }

    private void RushTenant(TenantUse tenant)
    {
        foreach (var @class in tenant.Shares.OfType<TenantShare>().SelectMany(s => s.Shown).Select(l => l.Class).Distinct().ToList())
        {
            RushAll(@class);
        }
    }

    private void SweepShares(DateTimeOffset idleBefore, HashSet<CapabilityClass> classes)
    {
        foreach (var project in _projects.Values.Where(p => p.Running == 0 && p.SeenAt < idleBefore && p.Shares.TrueForAll(s => s.IsIdle)).ToList())
        {
            _projects.Remove(project.Id);
            project.Shares.ForEach(s => s.Tenant.Projects.Remove(project.Id));
        }

        foreach (var tenant in _tenants.Values.ToList())
        {
            if (tenant is { Running: 0 } && tenant.SeenAt < idleBefore && tenant.Shares.All(s => s is null or { Projects.Count: 0 })
                && (tenant.Settings == TenantSettings.Default || tenant.Id.Length == 0))
            {
                _tenants.Remove(tenant.Id);
            }

            foreach (var share in tenant.Shares.OfType<TenantShare>())
            {
                share.ForgetLanes(classes.Contains);
                foreach (var project in share.Projects.Values)
                {
                    project.ForgetLanes(classes.Contains);
                }
            }
        }
    }

    private void CountRunning(Hold hold, int by)
    {
        hold.Tenant.Running += by;
        hold.Project.Running += by;
        _bands[Bands.IndexOf(hold.Band)].Running += by;
        foreach (var limit in hold.Limits)
        {
            limit.Used += by;
        }
    }

    private static Band BandOf(Lane lane) => Bands.InOrder[lane.Project.Band];
}
