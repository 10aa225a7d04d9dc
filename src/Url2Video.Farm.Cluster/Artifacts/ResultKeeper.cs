using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Url2Video.Farm.Core;
using Url2Video.Farm.Core.Contracts;
using Url2Video.Farm.Core.Errors;

namespace Url2Video.Farm.Cluster.Artifacts;

/// <summary>
/// Writes results that their projects have accepted into the index, behind the jobs' backs. What does not fit into the queue, or meets a
/// store that is away, is not kept: should it be wanted again it is worked again. Safe for any thread.
/// </summary>
internal sealed class ResultKeeper
{
    private readonly Channel<(string Name, JobResult Result, bool Replace)> _queue =
        Channel.CreateBounded<(string, JobResult, bool)>(new BoundedChannelOptions(Limits.ResultsToKeepMax) { SingleReader = true, FullMode = BoundedChannelFullMode.DropWrite });

    private readonly IResultIndex _index;
    private readonly ILogger _log;

    public ResultKeeper(IResultIndex index, ILogger log)
    {
        (_index, _log) = (index, log);
        Ended = WriteAsync();
    }

    /// <summary>Completes after <see cref="Complete"/>, when what was queued is written; never fails.</summary>
    public Task Ended { get; }

    /// <summary>Never blocks.</summary>
    /// <param name="replace">See <see cref="IResultIndex.KeepAsync"/>.</param>
    public void Keep(string name, JobResult result, bool replace) => _queue.Writer.TryWrite((name, result, replace));

    /// <summary>Takes nothing more.</summary>
    public void Complete() => _queue.Writer.TryComplete();

    private async Task WriteAsync()
    {
        await foreach (var (name, result, replace) in _queue.Reader.ReadAllAsync().ConfigureAwait(false))
        {
            try
            {
                await _index.KeepAsync(name, result, replace, CancellationToken.None).ConfigureAwait(false);
            }
            catch (Exception fault) when (fault is FarmException or ObjectDisposedException)
            {
                _log.LogDebug("The result {Name} is not kept: {Reason}", name, fault.Message);
            }
        }
    }
}
