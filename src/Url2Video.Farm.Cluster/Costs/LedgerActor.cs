using Akka.Actor;
using Akka.Event;
using Url2Video.Farm.Cluster.Store;
using Url2Video.Farm.Core;
using Url2Video.Farm.Core.Dispatch;

namespace Url2Video.Farm.Cluster.Costs;

/// <summary>
/// Writes down what the dispatcher wants kept: costs in batches, suspicions one by one. A store that does not answer delays it and
/// nothing else; beyond <see cref="Limits.ChargesKeptMax"/> the oldest costs are dropped, and the log says so.
/// </summary>
internal sealed class LedgerActor : ReceiveActor, IWithTimers
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(1);

    private readonly CostTable _costs;
    private readonly QuarantineTable _quarantines;
    private readonly Queue<DispatchEffect.Charge> _charges = new();
    private readonly Queue<DispatchEffect> _nodes = new();
    private readonly ILoggingAdapter _log = Context.GetLogger();
    private bool _isWriting;
    private bool _isLoaded;

    public LedgerActor(FarmDatabase database)
    {
        (_costs, _quarantines) = (new CostTable(database), new QuarantineTable(database));
        Receive<DispatchEffect.Charge>(OnCharge);
        Receive<DispatchEffect.NodeQuarantined>(_nodes.Enqueue);
        Receive<DispatchEffect.NodePardoned>(_nodes.Enqueue);
        Receive<Written>(m => OnWritten(m.Fault));
        Receive<Loaded>(OnLoaded);
        Receive<Tick>(_ => Write());
    }

    public ITimerScheduler Timers { get; set; } = null!;

    public static Props Props(FarmDatabase database) => Akka.Actor.Props.Create(() => new LedgerActor(database));

    protected override void PreStart()
    {
        Timers.StartPeriodicTimer(nameof(Tick), Tick.Instance, Period);
        Write();
    }

    private void OnCharge(DispatchEffect.Charge charge)
    {
        if (_charges.Count >= Limits.ChargesKeptMax)
        {
            var lost = _charges.Dequeue();
            _log.Warning("The store takes no costs: those of {0}, attempt {1}, are lost.", lost.Job, lost.Attempt);
        }

        _charges.Enqueue(charge);
    }

    private void Write()
    {
        if (_isWriting || (_isLoaded && _charges.Count == 0 && _nodes.Count == 0))
        {
            return;
        }

        _isWriting = true;
        if (!_isLoaded)
        {
            _quarantines.ListAsync(CancellationToken.None).PipeTo(Self, success: found => new Loaded(found), failure: fault => new Written(fault));
            return;
        }

        var (charges, nodes) = (_charges.ToArray(), _nodes.ToArray());
        WriteAsync(charges, nodes).PipeTo(Self, success: () => new Written(null), failure: fault => new Written(fault));
    }

    // What arrives meanwhile stands behind these in the queues.
    private async Task WriteAsync(DispatchEffect.Charge[] charges, DispatchEffect[] nodes)
    {
        foreach (var effect in nodes)
        {
            await (effect switch
            {
                DispatchEffect.NodeQuarantined m => _quarantines.WriteAsync(m, CancellationToken.None),
                DispatchEffect.NodePardoned m => _quarantines.DeleteAsync(m.Node, CancellationToken.None),
                _ => Task.CompletedTask,
            }).ConfigureAwait(false);
        }

        if (charges.Length > 0)
        {
            await _costs.WriteAsync(charges, CancellationToken.None).ConfigureAwait(false);
        }

        _written = (charges.Length, nodes.Length);
    }

    private (int Charges, int Nodes) _written;

    private void OnWritten(Exception? fault)
    {
        _isWriting = false;
        if (fault is not null)
        {
            _log.Warning("Costs and suspicions cannot be written: {0}", fault.Message);
            return;
        }

        for (var i = 0; i < _written.Charges && _charges.Count > 0; i++)
        {
            _charges.Dequeue();
        }

        for (var i = 0; i < _written.Nodes && _nodes.Count > 0; i++)
        {
            _nodes.Dequeue();
        }
    }

    private void OnLoaded(Loaded m)
    {
        (_isWriting, _isLoaded) = (false, true);
        foreach (var known in m.Known)
        {
            Context.Parent.Tell(known);
        }
    }

    private sealed record Loaded(IReadOnlyList<DispatchMessage.Quarantine> Known) : INoSerializationVerificationNeeded;

    private sealed record Written(Exception? Fault) : INoSerializationVerificationNeeded;

    private sealed class Tick : INoSerializationVerificationNeeded
    {
        public static readonly Tick Instance = new();
    }
}
