using System.Collections.Concurrent;
using System.Collections.Frozen;
using Url2Video.Farm.Cluster.Artifacts;
using Url2Video.Farm.Core;
using Url2Video.Farm.Core.Contracts;
using Url2Video.Farm.Core.Errors;

namespace Url2Video.Farm.Node.Running;

/// <summary>Does one job: looks for a kept result, else runs the work of its kind, checks and keeps what comes out.</summary>
internal sealed class WorkRunner(IEnumerable<IWork> works, ArtifactStore artifacts, IResultIndex results, string scratchRoot)
{
    private readonly FrozenDictionary<JobKind, IWork> _works = works.ToFrozenDictionary(w => w.Kind);
    private readonly ConcurrentDictionary<Lease, Task> _running = new();

    /// <summary>Completes when every work has ended, at the latest after <paramref name="patience"/>.</summary>
    public Task WhenIdleAsync(TimeSpan patience) =>
        Task.WhenAll(_running.Values).WaitAsync(patience).ContinueWith(static _ => { }, TaskScheduler.Default);

    /// <exception cref="FarmException">The job failed.</exception>
    /// <exception cref="OperationCanceledException">Nobody wants it any more.</exception>
    public async Task<JobResult> RunAsync(Lease lease, JobSpec job, IProgress<WorkProgress> progress, CancellationToken cancellation)
    {
        if (!job.WorkAnew && await results.FindAsync(ResultNames.Of(job), cancellation).ConfigureAwait(false) is { } kept)
        {
            return kept;
        }

        if (!_works.TryGetValue(job.Work.Kind, out var work))
        {
            throw new FarmException(ErrorCodes.Internal, $"This node does not do {job.Work.Kind} jobs.");
        }

        using var scratch = ScratchFolder.Create(scratchRoot, lease);
        var context = new WorkContext(lease, artifacts, scratch.FullPath, progress, cancellation);
        var running = WorkThread.Run($"{job.Id.Name}#{lease.Attempt}", () => work.RunAsync(job, context));
        _running[lease] = running;
        JobResult result;
        try
        {
            result = await running.ConfigureAwait(false);
        }
        finally
        {
            _running.TryRemove(lease, out _);
        }

        cancellation.ThrowIfCancellationRequested();
        var name = ResultNames.Of(job);
        await results.KeepAsync(name, result, job.WorkAnew, cancellation).ConfigureAwait(false);
        return await results.FindAsync(name, cancellation).ConfigureAwait(false) ?? throw new FarmException(ErrorCodes.Internal, $"{job.Id.Name} named an artifact that it did not store.");
    }

    /// <summary>What the farm says of a failed attempt.</summary>
    public static FarmError ErrorOf(Exception fault) => fault switch
    {
        FarmException known => known.Error,
        AggregateException { InnerException: { } inner } => ErrorOf(inner),
        _ when IoFaults.IsKnown(fault) => IoFaults.Translate(fault, "work").Error,
        _ => new FarmError(ErrorCodes.Internal, $"{fault.GetType().Name}: {fault.Message}", Retryable: true),
    };
}
