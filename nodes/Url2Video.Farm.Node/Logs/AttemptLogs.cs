using System.Collections.Concurrent;
using Url2Video.Farm.Cluster.JobLogs;
using Url2Video.Farm.Core;
using Url2Video.Farm.Core.Contracts;
using Url2Video.Farm.Core.Errors;
using Url2Video.Farm.Node.Running;

namespace Url2Video.Farm.Node.Logs;

/// <summary>
/// Begins the log of each attempt and, when it has ended, stores and lists it beside the next one's work: in a failover a server is asked for seconds
/// whose attempt this was, and neither the slot nor the result wait for that. A log that cannot be kept costs nobody a film.
/// </summary>
internal sealed class AttemptLogs(IJobLogSink sink, TimeProvider clock)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(Limits.JobLogPatienceSeconds);

    private readonly ConcurrentDictionary<AttemptLog, Task> _untold = new();

    public AttemptLog Begin(Lease lease, JobSpec job)
    {
        var log = new AttemptLog(lease, clock);
        log.Write("INF", $"{job.Id.Name} attempt {lease.Attempt} on {lease.Node}");
        return log;
    }

    /// <summary>Returns at once.</summary>
    /// <param name="view">Handed over: closed when the log is told.</param>
    /// <param name="outcome">One of <see cref="AttemptOutcomes"/>.</param>
    public void End(AttemptLog log, IAttemptView view, string outcome, Exception? fault)
    {
        var ended = clock.GetUtcNow();
        log.Write(
            fault is null ? "INF" : "ERR",
            FormattableString.Invariant($"{outcome} after {(ended - log.StartedAt).TotalMilliseconds:0} ms{(fault is null ? "" : $": {WorkRunner.ErrorOf(fault)}")}"));
        if (_untold.Count >= Limits.JobLogsUntoldMax)
        {
            view.Dispose();
            return; // The farm takes none, and they are memory.
        }

        var told = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _untold[log] = told.Task;
        _ = Task.Run(async () =>
        {
            try
            {
                await TellAsync(log, view, outcome, ended).ConfigureAwait(false);
            }
            finally
            {
                view.Dispose();
                _untold.TryRemove(log, out _);
                told.SetResult();
            }
        });
    }

    /// <summary>Completes when each ended attempt's log is told or lost.</summary>
    public Task WhenToldAsync() => Task.WhenAll(_untold.Values);

    private async Task TellAsync(AttemptLog log, IAttemptView view, string outcome, DateTimeOffset ended)
    {
        using var patience = new CancellationTokenSource(Patience, clock);
        try
        {
            var lease = log.Lease;
            var text = await view.Store.WriteAsync(log.ToBytes(), patience.Token).ConfigureAwait(false);
            await view.DeliverAsync(patience.Token).ConfigureAwait(false);
            var entry = new JobLogEntry(
                lease.Job.Project, lease.Job.Name, lease.Attempt, lease.Node.Node, text, outcome, log.StartedAt.ToUnixTimeMilliseconds(), ended.ToUnixTimeMilliseconds());
            await sink.AddAsync(entry, patience.Token).ConfigureAwait(false);
        }
        catch (Exception lost) when (lost is FarmException or OperationCanceledException or InvalidOperationException or IOException or HttpRequestException or System.Data.Common.DbException)
        {
            // Told by nobody: it is the log that is lost.
        }
    }
}
