using Microsoft.Extensions.Logging;
using Url2Video.Farm.Cluster.Store;
using Url2Video.Farm.Core;

namespace Url2Video.Farm.Cluster.Membership;

/// <summary>Keeps the row of one server alive, and tells it when it has none any more.</summary>
/// <param name="onRemoved">The others have removed this server.</param>
internal sealed class ServerPresence(ServerRegistry registry, string id, TimeProvider clock, ILogger log, Action onRemoved) : IAsyncDisposable
{
    private static readonly TimeSpan GoodbyeWithin = TimeSpan.FromSeconds(1);

    private readonly CancellationTokenSource _stop = new();
    private Task _keeping = Task.CompletedTask;

    public void Begin() => _keeping = KeepAsync();

    /// <summary>The row of a member that has gone goes too. Every server that is left tries; one success is enough.</summary>
    public void Forget(string other)
    {
        if (!_stop.IsCancellationRequested)
        {
            _ = RemoveAsync(other);
        }
    }

    /// <summary>Stops renewing and takes the row away, as far as the store answers.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        await _keeping.ConfigureAwait(false);
        await RemoveAsync(id).ConfigureAwait(false);
    }

    private async Task RemoveAsync(string row)
    {
        using var patience = new CancellationTokenSource(GoodbyeWithin, clock);
        try
        {
            await registry.RemoveAsync(row, patience.Token).ConfigureAwait(false);
        }
        catch (Exception fault) when (StoreFaults.IsOne(fault) || fault is OperationCanceledException or ObjectDisposedException)
        {
            log.LogWarning("The row of {Server} could not be removed: {Reason}", row, fault.Message);
        }
    }

    private async Task KeepAsync()
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(Limits.ServerSeenPeriodMillis), clock);
        try
        {
            while (await timer.WaitForNextTickAsync(_stop.Token).ConfigureAwait(false))
            {
                if (!await IsThereAsync().ConfigureAwait(false))
                {
                    onRemoved();
                    return;
                }
            }
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // Leaving.
        }
    }

    // A store that does not answer removes nobody.
    private async Task<bool> IsThereAsync()
    {
        try
        {
            return await registry.SeenAsync(id, _stop.Token).ConfigureAwait(false);
        }
        catch (Exception fault) when (StoreFaults.IsOne(fault))
        {
            log.LogWarning("The store does not answer: {Reason}", fault.Message);
            return true;
        }
    }
}
