using Akka.Actor;
using Url2Video.Farm.Cluster.Hosting;
using Url2Video.Farm.Cluster.Link;
using Url2Video.Farm.Cluster.Tests.Fakes;
using Url2Video.Farm.Core;
using Url2Video.Farm.Core.Contracts;
using Url2Video.Farm.Core.Dispatch;
using Url2Video.Farm.Core.Projects;

namespace Url2Video.Farm.Api.Tests.Nodes;

/// <summary>A server that is cut off from the dispatcher does not beat, and a node without a beat stops what takes of a limit.</summary>
public sealed class BeatTests : IAsyncLifetime
{
    private NodeFarm _farm = null!;

    public async Task InitializeAsync() => _farm = await NodeFarm.StartAsync();

    public async Task DisposeAsync() => await _farm.DisposeAsync();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Demand_IsAnsweredByABeatUnlessTheServerIsCutOff(bool isCutOff)
    {
        await NodeFarm.UntilAsync(() => Task.FromResult(_farm.System.Contact.MayVouch), "the dispatcher is heard");
        if (isCutOff)
        {
            await CutOffAsync();
        }

        using var hand = new NodeHand(_farm.Url, "a");
        await hand.EnrolAsync(await _farm.TokenAsync());
        using var link = await hand.LinkAsync((await hand.Client.OpenSessionAsync(_farm.Url, hand.Signed())).Session);
        await link.WriteAsync(new DispatchMessage.Demand(new(new NodeId("a"), 1), 7, 1, []), CancellationToken.None);
        if (!isCutOff)
        {
            Assert.Equal(7, (await BeatAsync(link)).Sequence);
            return;
        }

        await link.WriteAsync(new LinkMessage.Hello(new(new NodeId("a"), 1), 1, "test", [], "{}", 0), CancellationToken.None); // Said twice: the server closes the link.

        await Assert.ThrowsAsync<EndOfStreamException>(() => BeatAsync(link));
    }

    [Fact]
    public async Task NodeOfAServerThatIsCutOff_StopsItsLimitedWorkThoughItsLinkStands()
    {
        using var gate = new Gate(job => job.Work.Kind == JobKind.Write);
        var clock = new JumpClock();
        var stopped = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var hand = new FakeFarmhand(1)
        {
            Before = async (job, context) =>
            {
                try
                {
                    await gate.PassAsync(job, context);
                }
                catch (OperationCanceledException)
                {
                    stopped.TrySetResult();
                    throw;
                }
            },
        };
        var node = await _farm.JoinAsync("a", hand, clock: clock);
        await new SchedulingClient(_farm.System).SetLimitAsync("seat", 1, "test");
        await _farm.SubmitAsync(request => request with { Limits = ["seat"] });
        await gate.SomeoneHeld;

        await CutOffAsync();
        await NodeFarm.UntilAsync(
            () =>
            {
                clock.Jump(TimeSpan.FromSeconds(Limits.LeaseSecondsMax)); // Again and again: a last beat may be under way.
                return Task.FromResult(stopped.Task.IsCompleted);
            },
            "the limited work is stopped");
        Assert.True(node.IsLinked);
    }

    // As if the membership said so: nobody asks the dispatcher any more, and a server cannot be reached.
    private async Task CutOffAsync()
    {
        var asker = await _farm.System.System.ActorSelection("/user/dispatcher-contact").ResolveOne(TestFarm.Patience);
        await asker.GracefulStop(TestFarm.Patience);
        _farm.System.Contact.Sees(1);
    }

    private static async Task<LinkMessage.Beat> BeatAsync(LinkSocket link)
    {
        using var patience = new CancellationTokenSource(TestFarm.Patience);
        try
        {
            while (await link.ReadAsync(patience.Token) is { } message)
            {
                if (message is LinkMessage.Beat beat)
                {
                    return beat;
                }
            }
        }
        catch (System.Net.WebSockets.WebSocketException)
        {
            // Closed without a farewell: closed all the same.
        }

        throw new EndOfStreamException("The link ended without a beat.");
    }

    private sealed class JumpClock : TimeProvider
    {
        private long _ahead;

        public void Jump(TimeSpan by) => Interlocked.Add(ref _ahead, (long)(by.TotalSeconds * TimestampFrequency));

        public override long GetTimestamp() => System.GetTimestamp() + Interlocked.Read(ref _ahead);
    }
}
