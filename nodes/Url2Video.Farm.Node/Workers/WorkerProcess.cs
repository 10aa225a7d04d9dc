using System.ComponentModel;
using System.Diagnostics;
using Url2Video.Farm.Cluster.Artifacts;
using Url2Video.Farm.Core;
using Url2Video.Farm.Core.Contracts;
using Url2Video.Farm.Core.Errors;
using Url2Video.Farm.Node.Logs;
using Url2Video.Farm.Node.Workers.Confinement;

namespace Url2Video.Farm.Node.Workers;

/// <summary>
/// One child process that does one job at a time. Whatever native code does to it, this side sees a result, an error, or the end of the process. A job that
/// nobody waits for is asked to stop, then ended with its process: there is no native call that cannot be stopped. What the child says is not trusted.
/// </summary>
internal sealed partial class WorkerProcess : IAsyncDisposable
{
    private const int CallsAtOnceMax = 64;
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1);

    /// <summary>What a process wrote before it ended may still be in the pipe; what it left behind may hold the pipe open for ever.</summary>
    private static readonly TimeSpan LastFrames = TimeSpan.FromSeconds(1);

    private readonly Process _process;
    private readonly TimeProvider _clock;
    private readonly Lock _gate = new();
    private readonly SemaphoreSlim _writing = new(1, 1);
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _exited = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly LastWords _lastWords = new(Limits.WorkerLastWordsCharsMax);
    private readonly ITimer _watch;
    private readonly Task _reading;
    private readonly Task _ended;
    private Job? _job;
    private string? _killedFor;
    private bool _isOver;
    private bool _isDisposed;
    private int _silentLooks;
    private int _calls;

    private WorkerProcess(Process process, TimeProvider clock)
    {
        (_process, _clock, IdleSince) = (process, clock, clock.GetTimestamp());
        _process.Exited += (_, _) => _exited.TrySetResult();
        _process.EnableRaisingEvents = true;
        using (ExecutionContext.SuppressFlow())
        {
            // Not of whoever happens to start it: a log of the first job must not be that of all that follow.
            _ = Task.Run(() => _lastWords.ReadAsync(_process.StandardError));
            _reading = Task.Run(ReadAsync);
            _ended = Task.Run(EndAsync);
            _watch = clock.CreateTimer(_ => OnLook(), null, Look, Look);
        }
    }

    public int Id => _process.Id;

    /// <summary>Jobs it was given.</summary>
    public int Jobs { get; private set; }

    public long IdleSince { get; private set; }

    /// <summary>A job failed in it. It may be the job; or the process, which out of memory fails whatever it is given.</summary>
    public bool IsDoubtful { get; private set; }

    public bool IsAlive
    {
        get
        {
            lock (_gate)
            {
                return !_isOver && _killedFor is null;
            }
        }
    }

    /// <summary>Resident bytes; 0 when it cannot be told.</summary>
    public long ResidentBytes
    {
        get
        {
            try
            {
                _process.Refresh();
                return _process.WorkingSet64;
            }
            catch (InvalidOperationException)
            {
                return 0; // Gone.
            }
        }
    }

    /// <param name="bounds">Null: it sees to its confinement itself.</param>
    /// <exception cref="FarmException"><c>ERR_WORKER_DIED</c>: it cannot be started.</exception>
    public static WorkerProcess Start(IReadOnlyList<string> command, WorkerBounds? bounds, TimeProvider clock)
    {
        var start = new ProcessStartInfo(command[0], command.Skip(1))
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        WorkerEnvironment.Clean(start.Environment);
        WorkerMemory.Set(start.Environment);
        try
        {
            var process = bounds is null ? Process.Start(start) : ConfinedStart.Start(start, bounds);
            return new WorkerProcess(process ?? throw new Win32Exception("no process"), clock);
        }
        catch (Exception fault) when (fault is Win32Exception or InvalidOperationException or IOException or UnauthorizedAccessException or OutOfMemoryException or ThreadStartException)
        {
            throw new FarmException(ErrorCodes.WorkerDied, $"A worker process cannot be started: {fault.Message}", "Look at the limits of processes, open files and memory of this machine.", retryable: true, fault);
        }
    }

    /// <summary>Completes when it may be given a job; fails when it ends before.</summary>
    public Task ReadyAsync(CancellationToken cancellation) => _ready.Task.WaitAsync(TimeSpan.FromSeconds(Limits.WorkerStartSecondsMax), _clock, cancellation);

    /// <exception cref="FarmException">The job failed, as the work says; <c>ERR_WORKER_DIED</c>: its process ended or fell silent.</exception>
    /// <exception cref="OperationCanceledException">Nobody waits for it any more.</exception>
    public async Task<JobResult> RunAsync(JobSpec spec, WorkContext context)
    {
        context.Cancellation.ThrowIfCancellationRequested();
        Jobs++;
        var job = new Job(Jobs, context, AttemptLog.Current);
        lock (_gate)
        {
            if (_isOver)
            {
                throw Died();
            }

            (_job, _silentLooks) = (job, 0);
            _lastWords.Clear(); // They may be of another film.
        }

        try
        {
            await SendAsync(WorkerWords.Run(new(job.Number, context.Artifacts.Root, context.ScratchDir, context.FilmDir, context.Artifacts.Backend is not null, context.Lease, spec))).ConfigureAwait(false);
            using var stop = context.Cancellation.UnsafeRegister(state => _ = StopAsync((Job)state!), job);
            return await job.Done.Task.ConfigureAwait(false);
        }
        finally
        {
            lock (_gate)
            {
                _job = null;
            }

            IdleSince = _clock.GetTimestamp();
        }
    }

    /// <summary>Lets it go: it ends when its input does, and is ended when it does not.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _isDisposed, true))
        {
            return;
        }

        await _watch.DisposeAsync().ConfigureAwait(false);
        try
        {
            _process.StandardInput.Close();
        }
        catch (Exception fault) when (fault is IOException or InvalidOperationException)
        {
            // It is gone.
        }

        var patience = TimeSpan.FromMilliseconds(Limits.WorkerStopMillis);
        await _ended.WaitAsync(patience, _clock).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        Kill("it is not needed any more");
        await _ended.WaitAsync(patience + LastFrames, _clock).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _process.Dispose();
    }

    // Not one message more is waited for than the time it has: a worker that reads nothing is ended all the same.
    private async Task StopAsync(Job job)
    {
        _ = SendAsync(WorkerWords.Stop(job.Number));
        await Task.Delay(TimeSpan.FromMilliseconds(Limits.WorkerStopMillis), _clock).ConfigureAwait(false);
        lock (_gate)
        {
            if (_job == job && !job.Done.Task.IsCompleted)
            {
                Kill("it did not stop");
            }
        }
    }

    private async Task ReadAsync()
    {
        try
        {
            var from = _process.StandardOutput.BaseStream;
            while (await WorkerFrame.ReadAsync(from, CancellationToken.None).ConfigureAwait(false) is { } frame)
            {
                Volatile.Write(ref _silentLooks, 0);
                OnFrame(frame);
            }
        }
        catch (Exception fault)
        {
            Kill($"what it says makes no sense ({fault.GetType().Name})"); // Whatever it is: it must not cost more than this process.
        }
    }

    private void OnFrame(WorkerFrame frame)
    {
        Job? job;
        lock (_gate)
        {
            job = _job;
        }

        switch (frame.Kind)
        {
            case WorkerFrameKind.Ready:
                _ready.TrySetResult();
                break;
            case WorkerFrameKind.Progress when job is not null:
                AttemptLog.Current = job.Log; // Whoever reports looks there for the last line.
                job.Context.Progress.Report(WorkerWords.ProgressOf(frame));
                break;
            case WorkerFrameKind.Line:
                job?.Log?.Write("WRN", WorkerWords.LineOf(frame));
                break;
            case WorkerFrameKind.Call when job is not null:
                _ = AnswerAsync(WorkerWords.CallOf(frame), job.Context);
                break;
            case WorkerFrameKind.Finished:
                job?.Done.TrySetResult(WorkerWords.ResultOf(frame));
                break;
            case WorkerFrameKind.Failed when job is not null:
                OnFailed(frame, job);
                break;
        }
    }

    private void OnFailed(WorkerFrame frame, Job job)
    {
        var (error, bug) = WorkerWords.FailureOf(frame);
        IsDoubtful = true;
        if (bug.Length > 0)
        {
            job.Log?.Write("ERR", bug);
        }

        _ = job.Context.Cancellation.IsCancellationRequested ? job.Done.TrySetCanceled(job.Context.Cancellation) : job.Done.TrySetException(new FarmException(error));
    }

    private async Task AnswerAsync((int Number, StoreCall Call, ArtifactRef Artifact) asked, WorkContext context)
    {
        if (Interlocked.Increment(ref _calls) > CallsAtOnceMax)
        {
            Kill("it asks for more at once than any work does");
            return;
        }

        var (isThere, error) = (true, (FarmError?)null);
        try
        {
            isThere = await DoAsync(asked.Call, asked.Artifact, context).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            return; // It is being stopped.
        }
        catch (Exception fault)
        {
            (isThere, error) = (false, Running.WorkRunner.ErrorOf(fault));
        }
        finally
        {
            Interlocked.Decrement(ref _calls);
        }

        await SendAsync(WorkerWords.Answer(asked.Number, isThere, error)).ConfigureAwait(false);
    }

    private static async ValueTask<bool> DoAsync(StoreCall call, ArtifactRef artifact, WorkContext context)
    {
        if (context.Artifacts.Backend is not { } backend)
        {
            return false;
        }

        switch (call)
        {
            case StoreCall.Using:
                backend.Using(artifact.Id);
                return true;
            case StoreCall.Bring:
                return await backend.TryBringAsync(artifact, context.Cancellation).ConfigureAwait(false);
            case StoreCall.Stored when context.Artifacts.With(null).Exists(artifact): // It says so; only what is there counts.
                await backend.StoredAsync(artifact, context.Cancellation).ConfigureAwait(false);
                return true;
            default:
                return false;
        }
    }

    private async Task SendAsync(WorkerFrame frame)
    {
        await _writing.WaitAsync().ConfigureAwait(false);
        try
        {
            var to = _process.StandardInput.BaseStream;
            await to.WriteAsync(frame.ToBytes()).ConfigureAwait(false);
            await to.FlushAsync().ConfigureAwait(false);
        }
        catch (Exception fault) when (fault is IOException or ObjectDisposedException or InvalidOperationException)
        {
            // It is gone; whoever watches its end hears it.
        }
        finally
        {
            _writing.Release();
        }
    }

    private sealed record Job(int Number, WorkContext Context, AttemptLog? Log)
    {
        public TaskCompletionSource<JobResult> Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
