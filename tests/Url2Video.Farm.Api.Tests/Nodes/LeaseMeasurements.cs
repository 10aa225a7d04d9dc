using System.Diagnostics;
using Url2Video.Farm.Cluster.Link;
using Url2Video.Farm.Cluster.Protocol;
using Url2Video.Farm.Cluster.Tests.Fakes;
using Url2Video.Farm.Core;
using Url2Video.Farm.Core.Contracts;
using Url2Video.Farm.Core.Dispatch;
using Url2Video.Farm.Core.Jobs;
using Url2Video.Farm.Core.Nodes;
using Url2Video.Farm.Core.Projects;
using Xunit.Abstractions;

namespace Url2Video.Farm.Api.Tests.Nodes;

/// <summary>Runs only when asked for: it takes half a minute and every core.</summary>
public sealed class MeasureFactAttribute : FactAttribute
{
    public MeasureFactAttribute()
    {
        if (Environment.GetEnvironmentVariable("U2V_MEASURE") is not "1")
        {
            Skip = "A measurement: set U2V_MEASURE=1 on a machine that does nothing else.";
        }
    }
}

/// <summary>What the limits of leases and heartbeats add up to.</summary>
public sealed class LeaseMeasurements(ITestOutputHelper output) : IAsyncLifetime
{
    private NodeFarm _farm = null!;

    public async Task InitializeAsync() => _farm = await NodeFarm.StartAsync();

    public async Task DisposeAsync() => await _farm.DisposeAsync();

    [MeasureFact]
    public async Task SilentNode_ItsJob_IsInWorkElsewhereWithin12Seconds()
    {
        using var hand = new NodeHand(_farm.Url, "a");
        await hand.EnrolAsync(await _farm.TokenAsync());
        using var link = await hand.LinkAsync((await hand.Client.OpenSessionAsync(_farm.Url, hand.Signed())).Session);
        var self = new NodeIncarnation(new NodeId("a"), 1);
        var id = await _farm.SubmitAsync();
        await link.WriteAsync(new DispatchMessage.Demand(self, 1, 1, []), default);
        NodeMessage.Grant? grant = null;
        while ((grant = await link.ReadAsync(default) as NodeMessage.Grant ?? grant) is null)
        {
        }

        await link.WriteAsync(new JobEnvelope(grant.Lease.Job, new JobMessage.Accepted(grant.Lease), null), default);
        await link.WriteAsync(new JobEnvelope(grant.Lease.Job, new JobMessage.Held(grant.Lease, 1), null), default);
        var since = Stopwatch.StartNew(); // From here on it answers nothing, not even pings: its power is gone.
        var started = new TaskCompletionSource<TimeSpan>();
        var other = new FakeFarmhand(2)
        {
            Before = (_, _) =>
            {
                started.TrySetResult(since.Elapsed);
                return Task.CompletedTask;
            },
        };
        await _farm.JoinAsync("b", other);

        var again = await started.Task.WaitAsync(TestFarm.Patience);
        output.WriteLine($"in work elsewhere after {again.TotalSeconds:0.0} s");
        Assert.InRange(again.TotalSeconds, 0, 12);
        Assert.Equal(ProjectStage.Completed, (await _farm.FinishedAsync(id)).Stage);

        // It wakes up: what it has is refused.
        using var back = await hand.LinkAsync((await hand.Client.OpenSessionAsync(_farm.Url, hand.Signed())).Session);
        await back.WriteAsync(new JobEnvelope(grant.Lease.Job, new JobMessage.Finished(grant.Lease, grant.Spec.Key, new JobResult.Ingested(null, null, null, [])), null), default);
        NodeMessage.Ack? ack = null;
        while ((ack = await back.ReadAsync(default) as NodeMessage.Ack ?? ack) is null)
        {
        }

        Assert.Equal((grant.Lease, AckKind.Stale), (ack.Lease, ack.Kind));
    }

    [MeasureFact]
    public async Task EveryCoreBusy_ForThreeLeases_NoneIsLost()
    {
        var until = TimeSpan.FromSeconds(3 * Limits.LeaseSecondsMax);
        var attempts = 0;
        var hand = new FakeFarmhand(2)
        {
            Before = (job, _) => job.Work.Kind == JobKind.Write ? Burn(Interlocked.Increment(ref attempts), until) : Task.CompletedTask,
        };
        await _farm.JoinAsync("a", hand);

        var finished = await _farm.FinishedAsync(await _farm.SubmitAsync());

        output.WriteLine($"{4 * Environment.ProcessorCount} busy threads on {Environment.ProcessorCount} cores for {until.TotalSeconds:0} s: {attempts} attempt(s)");
        Assert.Equal((ProjectStage.Completed, 1), (finished.Stage, attempts));
    }

    // Four threads a core, and as many pool threads that do not yield: server and node share the process, so both starve.
    private static Task Burn(int attempt, TimeSpan time)
    {
        _ = attempt;
        var since = Stopwatch.StartNew();
        void Spin()
        {
            while (since.Elapsed < time)
            {
                Thread.SpinWait(1_000);
            }
        }

        var threads = Enumerable.Range(0, 4 * Environment.ProcessorCount).Select(_ => new Thread(Spin) { IsBackground = true }).ToArray();
        Array.ForEach(threads, t => t.Start());
        var pool = Enumerable.Range(0, Environment.ProcessorCount).Select(_ => Task.Run(Spin)).ToArray();
        Array.ForEach(threads, t => t.Join());
        return Task.WhenAll(pool);
    }
}
