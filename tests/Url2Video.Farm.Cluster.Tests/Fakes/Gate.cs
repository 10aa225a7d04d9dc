using System.Collections.Concurrent;
using Url2Video.Farm.Core;
using Url2Video.Farm.Core.Contracts;
using Url2Video.Farm.Node;

namespace Url2Video.Farm.Cluster.Tests.Fakes;

/// <summary>Holds the jobs it is told to hold until it is opened, and tells when one has come.</summary>
internal sealed class Gate(Func<JobSpec, bool> holds) : IDisposable
{
    private readonly TaskCompletionSource _open = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _someoneHeld = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private readonly TaskCompletionSource<ProjectId> _only = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public ConcurrentQueue<string> Held { get; } = new();

    /// <summary>Completes when a job stands at the gate.</summary>
    public Task SomeoneHeld => _someoneHeld.Task.WaitAsync(TestFarm.Patience);

    public void Open() => _open.TrySetResult();

    /// <summary>
    /// From now on only this project's jobs are held; those of others go on. On a shared farm the films of earlier tests may still be in work,
    /// and at the gate they would take the slots that this one needs to come so far.
    /// </summary>
    public void HoldOnly(ProjectId project) => _only.TrySetResult(project);

    /// <summary>Opens: a test that failed must not leave a shared farm standing still.</summary>
    public void Dispose() => Open();

    public async Task PassAsync(JobSpec job, WorkContext context)
    {
        if (!holds(job) || _open.Task.IsCompleted || IsOther(job))
        {
            return;
        }

        Held.Enqueue(job.Id.Name);
        _someoneHeld.TrySetResult();
        await Task.WhenAny(_open.Task, _only.Task).WaitAsync(context.Cancellation);
        if (!IsOther(job))
        {
            await _open.Task.WaitAsync(context.Cancellation);
        }
    }

    private bool IsOther(JobSpec job) => _only.Task.IsCompletedSuccessfully && _only.Task.Result != job.Id.Project;
}
