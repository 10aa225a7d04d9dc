using System.Diagnostics;
using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;

namespace Url2Video.Farm.Node.Workers.Confinement;

/// <summary>
/// Starts a worker from a thread that has confined itself. The kernel hands what holds for a thread on to what it starts, so the worker is confined from its
/// first instruction and its runtime begins once. The thread does nothing else, and ends with it.
/// </summary>
/// <remarks>
/// Whatever thread the runtime makes in between, for a collection or to compile, is confined as well and lives on in this process, open to that worker. It cannot be
/// forbidden, so it is looked for before the worker is given anything: if there is one, the worker is ended, and begins again without bounds, to confine itself.
/// </remarks>
internal static class ConfinedStart
{
    /// <summary>A millisecond each: the thread has done its work, but the kernel may not have ended it yet.</summary>
    private const int LooksMax = 1_000;

    private static readonly Lock s_one = new();

    // The runtime makes its thread for signals when it is first needed, which the start of a process does. It must not be made by a confined thread.
    static ConfinedStart() => PosixSignalRegistration.Create(PosixSignal.SIGQUIT, static _ => { }).Dispose();

    /// <param name="start">Of a worker, whose last argument is not said yet: whether it is confined.</param>
    /// <param name="bounds">The last of their folders becomes its TMPDIR.</param>
    /// <returns>Null as <see cref="Process.Start(ProcessStartInfo)"/>.</returns>
    /// <exception cref="IOException">The kernel can confine and refuses; nothing is started.</exception>
    public static Process? Start(ProcessStartInfo start, WorkerBounds bounds)
    {
        ArgumentNullException.ThrowIfNull(start);
        ArgumentNullException.ThrowIfNull(bounds);
        using var ready = ThreadBounds.TryCreate(bounds, start.FileName);
        if (ready is not null)
        {
            start.Environment["TMPDIR"] = bounds.Folders[^1];
        }

        return Start(start, ready, Process.Start);
    }

    /// <param name="ready">Null: it sees to its confinement itself, as far as the kernel has any.</param>
    /// <param name="begin">What starts it, on the thread that is confined.</param>
    internal static Process? Start(ProcessStartInfo start, ThreadBounds? ready, Func<ProcessStartInfo, Process?> begin)
    {
        lock (s_one) // Two at once would take each other's threads for what they look for.
        {
            if (ready is { IsForOneThread: true } && ConfinedThreads.CanTell(ready) && ConfinedThreads.Find().Count == 0)
            {
                start.ArgumentList.Add(WorkersOf.ConfinedOption);
                if (TryFromThread(start, ready, begin) is { } process)
                {
                    WorkerSelf.EndFirst(process.Id);
                    return process;
                }

                start.ArgumentList.RemoveAt(start.ArgumentList.Count - 1);
            }
        }

        return begin(start);
    }

    // Null: a thread was left behind, and the worker is ended.
    private static Process? TryFromThread(ProcessStartInfo start, ThreadBounds ready, Func<ProcessStartInfo, Process?> begin)
    {
        Process? process = null;
        ExceptionDispatchInfo? fault = null;
        var id = 0;
        var thread = new Thread(() =>
        {
            try
            {
                id = ConfinedThreads.Current();
                ready.Enter();
                process = begin(start);
            }
            catch (Exception e)
            {
                fault = ExceptionDispatchInfo.Capture(e);
            }
        })
        {
            IsBackground = true,
            Name = "worker start",
        };
        thread.UnsafeStart(); // Nothing of whoever happens to start it.
        thread.Join(); // Not awaited: to wake a waiter, the thread might have to make one for the pool.
        var isAlone = false;
        try
        {
            fault?.Throw();
            isAlone = IsNobodyLeft(id);
        }
        finally
        {
            if (!isAlone && process is not null)
            {
                process.Kill();
                process.Dispose();
            }
        }

        return isAlone ? process : null;
    }

    private static bool IsNobodyLeft(int ending)
    {
        var empty = 0;
        for (var looks = 0; looks < LooksMax; looks++)
        {
            var left = ConfinedThreads.Find();
            if (left.Any(id => id != ending))
            {
                return false;
            }

            empty = left.Count == 0 ? empty + 1 : 0;
            if (empty == 2) // A list that is read while a thread ends may pass over the one behind it.
            {
                return true;
            }

            Thread.Sleep(1); // The kernel tells nobody of the end of a thread.
        }

        return false;
    }
}
