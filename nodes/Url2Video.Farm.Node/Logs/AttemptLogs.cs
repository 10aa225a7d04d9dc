using Url2Video.Farm.Cluster.JobLogs;
using Url2Video.Farm.Core;
using Url2Video.Farm.Core.Contracts;
using Url2Video.Farm.Core.Errors;
using Url2Video.Farm.Node.Running;

namespace Url2Video.Farm.Node.Logs;

/// <summary>Begins the log of each attempt and, when it has ended, stores and lists it. A log that cannot be kept costs nobody a film.</summary>
internal sealed class AttemptLogs(IJobLogSink sink, TimeProvider clock)
{
    /// <summary>The result waits that long at most.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    public AttemptLog Begin(Lease lease, JobSpec job)
    {
        var log = new AttemptLog(lease, clock);
        log.Write("INF", $"{job.Id.Name} attempt {lease.Attempt} on {lease.Node}");
        return log;
    }

    /// <param name="outcome">One of <see cref="AttemptOutcomes"/>.</param>
    public async Task EndAsync(AttemptLog log, IAttemptView view, string outcome, Exception? fault)
    {
        var ended = clock.GetUtcNow();
        log.Write(
            fault is null ? "INF" : "ERR",
            FormattableString.Invariant($"{outcome} after {(ended - log.StartedAt).TotalMilliseconds:0} ms{(fault is null ? "" : $": {WorkRunner.ErrorOf(fault)}")}"));
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
        catch (Exception lost) when (lost is FarmException or OperationCanceledException or IOException or HttpRequestException or System.Data.Common.DbException)
        {
            // Told by nobody: it is the log that is lost.
        }
    }
}
