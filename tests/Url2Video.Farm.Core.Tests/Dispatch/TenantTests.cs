using Url2Video.Farm.Core.Dispatch;
using Url2Video.Farm.Core.Jobs;
using static Url2Video.Farm.Core.Tests.Dispatch.DispatchDriver;

namespace Url2Video.Farm.Core.Tests.Dispatch;

public sealed class TenantTests
{
    private readonly DispatchDriver _dispatch = new();

    [Fact]
    public void Tenants_ShareByWeight_WhateverTheirNumberOfProjects()
    {
        Set("studio", new(3, null, null, false));
        Set("school", new(1, null, null, false));
        for (var i = 0; i < 3_000; i++)
        {
            _dispatch.Tell(Of("studio", Job("one", $"a{i}")));
            _dispatch.Tell(Of("school", Job($"many{i % 50}", $"b{i}")));
        }

        var served = Serve(2_000).CountBy(a => a.Job.Project.Value == "one").ToDictionary();

        Assert.InRange(served[true], 1_425, 1_575); // 5 %.
    }

    [Fact]
    public void Projects_OfOneTenant_ShareItsPartByWeight()
    {
        for (var i = 0; i < 2_000; i++)
        {
            _dispatch.Tell(Of("t", Job("small", $"a{i}", weight: 1)));
            _dispatch.Tell(Of("t", Job("big", $"b{i}", weight: 4)));
            _dispatch.Tell(Of("other", Job("other", $"c{i}")));
        }

        var served = Serve(2_000).CountBy(a => a.Job.Project.Value).ToDictionary();

        Assert.InRange(served["other"], 950, 1_050);
        Assert.InRange(served["big"], 760, 840);
        Assert.InRange(served["small"], 190, 210);
    }

    [Fact]
    public void Caps_OfTenantAndProject_AreKeptAndGivenFreeByEnds()
    {
        Set("t", new(1, RunningMax: 5, ProjectRunningMax: 3, Paused: false));
        for (var i = 0; i < 20; i++)
        {
            _dispatch.Tell(Of("t", Job("p", $"p{i}")));
            _dispatch.Tell(Of("t", Job("q", $"q{i}")));
        }

        var running = _dispatch.Demand("a", 50);
        Assert.Equal(5, running.Count);
        Assert.InRange(running.Count(a => a.Job.Project.Value == "p"), 2, 3);

        foreach (var assign in running)
        {
            _dispatch.Take(assign);
        }

        var next = running.SelectMany(a => _dispatch.End(a)).ToList();
        Assert.Equal(5, next.Count);
        Assert.Equal(WaitReason.TenantFull, _dispatch.Logic.Explain(JobOf("p", "p19"), _dispatch.Now).Reason);
    }

    [Fact]
    public void Pause_HoldsATenantsJobs_AndResumingGrantsThemAtOnce()
    {
        _dispatch.Tell(Of("t", Job("p", "j")));
        Set("t", new(1, null, null, Paused: true));
        Assert.Empty(_dispatch.Demand("a", 3));
        Assert.Equal(WaitReason.TenantPaused, _dispatch.Logic.Explain(JobOf("p", "j"), _dispatch.Now).Reason);

        Assert.Single(Set("t", TenantSettings.Default));
    }

    [Fact]
    public void Tenant_NobodyAnswersFor_IsServedByTheDefaultsAfterAWhile()
    {
        var logic = new DispatchLogic(new DispatcherId("d"), waitsForTenants: true);
        var effects = new List<DispatchEffect>();
        logic.Handle(new DispatchMessage.Demand(Node("a"), 1, 1, []), _dispatch.Now, effects);
        logic.Handle(Of("t", Job("p", "j")), _dispatch.Now, effects);
        Assert.Equal("t", Assert.IsType<DispatchEffect.AskTenant>(Assert.Single(effects)).Tenant);

        logic.Handle(new DispatchMessage.Tick(), _dispatch.Now.AddSeconds(Limits.TenantSettingsSecondsMax), effects);

        Assert.Single(effects.OfType<DispatchEffect.Assign>());
    }

    private List<JobMessage.Assign> Set(string tenant, TenantSettings settings) => _dispatch.Tell(new DispatchMessage.SetTenant(tenant, settings));

    private static DispatchMessage.Offer Of(string tenant, DispatchMessage.Offer offer) => offer with { Tenant = tenant };

    private List<JobMessage.Assign> Serve(int count)
    {
        var served = new List<JobMessage.Assign>();
        while (served.Count < count && _dispatch.Demand("node", 1) is [var assign])
        {
            served.Add(assign);
            _dispatch.Take(assign);
        }

        return served;
    }
}
