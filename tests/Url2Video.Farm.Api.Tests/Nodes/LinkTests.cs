using System.Diagnostics;
using Url2Video.Farm.Cluster.Link;
using Url2Video.Farm.Cluster.Protocol;
using Url2Video.Farm.Cluster.Tests.Fakes;
using Url2Video.Farm.Core;
using Url2Video.Farm.Core.Contracts;
using Url2Video.Farm.Core.Dispatch;
using Url2Video.Farm.Core.Errors;
using Url2Video.Farm.Core.Jobs;
using Url2Video.Farm.Core.Projects;

namespace Url2Video.Farm.Api.Tests.Nodes;

/// <summary>Films made over links, and what happens to leases when links and nodes come and go.</summary>
public sealed class LinkTests : IAsyncLifetime
{
    private const int Scenes = 4;

    private NodeFarm _farm = null!;

    public async Task InitializeAsync() => _farm = await NodeFarm.StartAsync();

    public async Task DisposeAsync() => await _farm.DisposeAsync();

    [Fact]
    public async Task Film_TwoNodesWithoutASharedFolder_IsMadeOnce()
    {
        var (first, second) = (new FakeFarmhand(Scenes), new FakeFarmhand(Scenes));
        await _farm.JoinAsync("a", first, remote: true);
        await _farm.JoinAsync("b", second, remote: true);

        var finished = await _farm.FinishedAsync(await _farm.SubmitAsync());

        Assert.Equal(ProjectStage.Completed, finished.Stage);
        var worked = first.Worked.Concat(second.Worked).ToArray();
        Assert.Equal(worked.Distinct(), worked);
    }

    [Fact]
    public async Task Server_Stops_NodeGoesOnAtAnotherAndKeepsItsLease()
    {
        var gate = new Gate(job => job.Work.Kind == JobKind.Write);
        var hand = new FakeFarmhand(Scenes) { Before = gate.PassAsync };
        await using var other = await _farm.ListenAsync();
        await _farm.RegisterAsync(_farm.Url, other.Addresses[0]);
        var node = await _farm.JoinAsync("a", hand);
        var membership = Path.Combine(_farm.FolderOf("a"), "node", "node.json");
        await NodeFarm.UntilAsync(async () => (await File.ReadAllTextAsync(membership)).Contains($":{other.Addresses[0].Port}/", StringComparison.Ordinal), "it knows both");
        var id = await _farm.SubmitAsync();
        await gate.SomeoneHeld;
        var left = node.Link.Current;

        await (left.Port == _farm.Url.Port ? _farm.Http : other).StopAsync();
        await NodeFarm.UntilAsync(() => Task.FromResult(node.IsLinked && node.Link.Current.Port != left.Port), "a link to the other server");
        gate.Open();

        Assert.Equal(ProjectStage.Completed, (await _farm.FinishedAsync(id)).Stage);
        Assert.Equal(hand.Worked.Distinct(), hand.Worked);
    }

    [Fact]
    public async Task Node_StartsAnew_ItsJobsAreOfferedAgainLongBeforeTheLeaseEnds()
    {
        var gate = new Gate(job => job.Work.Kind == JobKind.Write);
        var before = new FakeFarmhand(Scenes) { Before = gate.PassAsync };
        var node = await _farm.JoinAsync("a", before);
        var id = await _farm.SubmitAsync();
        await gate.SomeoneHeld;
        await node.StopAsync(); // Without a goodbye, as when it is killed.

        var after = new FakeFarmhand(Scenes);
        var since = Stopwatch.StartNew();
        var again = await _farm.JoinAsync("a", after);
        Assert.Equal(ProjectStage.Completed, (await _farm.FinishedAsync(id)).Stage);

        Assert.Equal(node.Self.Epoch + 1, again.Self.Epoch);
        Assert.Contains("write", after.Worked);
        Assert.True(since.Elapsed < TimeSpan.FromSeconds(Limits.LeaseSecondsMax) || Debugger.IsAttached, $"It took {since.Elapsed}.");
    }

    [Fact]
    public async Task Node_StartsAnew_WhatItHadGoesBeforeWhatWaits()
    {
        var gate = new Gate(job => job.Work.Kind == JobKind.Render);
        var node = await _farm.JoinAsync("a", new FakeFarmhand(Scenes) { Before = gate.PassAsync }, workers: 1);
        var id = await _farm.SubmitAsync();
        await gate.SomeoneHeld;
        await node.StopAsync(); // Without a goodbye, as when it is killed; other chunks of the film are queued.

        var after = new FakeFarmhand(Scenes);
        await _farm.JoinAsync("a", after, workers: 1);
        Assert.Equal(ProjectStage.Completed, (await _farm.FinishedAsync(id)).Stage);

        Assert.Equal(gate.Held.Single(), after.Worked.First());
    }

    [Fact]
    public async Task Node_KilledWithAFinishedJobUntold_TellsItInItsNextLife()
    {
        var gate = new Gate(job => job.Work.Kind == JobKind.Write);
        var before = new FakeFarmhand(Scenes) { Before = gate.PassAsync };
        var node = await _farm.JoinAsync("a", before);
        var id = await _farm.SubmitAsync();
        await gate.SomeoneHeld;
        await _farm.Http.StopAsync();
        await NodeFarm.UntilAsync(() => Task.FromResult(!node.IsLinked), "the link is gone");
        gate.Open();
        await NodeFarm.UntilAsync(() => Task.FromResult(Directory.EnumerateFiles(Path.Combine(_farm.FolderOf("a"), "reports"), "*.json").Any()), "the report is on disk");
        await node.StopAsync();

        await using var http = await _farm.ListenAsync();
        var after = new FakeFarmhand(Scenes);
        await _farm.JoinAsync("a", after, server: http.Addresses[0]);

        Assert.Equal(ProjectStage.Completed, (await _farm.FinishedAsync(id)).Stage);
        Assert.Empty(after.Worked.Intersect(before.Worked));
        await NodeFarm.UntilAsync(() => Task.FromResult(!Directory.EnumerateFiles(Path.Combine(_farm.FolderOf("a"), "reports")).Any()), "every report is acknowledged");
    }

    [Fact]
    public async Task Leave_WithAJobInWork_FinishesItAndSaysGoodbye()
    {
        var gate = new Gate(job => job.Work.Kind == JobKind.Write);
        var leaving = new FakeFarmhand(Scenes) { Before = gate.PassAsync };
        var node = await _farm.JoinAsync("a", leaving);
        var id = await _farm.SubmitAsync();
        await gate.SomeoneHeld;

        var leave = node.LeaveAsync(TestFarm.Patience);
        var staying = new FakeFarmhand(Scenes);
        await _farm.JoinAsync("b", staying);
        gate.Open();

        Assert.True(await leave);
        Assert.Equal(ProjectStage.Completed, (await _farm.FinishedAsync(id)).Stage);
        Assert.Contains("write", leaving.Worked);
        Assert.Empty(staying.Worked.Intersect(leaving.Worked));
        await _farm.LinkedAsync("a", linked: false);
    }

    [Fact]
    public async Task Drain_ByAnOperator_TakesOnNothingUntilResumed()
    {
        var (first, second) = (new FakeFarmhand(Scenes), new FakeFarmhand(Scenes));
        var (a, b) = (await _farm.JoinAsync("a", first), await _farm.JoinAsync("b", second));
        await _farm.LinkedAsync("a");
        await _farm.Gateway.Registry.DrainAsync("a", "for repair");
        await NodeFarm.UntilAsync(() => Task.FromResult(a.IsDraining), "a drains");

        await _farm.FinishedAsync(await _farm.SubmitAsync());
        Assert.Empty(first.Worked);

        var before = second.Worked.Count;
        await _farm.Gateway.Registry.DrainAsync("b");
        await _farm.Gateway.Registry.ResumeAsync("a");
        await NodeFarm.UntilAsync(() => Task.FromResult(!a.IsDraining && b.IsDraining), "a resumes, b drains");
        Assert.Equal(ProjectStage.Completed, (await _farm.FinishedAsync(await _farm.SubmitAsync())).Stage);
        Assert.Equal(before, second.Worked.Count);
    }

    [Fact]
    public async Task Schedule_Closed_TheNodeDrainsUntilItOpens()
    {
        var hand = new FakeFarmhand(Scenes);
        var node = await _farm.JoinAsync("a", hand);
        var day = TimeProvider.System.GetLocalNow().AddDays(3).DayOfWeek.ToString()[..3];
        await _farm.Gateway.Registry.ScheduleAsync("a", $"{day} 10:00-10:01");
        await NodeFarm.UntilAsync(() => Task.FromResult(node.IsDraining), "it sleeps");

        var id = await _farm.SubmitAsync();
        await _farm.Gateway.Registry.ScheduleAsync("a", null);

        Assert.Equal(ProjectStage.Completed, (await _farm.FinishedAsync(id)).Stage);
        var fault = await Assert.ThrowsAsync<FarmException>(() => _farm.Gateway.Registry.ScheduleAsync("a", "whenever"));
        Assert.Equal(ErrorCodes.InvalidArgument, fault.Error.Code);
    }

    [Fact]
    public async Task Revoke_NodeWithAJob_EndsItAndGivesTheJobToAnother()
    {
        var gate = new Gate(job => job.Work.Kind == JobKind.Write);
        var thief = await _farm.JoinAsync("a", new FakeFarmhand(Scenes) { Before = gate.PassAsync });
        var id = await _farm.SubmitAsync();
        await gate.SomeoneHeld;
        var honest = new FakeFarmhand(Scenes);
        await _farm.JoinAsync("b", honest);

        await _farm.Gateway.Registry.RevokeAsync("a");
        var end = await Assert.ThrowsAsync<FarmException>(() => thief.Ended.WaitAsync(TestFarm.Patience));

        // The second where it came back in the moment of being revoked: the link refuses it then, not the session.
        Assert.Contains(end.Error.Code, new[] { ErrorCodes.NodeRevoked, ErrorCodes.JoinRefused });
        Assert.Equal(ProjectStage.Completed, (await _farm.FinishedAsync(id)).Stage);
        Assert.Contains("write", honest.Worked);
    }

    [Fact]
    public async Task Tls_ServerOfTheFarm_IsTrustedByTheTokensFingerprintAndNoOther()
    {
        await using var farm = await NodeFarm.StartAsync(tls: true);
        await using var impostor = await NodeFarm.StartAsync(tls: true);
        var hand = new FakeFarmhand(Scenes);
        await farm.JoinAsync("a", hand, remote: true);

        Assert.Equal(ProjectStage.Completed, (await farm.FinishedAsync(await farm.SubmitAsync())).Stage);
        var fault = await Assert.ThrowsAsync<FarmException>(() => farm.JoinAsync("b", hand, server: impostor.Url));
        Assert.Equal(ErrorCodes.JoinRefused, fault.Error.Code);
        var pinned = await Assert.ThrowsAsync<FarmException>(async () => await new Node.Joining.NodeApiClient(TrustOf(farm), TimeProvider.System)
            .EnrolAsync(impostor.Url, new EnrolRequest("t", "b", ""), default));
        Assert.Equal(ErrorCodes.ServerUnreachable, pinned.Error.Code);
    }

    [Theory]
    [InlineData("held")]
    [InlineData("other-life")]
    [InlineData("demand")]
    [InlineData("assign")]
    [InlineData("node-path")]
    public async Task Message_InAnothersName_ClosesTheLink(string kind)
    {
        using var hand = new NodeHand(_farm.Url, "a");
        await hand.EnrolAsync(await _farm.TokenAsync());
        var session = (await hand.Client.OpenSessionAsync(_farm.Url, hand.Signed())).Session;
        using var link = await hand.LinkAsync(session, epoch: 3);
        var job = new JobId(ProjectIdOf(1), "write");
        var (self, other) = (new NodeIncarnation(new NodeId("a"), 3), new NodeIncarnation(new NodeId("b"), 1));

        object message = kind switch
        {
            "held" => new JobEnvelope(job, new JobMessage.Held(new Lease(job, 1, other), 1), null),
            "other-life" => new JobEnvelope(job, new JobMessage.Held(new Lease(job, 1, self with { Epoch = 2 }), 1), null),
            "demand" => new DispatchMessage.Demand(other, 1, 1, []),
            "assign" => new JobEnvelope(job, new JobMessage.Assign(job, 1, self, new DispatcherId("x")), null),
            _ => new JobEnvelope(job, new JobMessage.Held(new Lease(job, 1, self), 1), "akka://farm/user/x"),
        };
        await link.WriteAsync(message, CancellationToken.None);

        await NodeHand.ClosedAsync(link);
        await _farm.LinkedAsync("a", linked: false);
    }

    [Fact]
    public async Task Link_OfAnEarlierLife_IsRefused()
    {
        using var hand = new NodeHand(_farm.Url, "a");
        await hand.EnrolAsync(await _farm.TokenAsync());
        var session = (await hand.Client.OpenSessionAsync(_farm.Url, hand.Signed())).Session;
        using var present = await hand.LinkAsync(session, epoch: 5);

        await Assert.ThrowsAnyAsync<Exception>(() => hand.LinkAsync(session, epoch: 4));
        using var later = await hand.LinkAsync(session, epoch: 6);

        await NodeHand.ClosedAsync(present);
        Assert.Equal(6, (await _farm.Gateway.Registry.FindAsync("a"))!.Epoch);
    }

    private static ProjectId ProjectIdOf(int _) => Cluster.Hosting.ProjectIds.New(TimeProvider.System);

    private static Node.Joining.ServerTrust TrustOf(NodeFarm farm)
    {
        var trust = new Node.Joining.ServerTrust(TimeProvider.System);
        trust.Trust([.. farm.Authority.Certificate]);
        return trust;
    }
}
