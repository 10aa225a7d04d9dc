using System.Collections.Concurrent;
using Url2Video.Farm.Core.Contracts;
using Url2Video.Farm.Node;

namespace Url2Video.Farm.Cluster.Tests.Fakes;

/// <summary>Holds the jobs it is told to hold until it is opened, and tells when one has come.</summary>
internal sealed class Gate(Func<JobSpec, bool> holds) : IDisposable
{
    private readonly TaskCompletionSource _open = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _someoneHeld = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public ConcurrentQueue<string> Held { get; } = new();

    /// <summary>Completes when a job stands at the gate.</summary>
    public Task SomeoneHeld => _someoneHeld.Task.WaitAsync(TestFarm.Patience);

    public void Open() => _open.TrySetResult();

    /// <summary>Opens: a test that failed must not leave a shared farm standing still.</summary>
    public void Dispose() => Open();

    public Task PassAsync(JobSpec job, WorkContext context)
    {
        if (!holds(job) || _open.Task.IsCompleted)
        {
            return Task.CompletedTask;
        }

        Held.Enqueue(job.Id.Name);
        _someoneHeld.TrySetResult();
        return _open.Task.WaitAsync(context.Cancellation);
    }
}
