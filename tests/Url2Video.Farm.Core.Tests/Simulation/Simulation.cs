using Url2Video.Farm.Core.Contracts;
using Url2Video.Farm.Core.Projects;

namespace Url2Video.Farm.Core.Tests.Simulation;

/// <param name="Violation">Null when every invariant held.</param>
internal sealed record SimResult(
    ulong Seed, ulong Hash, long Steps, double VirtualSeconds, long Grants, long Refused, long Adoptions, long ReservesBegun, int Completed, string? Violation);

/// <summary>One run: films are ordered in the middle of a storm, then it is quiet, and everything must come to an end.</summary>
internal sealed class Simulation
{
    private const int LivenessSecondsMax = 1_500;
    private const int LivenessSecondsMaxWithHangs = 40_000;

    private readonly SimFarm _farm;
    private readonly SplitMix _random;
    private readonly Dictionary<ProjectId, ProjectRequest> _unanswered = [];
    private readonly Dictionary<ProjectId, int> _retries = [];
    private bool _quiet;

    private Simulation(ulong seed, SimRules rules)
    {
        _farm = new SimFarm(seed, rules);
        _random = _farm.Random.Fork();
        _farm.Answered = (id, _) => _unanswered.Remove(id);
    }

    public static SimResult Run(ulong seed, SimRules? rules = null)
    {
        var simulation = new Simulation(seed, rules ?? new SimRules());
        string? violation = null;
        try
        {
            simulation.Live();
        }
        catch (ViolationException e)
        {
            violation = e.Message;
        }

        var (world, oracle) = (simulation._farm.World, simulation._farm.Oracle);
        return new SimResult(
            seed,
            world.Hash,
            world.Steps,
            world.Micros / (double)World.Second,
            oracle.Grants,
            oracle.RefusedReports,
            oracle.Adoptions,
            oracle.ReservesBegun,
            simulation._farm.Journals.Values.Count(j => j.State.Phase == ProjectPhase.Completed),
            violation);
    }

    private void Live()
    {
        for (var i = 0; i < 2 + _random.Below(3); i++)
        {
            string[] words = i % 2 == 0 ? ["cpu", "voice:flite"] : ["cpu"];
            var encoder = _farm.Swarm.TwoEncoders ? [Core.Nodes.EncoderWords.Of("x", i % 2 == 0 ? "0123456789ab" : "ba9876543210")] : Array.Empty<string>();
            _farm.AddNode($"node{i}", 1 + _random.Below(3), [.. words.Concat(encoder).Order(StringComparer.Ordinal)]);
        }

        for (var i = 0; i < 1 + _random.Below(3); i++)
        {
            var id = new ProjectId($"prj_{i}");
            _farm.AddProject(id);
            _unanswered[id] = SimFilm.Request(1 + _random.Below(8), 1 + _random.Below(_random.Chance(0.3) ? 60 : 12), _random.Chance(0.5)) with
            {
                Limits = _farm.Swarm.Limited ? [SimFarm.Licence] : [],
            };
        }

        Order();
        Watch();
        var storm = new Storm(_farm);
        storm.Begin();
        _farm.World.RunUntil(static () => false, _random.Between(20 * World.Second, 120 * World.Second));

        storm.End();
        _quiet = true;
        var hangs = _farm.Oracle.HasHung ? LivenessSecondsMaxWithHangs : LivenessSecondsMax;
        Require(_farm.World.RunUntil(() => _farm.Journals.Values.All(j => j.State.IsEnded), hangs * World.Second), Unfinished);
        Require(_farm.World.RunUntil(IsIdle, 120 * World.Second), () => "leases, reports or offers are left after the end");
        foreach (var (id, journal) in _farm.Journals)
        {
            Require(Replays(id, journal), () => $"{id}: the journal folds to another state");
            Require(
                journal.State.Phase != ProjectPhase.Completed || _farm.Outputs[id] is { IsComplete: true, IsDelivered: true },
                () => $"{id} is completed and its film is not there");
        }
    }

    private static bool Replays(ProjectId id, SimJournal journal) =>
        StateText.Of(journal.Events.Aggregate(new ProjectState(id), (state, fact) => state.Apply(fact))) == StateText.Of(journal.State);

    private bool IsIdle() =>
        _farm.Projects.Values.All(p => !p.Jobs.Any())
        && _farm.Nodes.Values.All(n => n.IsEmpty)
        && _farm.Dispatchers.All(d => d is { QueuedJobs: 0, PendingAssignments: 0 });

    /// <summary>A client repeats its order until it is answered.</summary>
    private void Order()
    {
        foreach (var (id, request) in _unanswered.OrderBy(u => u.Key.Value, StringComparer.Ordinal).ToList())
        {
            _farm.TellProject(id, new ProjectMessage.Submit(request));
        }

        _farm.World.After(2 * World.Second, Order);
    }

    /// <summary>People: they pause, go on, give up, and try again what has failed.</summary>
    private void Watch()
    {
        foreach (var (name, _) in _farm.Projects.ToList())
        {
            var id = new ProjectId(name);
            var state = _farm.Journals[id].State;
            if (state.Status == ProjectStatus.Paused && (_quiet || _random.Chance(0.5)))
            {
                _farm.TellProject(id, new ProjectMessage.Unpause());
            }
            else if (state.Status == ProjectStatus.Failed && _retries.GetValueOrDefault(id) < 3 && _random.Chance(0.5))
            {
                _retries[id] = _retries.GetValueOrDefault(id) + 1;
                _farm.TellProject(id, new ProjectMessage.Retry());
            }
            else if (_farm.Swarm.Users && !_quiet && state.IsWorking && _random.Chance(0.1))
            {
                _farm.TellProject(id, AnyOrder(state));
                _farm.TellProject(id, _random.Chance(0.1) ? new ProjectMessage.Cancel("no longer wanted") : new ProjectMessage.Pause());
            }
        }

        _farm.World.After(3 * World.Second, Watch);
    }

    private ProjectMessage AnyOrder(ProjectState state)
    {
        var job = JobNames.Render(_random.Below(Math.Max(1, state.Chunks.Count)));
        return _random.Below(3) switch
        {
            0 => new ProjectMessage.KillJob(job),
            1 => new ProjectMessage.RetryJob(job),
            _ => new ProjectMessage.SetPriority((Band)_random.Below(3), 1 + _random.Below(9)),
        };
    }

    private string Unfinished()
    {
        var projects = _farm.Journals.Values.Where(j => !j.State.IsEnded).Select(j => "never ends: " + StateText.Of(j.State));
        var lives = _farm.Projects.Values.Select(p => $"  {p.Id} life {p.Life} term {p.Term} ready {p.IsReady} frozen {p.IsFrozen}");
        var jobs = _farm.Projects.Values.SelectMany(p => p.Jobs).Select(j => $"  {j.Id.Name}: {j.State.Stage}");
        return string.Join('\n', projects.Concat(lives).Concat(jobs));
    }

    private static void Require(bool holds, Func<string> otherwise)
    {
        if (!holds)
        {
            throw new ViolationException(otherwise());
        }
    }
}
