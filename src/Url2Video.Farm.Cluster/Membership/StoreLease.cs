using Akka.Actor;
using Akka.Actor.Setup;
using Akka.Coordination;
using Url2Video.Farm.Cluster.Store;

namespace Url2Video.Farm.Cluster.Membership;

/// <summary>Hands the store and the clock of a process to the leases that Akka makes.</summary>
internal sealed class StoreLeaseSetup(FarmDatabase database, TimeProvider clock) : Setup
{
    public LeaseTable Table { get; } = new(database);

    public TimeProvider Clock { get; } = clock;
}

/// <summary>
/// Akka's lease, kept in the store. Whether it is held is judged by the time at which the last successful statement was sent, so that a
/// process that slept through its end does not believe in it.
/// </summary>
internal sealed class StoreLease : Lease, IDisposable
{
    private static readonly TimeSpan Retry = TimeSpan.FromMilliseconds(200);

    private readonly LeaseTable _table;
    private readonly TimeProvider _clock;
    private readonly Lock _gate = new();
    private Holding? _held;

    /// <summary>Called by Akka, by reflection.</summary>
    public StoreLease(LeaseSettings settings, ExtendedActorSystem system)
        : this(settings, system.Settings.Setup.Get<StoreLeaseSetup>().Value)
    {
    }

    internal StoreLease(LeaseSettings settings, StoreLeaseSetup setup)
        : base(settings) => (_table, _clock) = (setup.Table, setup.Clock);

    private TimeSpan Ttl => Settings.TimeoutSettings.HeartbeatTimeout;

    public override Task<bool> Acquire() => Acquire(null!);

    public override async Task<bool> Acquire(Action<Exception> leaseLostCallback)
    {
        var (sent, version) = await TryUntilAsync(
            async stop => (_clock.GetTimestamp(), await _table.AcquireAsync(Settings.LeaseName, Settings.OwnerName, Ttl, stop).ConfigureAwait(false)))
            .ConfigureAwait(false);
        lock (_gate)
        {
            _held?.Stop.Cancel();
            _held = version is { } v ? new(v, sent, leaseLostCallback, new()) : null;
            if (_held is { } held)
            {
                _ = KeepAsync(held);
            }

            return _held is not null;
        }
    }

    public override async Task<bool> Release()
    {
        lock (_gate)
        {
            _held?.Stop.Cancel();
            _held = null;
        }

        return await TryUntilAsync(stop => _table.ReleaseAsync(Settings.LeaseName, Settings.OwnerName, stop)).ConfigureAwait(false);
    }

    public override bool CheckLease()
    {
        lock (_gate)
        {
            return _held is { } held && _clock.GetElapsedTime(held.RenewedAt) < Ttl;
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _held?.Stop.Cancel();
            _held = null;
        }
    }

    private async Task KeepAsync(Holding held)
    {
        using var timer = new PeriodicTimer(Settings.TimeoutSettings.HeartbeatInterval, _clock);
        Exception? trouble = null;
        while (_clock.GetElapsedTime(held.RenewedAt) < Ttl)
        {
            try
            {
                if (!await timer.WaitForNextTickAsync(held.Stop.Token).ConfigureAwait(false))
                {
                    return;
                }

                var sent = _clock.GetTimestamp();
                if (!await _table.RenewAsync(Settings.LeaseName, Settings.OwnerName, held.Version, Ttl, held.Stop.Token).ConfigureAwait(false))
                {
                    Lose(held, new LeaseException($"Somebody else has the lease {Settings.LeaseName}."));
                    return;
                }

                lock (_gate)
                {
                    held.RenewedAt = sent;
                }
            }
            catch (OperationCanceledException) when (held.Stop.IsCancellationRequested)
            {
                return;
            }
            catch (Exception fault) when (StoreFaults.IsOne(fault))
            {
                trouble = fault; // Good until its time is over; the store may be back before.
            }
        }

        Lose(held, new LeaseException($"The lease {Settings.LeaseName} could not be renewed in time.", trouble!));
    }

    private void Lose(Holding held, LeaseException why)
    {
        lock (_gate)
        {
            if (!ReferenceEquals(_held, held))
            {
                return;
            }

            _held = null;
        }

        held.Lost?.Invoke(why);
    }

    // A database that restarts must not cost a side of a split its life: try again for as long as the caller waits.
    private async Task<T> TryUntilAsync<T>(Func<CancellationToken, Task<T>> work)
    {
        using var patience = new CancellationTokenSource(Settings.TimeoutSettings.OperationTimeout, _clock);
        while (true)
        {
            try
            {
                return await work(patience.Token).ConfigureAwait(false);
            }
            catch (OperationCanceledException fault)
            {
                throw new LeaseException($"The store did not answer for the lease {Settings.LeaseName}.", fault);
            }
            catch (Exception fault) when (StoreFaults.IsOne(fault))
            {
                await Task.Delay(Retry, _clock, CancellationToken.None).ConfigureAwait(false);
                if (patience.IsCancellationRequested)
                {
                    throw new LeaseException($"The store cannot be asked for the lease {Settings.LeaseName}.", fault);
                }
            }
        }
    }

    private sealed class Holding(long version, long renewedAt, Action<Exception>? lost, CancellationTokenSource stop)
    {
        public long Version { get; } = version;

        public long RenewedAt { get; set; } = renewedAt;

        public Action<Exception>? Lost { get; } = lost;

        public CancellationTokenSource Stop { get; } = stop;
    }
}
