using System.Collections.Immutable;
using Url2Video.Farm.Core;
using Url2Video.Farm.Core.Contracts;
using Url2Video.Farm.Core.Errors;
using Url2Video.Farm.Node.Workers.Confinement;

namespace Url2Video.Farm.Node.Workers;

/// <param name="Command">Program and arguments of a worker, see <see cref="WorkerMain"/>.</param>
/// <param name="Warm">Processes that are started before they are asked for: those of the first jobs.</param>
public sealed record WorkerPoolOptions(ImmutableArray<string> Command, int Warm)
{
    /// <summary>What the processes are confined to when they start; null: each sees to that itself.</summary>
    public WorkerBounds? Bounds { get; init; }

    public TimeProvider Clock { get; init; } = TimeProvider.System;
}

/// <summary>
/// The worker processes of a node: one for each job in work, kept for the next. A process is given <see cref="Limits.WorkerJobsMax"/> jobs at most, and is
/// let go when a job failed in it, when it has grown past <see cref="Limits.WorkerRestBytesMax"/> or has been idle, so that what native libraries leak stays small. Safe for any thread.
/// </summary>
public sealed class WorkerPool : IAsyncDisposable
{
    private readonly WorkerPoolOptions _options;
    private readonly Lock _gate = new();
    private readonly Stack<WorkerProcess> _idle = new();
    private readonly HashSet<WorkerProcess> _all = [];
    private readonly ITimer _sweep;
    private bool _isClosed;

    public WorkerPool(WorkerPoolOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        _options = options;
        for (var i = 0; i < options.Warm; i++)
        {
            _ = Task.Run(Warm);
        }

        var period = TimeSpan.FromSeconds(Limits.WorkerIdleSecondsMax / 4.0);
        _sweep = options.Clock.CreateTimer(_ => Sweep(), null, period, period);
    }

    /// <summary>Ids of the processes that are there now.</summary>
    public IReadOnlyList<int> ProcessIds
    {
        get
        {
            lock (_gate)
            {
                return [.. _all.Where(w => w.IsAlive).Select(w => w.Id)];
            }
        }
    }

    /// <exception cref="FarmException">As the job failed; <c>ERR_WORKER_DIED</c>.</exception>
    internal async Task<JobResult> RunAsync(JobSpec job, WorkContext context)
    {
        // Who fetches pages needs sockets, so it is a process of its own, for this once: all others have none.
        var isOnline = job.Work is JobWork.Ingest { Source: SourceSpec.WebPage };
        var worker = isOnline ? await StartedAsync(Start(isOnline), context.Cancellation).ConfigureAwait(false) : await RentAsync(context.Cancellation).ConfigureAwait(false);
        try
        {
            return await worker.RunAsync(job, context).ConfigureAwait(false);
        }
        finally
        {
            if (isOnline)
            {
                LetGo(worker);
            }
            else
            {
                Return(worker);
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        WorkerProcess[] all;
        lock (_gate)
        {
            (_isClosed, all) = (true, [.. _all]);
            _all.Clear();
            _idle.Clear();
        }

        await _sweep.DisposeAsync().ConfigureAwait(false);
        await Task.WhenAll(all.Select(w => w.DisposeAsync().AsTask())).ConfigureAwait(false);
    }

    private async Task<WorkerProcess> RentAsync(CancellationToken cancellation)
    {
        while (TakeIdle() is { } idle)
        {
            if (idle.IsAlive)
            {
                return idle;
            }

            LetGo(idle);
        }

        return await StartedAsync(Start(), cancellation).ConfigureAwait(false);
    }

    private async Task<WorkerProcess> StartedAsync(WorkerProcess worker, CancellationToken cancellation)
    {
        try
        {
            await worker.ReadyAsync(cancellation).ConfigureAwait(false);
            return worker;
        }
        catch (Exception fault)
        {
            LetGo(worker);
            throw fault is TimeoutException
                ? new FarmException(ErrorCodes.WorkerDied, $"A worker process was not ready after {Limits.WorkerStartSecondsMax} s.", retryable: true, cause: fault)
                : fault;
        }
    }

    private void Return(WorkerProcess worker)
    {
        var isGood = worker is { IsAlive: true, IsDoubtful: false, Jobs: < Limits.WorkerJobsMax } && worker.ResidentBytes <= Limits.WorkerRestBytesMax;
        lock (_gate)
        {
            if (isGood && !_isClosed)
            {
                _idle.Push(worker);
                return;
            }
        }

        LetGo(worker);
    }

    // A worker that is started ahead is used by the first job that finds it ready.
    private async Task Warm()
    {
        WorkerProcess? worker = null;
        try
        {
            worker = Start();
            await worker.ReadyAsync(CancellationToken.None).ConfigureAwait(false);
            Return(worker);
        }
        catch (Exception fault) when (fault is FarmException or TimeoutException)
        {
            if (worker is not null)
            {
                LetGo(worker); // The job that needs one tries again and says why it fails.
            }
        }
    }

    private WorkerProcess Start(bool isOnline = false)
    {
        var worker = WorkerProcess.Start(isOnline ? [.. _options.Command, WorkersOf.OnlineOption] : _options.Command, _options.Bounds is { } bounds ? bounds with { IsOnline = isOnline } : null, _options.Clock);
        lock (_gate)
        {
            _all.Add(worker);
        }

        return worker;
    }

    private WorkerProcess? TakeIdle()
    {
        lock (_gate)
        {
            return _idle.TryPop(out var worker) ? worker : null;
        }
    }

    private void Sweep()
    {
        List<WorkerProcess> old;
        lock (_gate)
        {
            old = [.. _idle.Where(w => !w.IsAlive || _options.Clock.GetElapsedTime(w.IdleSince) > TimeSpan.FromSeconds(Limits.WorkerIdleSecondsMax))];
            var rest = _idle.Except(old).Reverse().ToList();
            _idle.Clear();
            rest.ForEach(_idle.Push);
        }

        old.ForEach(LetGo);
    }

    private void LetGo(WorkerProcess worker)
    {
        lock (_gate)
        {
            _all.Remove(worker);
        }

        _ = worker.DisposeAsync().AsTask();
    }
}
