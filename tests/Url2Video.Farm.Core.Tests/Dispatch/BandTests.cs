using Url2Video.Farm.Core.Contracts;
using Url2Video.Farm.Core.Dispatch;
using static Url2Video.Farm.Core.Tests.Dispatch.DispatchDriver;

namespace Url2Video.Farm.Core.Tests.Dispatch;

public sealed class BandTests
{
    private readonly DispatchDriver _dispatch = new();
    private readonly Dictionary<char, int> _costs = [];

    [Fact]
    public void Urgent_GoesBeforeNormal_BeforeLow()
    {
        _dispatch.Tell(Job("l", "low", Band.Low));
        _dispatch.Tell(Job("n", "normal"));
        _dispatch.Tell(Job("u", "urgent", Band.Urgent));

        Assert.Equal(["urgent", "normal", "low"], _dispatch.Demand("a", 3).Select(a => a.Job.Name));
    }

    [Fact]
    public void AllBandsWaiting_OverTenThousandGrants_EachLowerBandKeepsItsMinimumAndUrgentTheRest()
    {
        for (var i = 0; i < 10_000; i++)
        {
            _dispatch.Tell(Job("u", $"u{i}", Band.Urgent));
            _dispatch.Tell(Job("n", $"n{i}"));
            _dispatch.Tell(Job("l", $"l{i}", Band.Low));
        }

        var served = Serve(10_000).CountBy(o => o.Band).ToDictionary();

        Assert.InRange(served[Band.Low], 500, 700);
        Assert.InRange(served[Band.Normal], 500, 700);
        Assert.True(served[Band.Urgent] > 8_600, $"{served[Band.Urgent]}");
    }

    [Theory]
    [InlineData(20, 1)]
    [InlineData(1, 20)]
    public void Minimum_IsMeasuredInWork_WhateverTheJobsCost(int urgent, int low)
    {
        (_costs['u'], _costs['l']) = (urgent, low);
        for (var i = 0; i < 10_000; i++)
        {
            _dispatch.Tell(Job("u", $"u{i}", Band.Urgent, cost: urgent));
            _dispatch.Tell(Job("l", $"l{i}", Band.Low, cost: low));
        }

        var served = Serve(8_000);
        var share = served.Where(o => o.Band == Band.Low).Sum(o => (double)o.Cost) / served.Sum(o => (double)o.Cost);

        Assert.InRange(share, 0.05, 0.075);
    }

    [Fact]
    public void Low_ThatWasAway_HasSavedUpNothing()
    {
        for (var i = 0; i < 2_000; i++)
        {
            _dispatch.Tell(Job("u", $"u{i}", Band.Urgent));
        }

        Serve(1_000);
        for (var i = 0; i < 100; i++)
        {
            _dispatch.Tell(Job("l", $"l{i}", Band.Low));
        }

        Assert.InRange(Serve(64).Count(o => o.Band == Band.Low), 3, 5);
    }

    [Fact]
    public void ChangedBand_OfAWaitingJob_MovesIt()
    {
        _dispatch.Tell(Job("p", "first"));
        _dispatch.Tell(Job("q", "second", Band.Low));
        _dispatch.Tell(Job("q", "second", Band.Urgent));

        Assert.Equal("second", Assert.Single(_dispatch.Demand("a", 1)).Job.Name);
    }

    private List<DispatchMessage.Offer> Serve(int count)
    {
        var served = new List<DispatchMessage.Offer>(count);
        while (served.Count < count && _dispatch.Demand("node", 1) is [var assign])
        {
            var band = assign.Job.Name[0] switch { 'u' => Band.Urgent, 'l' => Band.Low, _ => Band.Normal };
            served.Add(Job(assign.Job.Project.Value, assign.Job.Name, band, cost: _costs.GetValueOrDefault(assign.Job.Name[0], 1)));
            _dispatch.Take(assign);
        }

        return served;
    }
}
