using System.ComponentModel;
using System.Diagnostics;
using System.Text;
using Url2Video.Farm.Cluster.Artifacts;
using Url2Video.Farm.Core;
using Url2Video.Farm.Core.Contracts;
using Url2Video.Farm.Core.Errors;
using Url2Video.Farm.Node.Logs;

namespace Url2Video.Farm.Node.Workers;

/// <summary>
/// One child process that does one job at a time. Whatever native code does to it, this side sees a result, an error, or the end of a pipe. A job that
/// nobody waits for is asked to stop, then ended with its process: there is no native call that cannot be stopped.
/// </summary>
internal sealed class WorkerProcess : IAsyncDisposable
{
    private const int LastWordsCharsMax = 2_000;
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1);

    private readonly Process _process;
    private readonly TimeProvider _clock;
    private readonly SemaphoreSlim _writing = new(1, 1);
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly StringBuilder _lastWords = new();
    private readonly ITimer _watch;
    private readonly Task _reading;
    private TaskCompletionSource<JobResult>? _done;
    private WorkContext? _context;
    private AttemptLog? _log;
    private string? _killedFor;
    private long _heardAt;

    private WorkerProcess(Process process, TimeProvider clock)
    {
        (_process, _clock, _heardAt, IdleSince) = (process, clock, clock.GetTimestamp(), clock.GetTimestamp());
        _process.ErrorDataReceived += (_, line) => OnErrorLine(line.Data);
        _process.BeginErrorReadLine();
        _reading = Task.Run(ReadAsync);
        _watch = clock.CreateTimer(_ => OnLook(), null, Look, Look);
    }

    public int Id => _process.Id;

    /// <summary>Jobs it was given.</summary>
    public int Jobs { get; private set; }

    public long IdleSince { get; private set; }

    /// <summary>A job failed in it. It may be the job; or the process, which out of memory fails whatever it is given.</summary>
    public bool IsDoubtful { get; private set; }

    public bool IsAlive => !_reading.IsCompleted && _killedFor is null;

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

    /// <exception cref="FarmException"><c>ERR_WORKER_DIED</c>: it cannot be started.</exception>
    public static WorkerProcess Start(IReadOnlyList<string> command, TimeProvider clock)
    {
        var start = new ProcessStartInfo(command[0], command.Skip(1))
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        foreach (var secret in start.Environment.Keys.Where(k => k.StartsWith("URL2VIDEO_", StringComparison.OrdinalIgnoreCase)).ToList())
        {
            start.Environment.Remove(secret); // Tokens and addresses of stores are not for whoever decodes strangers' files.
        }

        try
        {
            return new(Process.Start(start) ?? throw new Win32Exception("no process"), clock);
        }
        catch (Exception fault) when (fault is Win32Exception or InvalidOperationException)
        {
            throw new FarmException(ErrorCodes.WorkerDied, $"A worker process cannot be started: {fault.Message}", "Look at the limits of processes and memory of this machine.", retryable: true, fault);
        }
    }

    /// <summary>Completes when it may be given a job; fails when it ends before.</summary>
    public Task ReadyAsync(CancellationToken cancellation) => _ready.Task.WaitAsync(TimeSpan.FromSeconds(Limits.WorkerStartSecondsMax), _clock, cancellation);

    /// <exception cref="FarmException">The job failed, as the work says; <c>ERR_WORKER_DIED</c>: its process ended or fell silent.</exception>
    /// <exception cref="OperationCanceledException">Nobody waits for it any more.</exception>
    public async Task<JobResult> RunAsync(JobSpec job, WorkContext context)
    {
        var done = new TaskCompletionSource<JobResult>(TaskCreationOptions.RunContinuationsAsynchronously);
        (_log, _context, Jobs) = (AttemptLog.Current, context, Jobs + 1);
        Volatile.Write(ref _done, done);
        if (!IsAlive)
        {
            Over();
        }

        using var stop = context.Cancellation.UnsafeRegister(static state => _ = ((WorkerProcess)state!).StopAsync(), this);
        try
        {
            await SendAsync(WorkerWords.Run(new(Jobs, context.Artifacts.Root, context.ScratchDir, context.Artifacts.Backend is not null, context.Lease, job))).ConfigureAwait(false);
            return await done.Task.ConfigureAwait(false);
        }
        finally
        {
            Volatile.Write(ref _done, null);
            (_context, _log, IdleSince) = (null, null, _clock.GetTimestamp());
        }
    }

    /// <summary>Lets it go: it ends when its input does, and is ended when it does not.</summary>
    public async ValueTask DisposeAsync()
    {
        await _watch.DisposeAsync().ConfigureAwait(false);
        try
        {
            _process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It is gone.
        }

        await _reading.WaitAsync(TimeSpan.FromMilliseconds(Limits.WorkerStopMillis), _clock).ContinueWith(static _ => { }, TaskScheduler.Default).ConfigureAwait(false);
        Kill("it is not needed any more");
        await _reading.ConfigureAwait(false);
        _process.Dispose();
        _writing.Dispose();
    }

    private async Task StopAsync()
    {
        var done = Volatile.Read(ref _done);
        await SendAsync(WorkerWords.Stop(Jobs)).ConfigureAwait(false);
        await Task.Delay(TimeSpan.FromMilliseconds(Limits.WorkerStopMillis), _clock).ConfigureAwait(false);
        if (done is { Task.IsCompleted: false } && Volatile.Read(ref _done) == done)
        {
            Kill("it did not stop");
        }
    }

    private async Task ReadAsync()
    {
        try
        {
            var from = _process.StandardOutput.BaseStream;
            while (await WorkerFrame.ReadAsync(from, CancellationToken.None).ConfigureAwait(false) is { } frame)
            {
                Volatile.Write(ref _heardAt, _clock.GetTimestamp());
                OnFrame(frame);
            }
        }
        catch (Exception fault) when (fault is IOException or InvalidDataException or ObjectDisposedException or System.Text.Json.JsonException or InvalidCastException)
        {
            Kill($"what it says makes no sense ({fault.GetType().Name})");
        }

        await _process.WaitForExitAsync(CancellationToken.None).ConfigureAwait(false);
        _ready.TrySetException(Died());
        _ = _ready.Task.Exception; // Seen: who waits for it is told as well.
        Over();
    }

    private void OnFrame(WorkerFrame frame)
    {
        switch (frame.Kind)
        {
            case WorkerFrameKind.Ready:
                _ready.TrySetResult();
                break;
            case WorkerFrameKind.Progress:
                _context?.Progress.Report(WorkerWords.ProgressOf(frame));
                break;
            case WorkerFrameKind.Line:
                _log?.Write("WRN", WorkerWords.LineOf(frame));
                break;
            case WorkerFrameKind.Call when _context is { } context:
                _ = AnswerAsync(frame, context);
                break;
            case WorkerFrameKind.Finished:
                Volatile.Read(ref _done)?.TrySetResult(WorkerWords.ResultOf(frame));
                break;
            case WorkerFrameKind.Failed:
                OnFailed(frame);
                break;
        }
    }

    private void OnFailed(WorkerFrame frame)
    {
        var (error, bug) = WorkerWords.FailureOf(frame);
        IsDoubtful = true;
        if (bug.Length > 0)
        {
            _log?.Write("ERR", bug);
        }

        _ = _context?.Cancellation.IsCancellationRequested is true
            ? Volatile.Read(ref _done)?.TrySetCanceled(_context.Cancellation)
            : Volatile.Read(ref _done)?.TrySetException(new FarmException(error));
    }

    private async Task AnswerAsync(WorkerFrame frame, WorkContext context)
    {
        var (number, call, artifact) = WorkerWords.CallOf(frame);
        var (isThere, error) = (true, (FarmError?)null);
        try
        {
            switch (call)
            {
                case StoreCall.Using:
                    context.Artifacts.Backend!.Using(artifact.Id);
                    break;
                case StoreCall.Bring:
                    isThere = await context.Artifacts.Backend!.TryBringAsync(artifact, context.Cancellation).ConfigureAwait(false);
                    break;
                case StoreCall.Stored:
                    await context.Artifacts.Backend!.StoredAsync(artifact, context.Cancellation).ConfigureAwait(false);
                    break;
            }
        }
        catch (OperationCanceledException)
        {
            return; // It is being stopped.
        }
        catch (Exception fault)
        {
            (isThere, error) = (false, Running.WorkRunner.ErrorOf(fault));
        }

        await SendAsync(WorkerWords.Answer(number, isThere, error)).ConfigureAwait(false);
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
        catch (Exception fault) when (fault is IOException or ObjectDisposedException)
        {
            // It is gone; whoever reads hears it.
        }
        finally
        {
            _writing.Release();
        }
    }

    private void OnLook()
    {
        if (_done is not null && _clock.GetElapsedTime(Volatile.Read(ref _heardAt)) > TimeSpan.FromSeconds(Limits.WorkerSilentSecondsMax))
        {
            Kill($"it said nothing for {Limits.WorkerSilentSecondsMax} s");
        }
    }

    private void Kill(string why)
    {
        try
        {
            if (!_process.HasExited)
            {
                _killedFor ??= why;
                _process.Kill(entireProcessTree: true);
            }
        }
        catch (Exception fault) when (fault is InvalidOperationException or Win32Exception)
        {
            // It ended by itself in between.
        }
    }

    private void Over()
    {
        if (Volatile.Read(ref _done) is not { } done)
        {
            return;
        }

        _ = _context is { Cancellation: { IsCancellationRequested: true } stopped } ? done.TrySetCanceled(stopped) : done.TrySetException(Died());
    }

    private FarmException Died()
    {
        var status = _process.HasExited ? _process.ExitCode : 0;
        var how = _killedFor is { } why ? $"was ended because {why}"
            : status > 128 ? $"was ended by signal {status - 128}{NameOf(status - 128)}"
            : $"ended with status {status}";
        string said;
        lock (_lastWords)
        {
            said = _lastWords.Length == 0 ? string.Empty : $" Its last words: {_lastWords}";
        }

        return new FarmException(ErrorCodes.WorkerDied, $"The process that did the job {how}.{said}", "It is tried again, elsewhere if it can be. If it always ends so, the file it works on breaks a codec.", retryable: true);
    }

    private static string NameOf(int signal) => signal switch
    {
        4 => " (SIGILL)",
        6 => " (SIGABRT)",
        7 => " (SIGBUS)",
        8 => " (SIGFPE)",
        9 => " (SIGKILL: perhaps out of memory)",
        11 => " (SIGSEGV)",
        _ => string.Empty,
    };

    private void OnErrorLine(string? line)
    {
        if (line is null)
        {
            return;
        }

        lock (_lastWords)
        {
            _lastWords.Append(line.AsSpan(0, Math.Min(line.Length, LastWordsCharsMax))).Append(' ');
            if (_lastWords.Length > LastWordsCharsMax)
            {
                _lastWords.Remove(0, _lastWords.Length - LastWordsCharsMax);
            }
        }
    }
}
