using System.Collections.Concurrent;
using Url2Video.Farm.Cluster.Artifacts;
using Url2Video.Farm.Core;
using Url2Video.Farm.Core.Errors;

namespace Url2Video.Farm.Node.Workers;

/// <summary>What stands behind the artifact folder, as a worker process has it: every question goes to the node.</summary>
internal sealed class WorkerStore(Action<WorkerFrame> send, CancellationToken stop) : IArtifactBackend
{
    private static int s_last; // Over all jobs of the process: an answer that comes late is nobody else's.
    private readonly ConcurrentDictionary<int, TaskCompletionSource<bool>> _calls = new();

    // Answered before it returns: the file must not be evicted between this and the look at it.
    public void Using(ArtifactId artifact) => Ask(StoreCall.Using, new ArtifactRef(artifact, 0)).GetAwaiter().GetResult();

    public bool TryBring(ArtifactRef artifact) => Ask(StoreCall.Bring, artifact).GetAwaiter().GetResult();

    public async ValueTask<bool> TryBringAsync(ArtifactRef artifact, CancellationToken cancellation) =>
        await Ask(StoreCall.Bring, artifact).WaitAsync(cancellation).ConfigureAwait(false);

    public async ValueTask StoredAsync(ArtifactRef artifact, CancellationToken cancellation) =>
        await Ask(StoreCall.Stored, artifact).WaitAsync(cancellation).ConfigureAwait(false);

    public void OnAnswer(WorkerFrame frame)
    {
        var (number, isThere, error) = WorkerWords.AnswerOf(frame);
        if (_calls.TryRemove(number, out var call))
        {
            _ = error is null ? call.TrySetResult(isThere) : call.TrySetException(new FarmException(error));
        }
    }

    private Task<bool> Ask(StoreCall what, ArtifactRef artifact)
    {
        var number = Interlocked.Increment(ref s_last);
        var call = _calls[number] = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        send(WorkerWords.Call(number, what, artifact));
        return call.Task.WaitAsync(stop);
    }
}
