using System.Diagnostics;
using System.Globalization;
using Url2Video.Farm.Core.Dispatch;
using Url2Video.Farm.Core.Tests.Simulation;
using Xunit.Abstractions;

namespace Url2Video.Farm.Core.Tests.Dispatch;

public sealed class FairnessTests(ITestOutputHelper output)
{
    private readonly DispatchDriver _dispatch = new();

    [Fact]
    public void HundredProjects_OneHoldsHalfOfAllJobs_EachIsServedAlike()
    {
        for (var i = 0; i < 10_000; i++)
        {
            _dispatch.Offer("hog", $"h{i}");
        }

        for (var i = 0; i < 10_000; i++)
        {
            _dispatch.Offer($"project{i % 99}", $"j{i}");
        }

        var served = Serve(1_000).CountBy(j => j.Project.Value).ToDictionary();

        Assert.Equal(100, served.Count);
        Assert.True(Jain(served.Values) > 0.98, $"Jain {Jain(served.Values)}");
        Assert.InRange(served["hog"], 9, 12);
    }

    [Fact]
    public void Weights_ShareTheWork()
    {
        for (var i = 0; i < 2_000; i++)
        {
            _dispatch.Offer("one", $"a{i}", weight: 1);
            _dispatch.Offer("three", $"b{i}", weight: 3);
        }

        var served = Serve(1_000).CountBy(j => j.Project.Value).ToDictionary();

        Assert.InRange(served["three"], 740, 760);
    }

    [Fact]
    public void Costs_AreWhatIsShared_NotNumbers()
    {
        for (var i = 0; i < 2_000; i++)
        {
            _dispatch.Offer("big", $"a{i}", cost: 90);
            _dispatch.Offer("small", $"b{i}", cost: 10);
        }

        var served = Serve(1_000).CountBy(j => j.Project.Value).ToDictionary();

        Assert.InRange(served["big"], 98, 102);
    }

    [Fact]
    public void Project_ThatWasAway_SavesUpNoCredit()
    {
        _dispatch.Offer("late", "first");
        for (var i = 0; i < 1_000; i++)
        {
            _dispatch.Offer("steady", $"a{i}");
        }

        Serve(500);
        for (var i = 0; i < 500; i++)
        {
            _dispatch.Offer("late", $"b{i}");
        }

        Assert.InRange(Serve(100).Count(j => j.Project.Value == "late"), 49, 51);
    }

    [Fact]
    public void Project_ThatIsEmptyForAMoment_KeepsItsDebt()
    {
        for (var i = 0; i < 1_000; i++)
        {
            _dispatch.Offer("steady", $"a{i}");
        }

        // The trickster never has more than one job queued, and each is a hundred times as dear.
        var tricks = 0;
        for (var i = 0; i < 500; i++)
        {
            _dispatch.Offer("trickster", $"b{tricks}", cost: 100);
            tricks += Serve(1).Count(j => j.Project.Value == "trickster");
        }

        Assert.InRange(tricks, 4, 7);
    }

    /// <summary>Four slots. Each film is taken in first; then its sound, which costs three times as much, and its chunks are offered.</summary>
    [Fact]
    public void FilmsOrderedTogether_AreBegunOneAfterAnother_NotAllPreparedFirst()
    {
        for (var film = 0; film < 15; film++)
        {
            _dispatch.Offer($"film{film:D2}", "ingest", cost: 30);
        }

        var order = new List<JobId>();
        while (order.Count < 15 * 8)
        {
            foreach (var job in Serve(4))
            {
                order.Add(job);
                if (job.Name == "ingest")
                {
                    _dispatch.Offer(job.Project.Value, "mix", cost: 90);
                    Enumerable.Range(0, 6).ToList().ForEach(i => _dispatch.Offer(job.Project.Value, $"chunk{i}", cost: 17));
                }
            }
        }

        var first = order.FindIndex(static j => j.Name.StartsWith("chunk", StringComparison.Ordinal));
        Assert.Equal("film00", order[first].Project.Value);
        Assert.InRange(first, 4, 7); // The next slots that come free, not after the fourteen other films' ingests.
        Assert.Equal(order.Select(static j => j.Project.Value).Distinct().Order(StringComparer.Ordinal), order.Where(static j => j.Name == "ingest").Select(static j => j.Project.Value));
    }

    [Fact]
    public void FilmsThatComeWithoutEnd_DoNotHoldUpAnOldOne()
    {
        for (var i = 0; i < 1_000; i++)
        {
            _dispatch.Offer("old", $"chunk{i}", cost: 30);
        }

        Serve(100);
        var olds = 0;
        for (var film = 0; film < 300; film++)
        {
            // One more is always there than can be served, and none lives longer than what goes by arrival.
            Enumerable.Range(0, 3).ToList().ForEach(i => _dispatch.Offer($"film{film}", $"j{i}", cost: 30));
            olds += Serve(3).Count(static j => j.Project.Value == "old");
        }

        Assert.InRange(olds, 30, 450); // It is one of those that wait, and they are ever more: less than half, and never nothing.
    }

    /// <summary>What the first jobs cost is not asked of those that come after.</summary>
    [Fact]
    public void FilmOrderedLater_BesideManyThatRun_IsTakenInAtOnce()
    {
        for (var i = 0; i < 2_000; i++)
        {
            _dispatch.Offer($"running{i % 20}", $"chunk{i}", cost: 30);
        }

        Serve(200);
        foreach (var newcomer in (string[])["first", "second", "third"])
        {
            _dispatch.Offer(newcomer, "ingest", cost: 30);
            _dispatch.Offer(newcomer, "mix", cost: 90);
            _dispatch.Offer(newcomer, "chunk", cost: 17);
        }

        Serve(30);
        _dispatch.Offer("last", "ingest", cost: 30);

        Assert.Contains(Serve(21), static j => j.Project.Value == "last");
    }

    [Fact]
    public void FilmOrderedLater_OfManyTimesTheWeight_IsNotHeldUpByOneOfLittle()
    {
        for (var i = 0; i < 1_000; i++)
        {
            _dispatch.Offer("heavy", $"chunk{i}", cost: 30, weight: 1_000);
        }

        Serve(10);
        Enumerable.Range(0, 10).ToList().ForEach(i => _dispatch.Offer("light", $"chunk{i}", cost: 40));
        Serve(5);
        Enumerable.Range(0, 100).ToList().ForEach(i => _dispatch.Offer("late", $"chunk{i}", cost: 30, weight: 1_000));

        Assert.InRange(Serve(40).Count(static j => j.Project.Value == "late"), 15, 25);
    }

    /// <summary>Any messages: no job waits beside a fitting free slot, no node gets more than it asked for, no job goes twice.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void AnyMessages_LeaveNoJobBesideAFittingFreeSlot(ulong seed)
    {
        var random = new SplitMix(seed);
        string[][] capabilities = [["cpu"], ["cpu", "disk"], ["cpu", "voice"]];
        string[][] needs = [[], ["cpu"], ["disk"], ["voice"], ["disk", "voice"]];
        var (queued, free) = (new Dictionary<JobId, (long Number, string[] Needs)>(), new Dictionary<string, int>());
        for (var step = 0; step < 20_000; step++)
        {
            var job = DispatchDriver.JobOf($"p{random.Below(5)}", $"{step}");
            var assigned = new List<Core.Jobs.JobMessage.Assign>();
            if (random.Chance(0.6))
            {
                var need = needs[random.Below(needs.Length)];
                queued.Add(job, (1, need));
                var (cost, weight) = (1 + random.Below(50), 1 + random.Below(4));
                assigned = _dispatch.Offer(job.Project.Value, job.Name, needs: need, cost: cost, weight: weight);
            }
            else if (random.Chance(0.7))
            {
                var node = random.Below(6);
                free[$"n{node}"] = random.Below(4);
                assigned = _dispatch.Demand($"n{node}", free[$"n{node}"], capabilities[node % 3]);
            }
            else if (queued.Count > 0)
            {
                var some = queued.Keys.ElementAt(random.Below(queued.Count));
                queued.Remove(some);
                _dispatch.Tell(new DispatchMessage.Withdraw(some, 1));
            }

            foreach (var a in assigned)
            {
                Assert.True(queued.Remove(a.Job), $"{a.Job} was not waiting");
                Assert.True(--free[a.Node.Node.Value] >= 0, $"{a.Node} has no slot");
                _dispatch.Tell(new DispatchMessage.Taken(a.Job, a.Offer, a.Node));
            }

            Assert.Equal(queued.Count, _dispatch.Logic.QueuedJobs);
            var rich = free.Where(f => f.Value > 0).Select(f => capabilities[(f.Key[1] - '0') % 3]).ToList();
            if (step % 50 == 0)
            {
                Assert.DoesNotContain(queued.Values, q => rich.Exists(c => q.Needs.All(c.Contains)));
            }
        }
    }

    [Fact]
    public void LargeQueue_IsServedAsFastAsASmallOne()
    {
        var jobs = int.Parse(Environment.GetEnvironmentVariable("U2V_DISPATCH_JOBS") ?? "50000", CultureInfo.InvariantCulture);
        var watch = Stopwatch.StartNew();
        for (var i = 0; i < jobs; i++)
        {
            _dispatch.Offer($"project{i % 1_000}", $"j{i}", cost: 1 + i % 7);
        }

        var offers = jobs / watch.Elapsed.TotalSeconds;
        watch.Restart();
        var served = Serve(Math.Min(jobs, 20_000));
        output.WriteLine($"{jobs} queued: {offers:F0} offers/s, {served.Count / watch.Elapsed.TotalSeconds:F0} grants/s");
        Assert.Equal(Math.Min(jobs, 20_000), served.Count);
        Assert.Equal(served.Count, served.Distinct().Count());
    }

    /// <summary>One node that takes a job, and has room for the next.</summary>
    private List<JobId> Serve(int count)
    {
        var served = new List<JobId>(count);
        while (served.Count < count && _dispatch.Demand("node", 1) is [var assign])
        {
            served.Add(assign.Job);
            _dispatch.Tell(new DispatchMessage.Taken(assign.Job, assign.Offer, assign.Node));
        }

        return served;
    }

    private static double Jain(IEnumerable<int> shares)
    {
        var all = shares.Select(s => (double)s).ToList();
        return all.Sum() * all.Sum() / (all.Count * all.Sum(s => s * s));
    }
}
