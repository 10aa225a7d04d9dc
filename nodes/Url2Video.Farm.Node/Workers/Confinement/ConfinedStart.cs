using System.Diagnostics;
using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;

namespace Url2Video.Farm.Node.Workers.Confinement;

/// <summary>
/// Starts a worker from a thread that has confined itself. The kernel hands what holds for a thread on to what it starts, so the worker is confined from its
/// first instruction and its runtime begins once. The thread does nothing else, and ends with it: whatever thread it made would be confined as well.
/// </summary>
internal static class ConfinedStart
{
    private const int StackBytes = 256 * 1024;

    // The runtime makes its thread for signals when it is first needed, which the start of a process does. It must not be made by a confined thread.
    static ConfinedStart() => PosixSignalRegistration.Create(PosixSignal.SIGQUIT, static _ => { }).Dispose();

    /// <param name="bounds">They end up in TMPDIR, too.</param>
    /// <param name="say">Told what could not be had.</param>
    /// <returns>Null as <see cref="Process.Start(ProcessStartInfo)"/>.</returns>
    public static Process? Start(ProcessStartInfo start, WorkerBounds bounds, Action<string> say)
    {
        ArgumentNullException.ThrowIfNull(start);
        ArgumentNullException.ThrowIfNull(bounds);
        start.Environment["TMPDIR"] = bounds.Folders[^1];
        Process? process = null;
        ExceptionDispatchInfo? fault = null;
        var thread = new Thread(() =>
        {
            try
            {
                _ = WorkerConfinement.TryEnter(bounds, start.FileName, say);
                process = Process.Start(start);
            }
            catch (Exception e)
            {
                fault = ExceptionDispatchInfo.Capture(e);
            }
        }, StackBytes)
        {
            IsBackground = true,
            Name = "worker start",
        };
        thread.UnsafeStart(); // Nothing of whoever happens to start it.
        thread.Join(); // Not awaited: to wake a waiter, the thread might have to make one for the pool.
        fault?.Throw();
        if (process is not null)
        {
            WorkerSelf.EndFirst(process.Id);
        }

        return process;
    }
}
