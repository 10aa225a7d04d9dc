using System.ComponentModel;
using Url2Video.Farm.Core;
using Url2Video.Farm.Core.Errors;

namespace Url2Video.Farm.Node.Workers;

/// <summary>How a worker process ends, and what is said of it then.</summary>
internal sealed partial class WorkerProcess
{
    private async Task EndAsync()
    {
        await Task.WhenAny(_exited.Task, _reading).ConfigureAwait(false);
        await Task.WhenAny(_exited.Task, Task.Delay(LastFrames, _clock)).ConfigureAwait(false); // Its pipe is closed a moment before its end is known.
        if (!_exited.Task.IsCompleted)
        {
            Kill("it closed its pipe");
        }

        await _exited.Task.ConfigureAwait(false);
        await Task.WhenAny(_reading, Task.Delay(LastFrames, _clock)).ConfigureAwait(false);
        Job? job;
        lock (_gate)
        {
            (_isOver, job) = (true, _job);
        }

        _ready.TrySetException(Died());
        _ = _ready.Task.Exception; // Seen: who waits for it is told as well.
        if (job is not null)
        {
            _ = job.Context.Cancellation.IsCancellationRequested ? job.Done.TrySetCanceled(job.Context.Cancellation) : job.Done.TrySetException(Died());
        }
    }

    // Looks are counted, not time: a node that stood still itself has not looked.
    private void OnLook()
    {
        lock (_gate)
        {
            if (_job is null || ++_silentLooks <= Limits.WorkerSilentSecondsMax)
            {
                return;
            }
        }

        Kill($"it said nothing for {Limits.WorkerSilentSecondsMax} s");
    }

    private void Kill(string why)
    {
        lock (_gate)
        {
            _killedFor ??= why;
        }

        try
        {
            if (!_process.HasExited)
            {
                _process.Kill(entireProcessTree: true);
            }
        }
        catch (Exception fault) when (fault is InvalidOperationException or Win32Exception or AggregateException or NotSupportedException)
        {
            // It ended by itself in between, or left something behind that nobody can end.
        }
    }

    private FarmException Died()
    {
        var status = _exited.Task.IsCompleted ? _process.ExitCode : 0;
        var how = _killedFor is { } why ? $"was ended because {why}"
            : status > 128 ? $"was ended by signal {status - 128}{NameOf(status - 128)}"
            : $"ended with status {status}";
        var said = _lastWords.ToString();
        return new FarmException(
            ErrorCodes.WorkerDied, $"The process that did the job {how}.{(said.Length == 0 ? "" : $" Its last words: {said}")}",
            "It is tried again, elsewhere if it can be. If it always ends so, the file it works on breaks a codec.", retryable: true);
    }

    private static string NameOf(int signal) => signal switch
    {
        4 => " (SIGILL)",
        5 => " (SIGTRAP)",
        6 => " (SIGABRT)",
        7 => " (SIGBUS)",
        8 => " (SIGFPE)",
        9 => " (SIGKILL: perhaps out of memory)",
        11 => " (SIGSEGV)",
        _ => string.Empty,
    };
}
