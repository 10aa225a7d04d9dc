using System.Collections.Concurrent;
using System.Collections.Frozen;
using Url2Video.Farm.Cluster.Artifacts;
using Url2Video.Farm.Core;
using Url2Video.Farm.Core.Contracts;
using Url2Video.Farm.Core.Errors;
using Url2Video.Farm.Media.FFmpeg;
using Url2Video.Farm.Node.Logs;

namespace Url2Video.Farm.Node.Running;

/// <summary>Does one job: looks for a kept result, else runs the work of its kind, checks, delivers and keeps what comes out.</summary>
/// <param name="logs">Null: attempts leave no log.</param>
internal sealed class WorkRunner(IEnumerable<IWork> works, IAttemptFiles files, IResultIndex results, string scratchRoot, AttemptLogs? logs = null)
{
    /// <summary>A runner whose artifacts are those of the farm itself.</summary>
    public WorkRunner(IEnumerable<IWork> works, ArtifactStore artifacts, IResultIndex results, string scratchRoot, AttemptLogs? logs = null)
        : this(works, new SharedFiles(artifacts), results, scratchRoot, logs)
    {
    }

    private readonly FrozenDictionary<JobKind, IWork> _works = works.ToFrozenDictionary(w => w.Kind);
    private readonly ConcurrentDictionary<Lease, Task> _running = new();

    /// <summary>Completes when every work has ended and left its log, at the latest after <paramref name="patience"/>.</summary>
    public Task WhenIdleAsync(TimeSpan patience) =>
        Task.WhenAll([.. _running.Values, logs?.WhenToldAsync() ?? Task.CompletedTask]).WaitAsync(patience).ContinueWith(static _ => { }, TaskScheduler.Default);

    /// <exception cref="FarmException">The job failed.</exception>
    /// <exception cref="OperationCanceledException">Nobody wants it any more.</exception>
    public async Task<JobResult> RunAsync(Lease lease, JobSpec job, IProgress<WorkProgress> progress, CancellationToken cancellation)
    {
        var name = ResultNames.Of(job, _works.GetValueOrDefault(job.Work.Kind)?.Here ?? "");
        if (!job.WorkAnew && await results.FindAsync(name, cancellation).ConfigureAwait(false) is { } kept)
        {
            return kept;
        }

        if (!_works.TryGetValue(job.Work.Kind, out var work))
        {
            throw new FarmException(ErrorCodes.Internal, $"This node does not do {job.Work.Kind} jobs.");
        }

        var view = files.Open(lease, cancellation);
        var log = logs?.Begin(lease, job);
        Exception? fault = null;
        try
        {
            var result = await WorkAsync(work, lease, job, view, log is null ? progress : new LoggedProgress(log, progress), log, cancellation).ConfigureAwait(false);
            await view.DeliverAsync(cancellation).ConfigureAwait(false);
            await results.KeepAsync(name, result, job.WorkAnew, cancellation).ConfigureAwait(false);
            return result;
        }
        catch (Exception e)
        {
            fault = e;
            throw;
        }
        finally
        {
            if (log is null)
            {
                view.Dispose();
            }
            else
            {
                var outcome = fault is null ? AttemptOutcomes.Finished : cancellation.IsCancellationRequested ? AttemptOutcomes.Stopped : AttemptOutcomes.Failed;
                logs!.End(log, view, outcome, fault is OperationCanceledException ? null : fault);
            }
        }
    }

    private async Task<JobResult> WorkAsync(
        IWork work, Lease lease, JobSpec job, IAttemptView view, IProgress<WorkProgress> progress, AttemptLog? log, CancellationToken cancellation)
    {
        using var scratch = ScratchFolder.Create(scratchRoot, lease);
        var context = new WorkContext(lease, view.Store, scratch.FullPath, progress, cancellation);
        var running = WorkThread.Run($"{job.Id.Name}#{lease.Attempt}", () => LoggedAsync(log, () => work.RunAsync(job, context)));
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
        return ArtifactsOf.Result(result).All(view.Store.Exists)
            ? result
            : throw new FarmException(ErrorCodes.Internal, $"{job.Id.Name} named an artifact that it did not store.");
    }

    // On the thread of the work: what it says, and what its libraries warn of, goes into its log.
    private static async Task<JobResult> LoggedAsync(AttemptLog? log, Func<Task<JobResult>> work)
    {
        if (log is null)
        {
            return await work().ConfigureAwait(false);
        }

        AttemptLog.Current = log;
        using (MediaLog.Listen(line => log.Write("WRN", line)))
        {
            return await work().ConfigureAwait(false);
        }
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
