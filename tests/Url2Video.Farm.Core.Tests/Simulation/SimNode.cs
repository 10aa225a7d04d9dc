using System.Collections.Immutable;
using Url2Video.Farm.Core.Contracts;
using Url2Video.Farm.Core.Errors;
using Url2Video.Farm.Core.Nodes;

namespace Url2Video.Farm.Core.Tests.Simulation;

/// <summary>A machine that lives several lives; its works take time, may fail and may hang.</summary>
internal sealed class SimNode
{
    private readonly SimFarm _farm;
    private readonly SplitMix _random;
    private readonly HashSet<Lease> _running = [];
    private NodeState? _state;
    private DateTimeOffset? _timer;
    private long _epoch;

    public SimNode(SimFarm farm, string name, int slots, ImmutableArray<string> capabilities)
    {
        (_farm, _random, Name, Slots, Capabilities) = (farm, farm.Random.Fork(), name, slots, capabilities);
        Start();
    }

    public string Name { get; }

    public int Slots { get; }

    public ImmutableArray<string> Capabilities { get; }

    public NodeIncarnation Self => new(new NodeId(Name), _epoch);

    /// <summary>The server its link goes to.</summary>
    public int Server { get; set; }

    /// <summary>Its encoder build, as a capability; empty when it does not say.</summary>
    public string Encoder => Capabilities.FirstOrDefault(Core.Nodes.EncoderWords.IsBuild) ?? string.Empty;

    public bool IsUp { get; private set; }

    public bool IsPaused { get; set; }

    /// <summary>Works take this many times as long.</summary>
    public int Slowness { get; set; } = 1;

    public bool IsEmpty => _state is { Works.IsEmpty: true, Reports.IsEmpty: true, Reserves.IsEmpty: true };

    public void Start()
    {
        _epoch++;
        (IsUp, IsPaused, _timer) = (true, false, null);
        _running.Clear();
        Take(NodeLogic.Start(Self, Slots, Capabilities, _farm.World.Now, reserveSlots: Limits.ReservesPerNodeMax));
    }

    public void Crash()
    {
        IsUp = false;
        foreach (var lease in _running)
        {
            _farm.Oracle.Stopped(lease);
        }

        _running.Clear();
    }

    /// <summary>The link broke; it is taken up with any server that can be reached, and what was missed is said again.</summary>
    public void Relink()
    {
        _farm.Network.Drop(Name);
        Server = _farm.Servers.Any(_random);
        Tell(Self, new NodeMessage.LinkUp());
    }

    public void Tell(NodeIncarnation to, NodeMessage message)
    {
        if (!IsUp || to != Self)
        {
            return;
        }

        if (IsPaused)
        {
            _farm.World.After(World.Second / 2, () => Tell(to, message));
            return;
        }

        if (message is NodeMessage.Cancel cancel)
        {
            _farm.Oracle.ToldToStop(cancel.Lease);
        }

        Take(_farm.Rules.Node(_state!, message, _farm.World.Now));
    }

    private void Take(NodeDecision decision)
    {
        _state = decision.State;
        foreach (var effect in decision.Effects)
        {
            switch (effect)
            {
                case NodeEffect.RunWork e:
                    Run(e);
                    break;
                case NodeEffect.StopWork e:
                    _running.Remove(e.Lease);
                    _farm.Oracle.Stopped(e.Lease);
                    var self = Self;
                    var notices = _random.Chance(0.02) ? 15 * World.Second : World.Second / 2;
                    _farm.World.After(_random.Between(World.Millisecond, notices), () => Tell(self, new NodeMessage.WorkStopped(e.Lease)));
                    break;
                case NodeEffect.ToJob e:
                    _farm.World.Trace(e.Message.GetType().Name, e.To.Name);
                    _farm.Network.FromNode(Name, () => _farm.TellJob(e.To, e.Message, Server));
                    break;
                case NodeEffect.ToDispatcher e:
                    _farm.Network.FromNode(Name, () => _farm.TellDispatcher(e.Message, Server));
                    break;
            }
        }

        if (_timer != _state.DueAt)
        {
            var (life, due) = (Self, _state.DueAt);
            _timer = due;
            _farm.World.At(due, () => Wake(life, due));
        }
    }

    private void Wake(NodeIncarnation self, DateTimeOffset due)
    {
        if (_timer == due && self == Self)
        {
            _timer = null;
            Tell(self, new NodeMessage.Tick());
        }
    }

    private void Run(NodeEffect.RunWork e)
    {
        _running.Add(e.Lease);
        _farm.Oracle.Running(e.Lease, Self, _running.Count, Slots, e);
        var swarm = _farm.Swarm;
        if (swarm.Poison && e.Lease.Job.Name.EndsWith('0'))
        {
            _farm.World.After(World.Second / 5, () => Die(e.Lease.Node));
            return;
        }

        if (_random.Chance(swarm.WorkHang))
        {
            _farm.Oracle.HasHung = true;
            return;
        }

        var fails = _random.Chance(swarm.WorkFailure + swarm.WorkFatal);
        var error = new FarmError(ErrorCodes.MediaFailed, "made to fail", Retryable: !fails || !_random.Chance(swarm.WorkFatal * 10));
        var self = Self;
        _farm.World.After(_random.Between(World.Second / 10, 3 * World.Second) * Slowness, () => End(self, e, fails ? error : null));
    }

    // The job takes the whole machine down; somebody starts it again.
    private void Die(NodeIncarnation self)
    {
        if (IsUp && self == Self)
        {
            Crash();
            _farm.World.After(2 * World.Second, () =>
            {
                if (!IsUp)
                {
                    Start();
                }
            });
        }
    }

    private void End(NodeIncarnation self, NodeEffect.RunWork e, FarmError? error)
    {
        if (!IsUp || self != Self || !_running.Contains(e.Lease))
        {
            return;
        }

        if (IsPaused)
        {
            _farm.World.After(World.Second / 2, () => End(self, e, error));
            return;
        }

        _running.Remove(e.Lease);
        _farm.Oracle.Stopped(e.Lease);
        if (SimFilm.InputsOf(e.Spec.Work).FirstOrDefault(f => !_farm.Oracle.Exists(f.Id)) is { Bytes: > 0 } lost)
        {
            Tell(self, new NodeMessage.WorkFailed(e.Lease, SimFilm.Missing(lost.Id)));
            return;
        }

        if (error is not null)
        {
            _farm.Oracle.WorkFailed(e.Lease);
            Tell(self, new NodeMessage.WorkFailed(e.Lease, error));
            return;
        }

        var result = SimFilm.ResultOf(e.Spec, e.Lease.Attempt, Encoder);
        _farm.Oracle.WorkFinished(e.Lease, result);
        Tell(self, new NodeMessage.WorkFinished(e.Lease, result));
    }
}
