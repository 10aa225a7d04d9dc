using Url2Video.Farm.Core.Dispatch;
using Url2Video.Farm.Core.Jobs;
using Url2Video.Farm.Core.Tests.Simulation;

namespace Url2Video.Farm.Core.Tests.Dispatch;

/// <summary>
/// Limited jobs on nodes over a bad network (loss, doubles, delays of seconds, so that messages overtake each other), with nodes that
/// fall silent and dispatchers that are replaced without a word. Jobs and nodes are the simplest that keep their promises: a job accepts
/// one assignment an offer; a node stops limited works when nobody has heard of it for a lease.
/// </summary>
internal sealed class LimitStorm
{
    private const int Nodes = 6;
    private const int Slots = 4;
    private readonly SplitMix _random;
    private readonly PriorityQueue<Action, (long At, long Order)> _due = new();
    private readonly Dictionary<string, SimpleJob> _jobs = [];
    private readonly Dictionary<(string Job, long Number), (string Node, long Ends)> _works = [];
    private readonly long[] _sequences = new long[Nodes];
    private readonly long[] _silentUntil = new long[Nodes];
    private readonly long[] _heardAt = new long[Nodes];
    private readonly int _max;
    private DispatchLogic _dispatcher = new(new DispatcherId("d0"));
    private long _now;
    private long _order;

    public LimitStorm(ulong seed, int max) => (_random, _max) = (new SplitMix(seed), max);

    public int MostAtOnce { get; private set; }

    public int Finished { get; private set; }

    public int Dispatchers { get; private set; } = 1;

    public void Run(int seconds)
    {
        Tell(new DispatchMessage.SetLimit("x", _max));
        for (var i = 0; i < 400; i++)
        {
            _jobs.Add($"j{i}", new SimpleJob());
        }

        for (_now = 0; _now < seconds * 1_000L; _now += 100)
        {
            while (_due.TryPeek(out var act, out var key) && key.At <= _now)
            {
                _due.Dequeue();
                act();
            }

            EndWorks();
            Step();
            MostAtOnce = Math.Max(MostAtOnce, _works.Count);
        }
    }

    private void Step()
    {
        if (_now % 1_000 == 0)
        {
            Tell(new DispatchMessage.Tick());
            if (_random.Chance(0.015))
            {
                _dispatcher = new DispatchLogic(new DispatcherId($"d{Dispatchers++}"));
            }

            Send(new DispatchMessage.SetLimit("x", _max));
        }

        for (var node = 0; node < Nodes; node++)
        {
            if (_now % 1_000 == 0 && _now >= _silentUntil[node] && _random.Chance(0.005))
            {
                _silentUntil[node] = _now + 1_000 * (5 + _random.Below(40));
            }

            if (_now >= _silentUntil[node] && (_now / 100 + node) % (10 * Limits.HeartbeatSeconds) == 0)
            {
                _heardAt[node] = _now;
                Speak(node);
            }
        }

        foreach (var (name, job) in _jobs.Where(j => j.Value.IsOpen && (_now + j.Key.Length * 100) % (1_000 * Limits.OfferRepeatSeconds) == 0))
        {
            Send(new DispatchMessage.Offer(new JobId(new ProjectId("p"), name), job.Number, [], 1, 0, DateTimeOffset.UnixEpoch, 1) { Limits = ["x"] });
        }
    }

    private void Speak(int node)
    {
        var running = _works.Where(w => w.Value.Node == $"n{node}").Select(w => new RunningJob(new JobId(new ProjectId("p"), w.Key.Job), w.Key.Number, default, "", ["x"]));
        Demand([.. running], node);
    }

    private void Demand(RunningJob[] running, int node) => Send(
        new DispatchMessage.Demand(new(new NodeId($"n{node}"), 1), ++_sequences[node], Math.Max(0, Slots - running.Length), []) { Running = [.. running] });

    private void EndWorks()
    {
        foreach (var ((name, number), (node, ends)) in _works.ToList())
        {
            var index = node[1] - '0';
            // The last heartbeats of a node may have been answered by a server that was cut off from the dispatcher already.
            var fenced = _now - _heardAt[index] > (Limits.LimitFenceSeconds * 1_000L) - 500;
            if (!fenced && (ends > _now || _now < _silentUntil[index]))
            {
                continue; // A silent node works on; its report waits.
            }

            _works.Remove((name, number));
            var job = _jobs[name];
            job.Number = number + 1;
            job.IsRunning = false;
            Finished += fenced ? 0 : 1;
            job.IsDone = !fenced;
            Send(new DispatchMessage.Ended(new JobId(new ProjectId("p"), name), number, new(new NodeId(node), 1), fenced ? EndKind.Lost : EndKind.Finished, null, 1));
        }
    }

    private void OnAssign(JobMessage.Assign assign, DispatchLogic by)
    {
        var job = _jobs[assign.Job.Name];
        var node = assign.Node.Node.Value;
        if (!job.IsOpen || assign.Offer != job.Number)
        {
            Send(new DispatchMessage.Released(assign.Job, assign.Offer, assign.Node), by);
            return;
        }

        var index = node[1] - '0';
        if (_now < _silentUntil[index] || _works.Count(w => w.Value.Node == node) >= Slots)
        {
            job.Number++;
            Send(new DispatchMessage.Taken(assign.Job, assign.Offer, assign.Node), by); // Refused: the dispatcher asks the node itself.
            return;
        }

        job.IsRunning = true;
        _works.Add((assign.Job.Name, assign.Offer), (node, _now + 1_000 * (2 + _random.Below(20))));
        Send(new DispatchMessage.Taken(assign.Job, assign.Offer, assign.Node), by);
        Speak(index);
    }

    // Delays stay below a lease; beyond it, fences of jobs and nodes take over.
    private void Send(DispatchMessage message, DispatchLogic? to = null)
    {
        for (var copies = _random.Chance(0.1) ? 0 : _random.Chance(0.1) ? 2 : 1; copies > 0; copies--)
        {
            After(_random.Chance(0.9) ? _random.Below(300) : _random.Below(3_000), () =>
            {
                if (to is null || to == _dispatcher)
                {
                    Tell(message);
                }
            });
        }
    }

    private void Tell(DispatchMessage message)
    {
        var effects = new List<DispatchEffect>();
        var by = _dispatcher;
        by.Handle(message, DateTimeOffset.UnixEpoch.AddMilliseconds(_now), effects);
        foreach (var assign in effects.OfType<DispatchEffect.Assign>())
        {
            if (!_random.Chance(0.1))
            {
                After(_random.Below(_random.Chance(0.9) ? 300 : 3_000), () => OnAssign(assign.Message, by));
            }
        }
    }

    private void After(int millis, Action act) => _due.Enqueue(act, (_now + millis, _order++));

    private sealed class SimpleJob
    {
        public long Number { get; set; } = 1;

        public bool IsRunning { get; set; }

        public bool IsDone { get; set; }

        public bool IsOpen => !IsRunning && !IsDone;
    }
}

public sealed class LimitStormTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(7)]
    [InlineData(8)]
    public void LossDoublesDelaysAndFailovers_NeverPassALimit_AndUseIt(ulong seed)
    {
        var storm = new LimitStorm(seed, max: 7);

        storm.Run(seconds: 600);

        Assert.InRange(storm.MostAtOnce, 1, 7);
        Assert.Equal(7, storm.MostAtOnce);
        Assert.True(storm.Dispatchers > 2, $"{storm.Dispatchers} dispatchers");
        Assert.True(storm.Finished > 60, $"{storm.Finished} finished");
    }
}
