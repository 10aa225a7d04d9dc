using Akka;
using Akka.Actor;
using Akka.Streams;
using Akka.Streams.Dsl;
using Url2Video.Farm.Cluster.Projects;
using Url2Video.Farm.Core;
using Url2Video.Farm.Core.Contracts;
using Url2Video.Farm.Core.Errors;
using Url2Video.Farm.Core.Nodes;

namespace Url2Video.Farm.Node.Running;

/// <summary>How one work ended; <paramref name="Message"/> is null when it was stopped and nobody waits.</summary>
internal sealed record WorkEnded(Lease Lease, NodeMessage? Message, Exception? Bug) : INoSerializationVerificationNeeded;

/// <summary>
/// The stream inside a node: a bounded queue, then as many works at once as there are slots. The node grants itself no more work
/// than it has slots for, so the queue holds only what waits for stopped works to notice.
/// </summary>
internal sealed class WorkStream
{
    private readonly ISourceQueueWithComplete<Order> _queue;

    /// <param name="owner">Is told <see cref="WorkEnded"/> of each order, once.</param>
    public WorkStream(int slots, WorkRunner runner, TimeProvider clock, ActorSystem system, IMaterializer materializer, IActorRef owner)
    {
        _queue = Source.Queue<Order>(slots * 2, OverflowStrategy.DropNew)
            .SelectAsyncUnordered(slots, order => RunAsync(order, runner, new LiveReport(order.Lease.Job, system, clock)))
            .ToMaterialized(Sink.ForEach<WorkEnded>(ended => owner.Tell(ended)), Keep.Left)
            .Run(materializer);
    }

    /// <param name="stop">Ends the work, not the offer.</param>
    /// <returns>False when the queue is full: works that were stopped are still at it.</returns>
    public async Task<bool> OfferAsync(Lease lease, JobSpec spec, CancellationToken stop) =>
        await _queue.OfferAsync(new Order(lease, spec, stop), CancellationToken.None).ConfigureAwait(false) is QueueOfferResult.Enqueued;

    public void Complete() => _queue.Complete();

    private static async Task<WorkEnded> RunAsync(Order order, WorkRunner runner, LiveReport report)
    {
        try
        {
            order.Cancellation.ThrowIfCancellationRequested();
            var result = await runner.RunAsync(order.Lease, order.Spec, report, order.Cancellation).ConfigureAwait(false);
            return new(order.Lease, new NodeMessage.WorkFinished(order.Lease, result), null);
        }
        catch (Exception) when (order.Cancellation.IsCancellationRequested)
        {
            return new(order.Lease, null, null);
        }
        catch (Exception fault)
        {
            var error = WorkRunner.ErrorOf(fault);
            return new(order.Lease, new NodeMessage.WorkFailed(order.Lease, error), error.Code == ErrorCodes.Internal ? fault : null);
        }
    }

    private sealed record Order(Lease Lease, JobSpec Spec, CancellationToken Cancellation);
}
