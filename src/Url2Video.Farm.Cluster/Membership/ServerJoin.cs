using Akka.Actor;
using Microsoft.Extensions.Logging;
using Url2Video.Farm.Cluster.Store;
using AkkaCluster = Akka.Cluster.Cluster;

namespace Url2Video.Farm.Cluster.Membership;

/// <summary>Carries out <see cref="Joining"/>: from a started actor system to a member of the farm's one cluster.</summary>
internal sealed class ServerJoin(ServerRegistry registry, ServerRow self, AkkaCluster cluster, TimeProvider clock, ILogger log)
{
    private static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan AskWithin = TimeSpan.FromSeconds(5);

    /// <summary>Returns when this server is a member and has its row.</summary>
    /// <param name="onRow">Called as soon as the row is there and has to be kept; a founder's is before it is a member.</param>
    public async Task RunAsync(Action onRow, CancellationToken cancellation)
    {
        var up = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        cluster.RegisterOnMemberUp(up.SetResult);
        var joining = Joining.Start;
        while (true)
        {
            try
            {
                if (up.Task.IsCompleted)
                {
                    await registry.PutAsync(self, cancellation).ConfigureAwait(false);
                    onRow();
                    return;
                }

                (var decision, joining) = await registry.DecideAsync(joining, self, cancellation).ConfigureAwait(false);
                if (decision is JoinDecision.Found)
                {
                    log.LogInformation("{Address} is the first server of this farm.", self.Address);
                    onRow();
                    cluster.Join(cluster.SelfAddress);
                    await up.Task.WaitAsync(cancellation).ConfigureAwait(false);
                    return;
                }

                await TryAsync(decision, up.Task, cancellation).ConfigureAwait(false);
            }
            catch (Exception fault) when (StoreFaults.IsOne(fault))
            {
                log.LogWarning("The store does not answer: {Reason}", fault.Message);
                await Task.Delay(LookAgain, clock, cancellation).ConfigureAwait(false);
            }
        }
    }

    private async Task TryAsync(JoinDecision decision, Task up, CancellationToken cancellation)
    {
        var patience = LookAgain;
        if (decision is JoinDecision.Join join)
        {
            log.LogInformation("{Address} joins {Seeds}.", self.Address, string.Join(", ", join.Seeds));
            cluster.JoinSeedNodes(join.Seeds.Select(Address.Parse));
            patience = AskWithin; // Whoever was asked may be dead: look again.
        }

        await Task.WhenAny(up, Task.Delay(patience, clock, cancellation)).ConfigureAwait(false);
        cancellation.ThrowIfCancellationRequested();
    }
}
