using System.Collections.Concurrent;
using Url2Video.Farm.Cli.Local;

namespace Url2Video.Farm.Cli.Chaos;

/// <summary>Does the faults to a local farm, and undoes those that last.</summary>
internal sealed class ChaosHand(LocalFarm farm, TimeProvider clock)
{
    private readonly ConcurrentDictionary<int, (Fault Fault, Task Undoing)> _lasting = new();
    private int _number;

    /// <summary>Returns when it is done; what lasts is undone later by itself.</summary>
    /// <returns>False when the victim was down or already hurt that way.</returns>
    public async Task<bool> DoAsync(Fault fault, CancellationToken cancellation)
    {
        switch (fault.Kind)
        {
            case FaultKind.Kill:
                return farm.Process(fault.Victim).Signal(Signals.Kill);
            case FaultKind.Freeze:
                return !IsLasting(fault) && farm.Process(fault.Victim).Signal(Signals.Stop) && Later(fault, () =>
                {
                    farm.Process(fault.Victim).Signal(Signals.Continue);
                    return Task.CompletedTask;
                });
            case FaultKind.Cut:
                if (IsLasting(fault) || farm.Network is not { } net)
                {
                    return false;
                }

                await net.CutAsync(fault.Victim, fault.Other!).ConfigureAwait(false);
                return Later(fault, () => net.HealAsync(fault.Victim, fault.Other!));
            case FaultKind.Pull:
                if (IsLasting(fault) || farm.Network is not { } network)
                {
                    return false;
                }

                await network.PullAsync(fault.Victim).ConfigureAwait(false);
                return Later(fault, () => network.PlugAsync(fault.Victim));
            case FaultKind.CrashDatabase:
                await farm.Postgres!.CrashAsync().ConfigureAwait(false);
                await farm.Postgres.StartAsync(cancellation).ConfigureAwait(false);
                return true;
            default:
                await farm.Postgres!.StopAsync().ConfigureAwait(false);
                await farm.Postgres.StartAsync(cancellation).ConfigureAwait(false);
                return true;
        }
    }

    /// <summary>Completes when nothing hurts any more.</summary>
    public Task HealedAsync() => Task.WhenAll(_lasting.Values.Select(l => l.Undoing));

    // The same two ends, whichever way round.
    private bool IsLasting(Fault fault) => _lasting.Values.Any(l => !l.Undoing.IsCompleted && l.Fault.Kind == fault.Kind
        && (l.Fault.Victim == fault.Victim || l.Fault.Victim == fault.Other) && (l.Fault.Other == fault.Other || l.Fault.Other == fault.Victim));

    private bool Later(Fault fault, Func<Task> undo)
    {
        _lasting[Interlocked.Increment(ref _number)] = (fault, UndoAsync(fault.Lasts, undo));
        return true;
    }

    // Not cancellable: what was hurt is always put right.
    private async Task UndoAsync(TimeSpan after, Func<Task> undo)
    {
        await Task.Delay(after, clock).ConfigureAwait(false);
        await undo().ConfigureAwait(false);
    }
}
