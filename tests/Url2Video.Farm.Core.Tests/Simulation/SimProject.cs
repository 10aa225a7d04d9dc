using System.Collections.Immutable;
using Url2Video.Farm.Core.Jobs;
using Url2Video.Farm.Core.Nodes;
using Url2Video.Farm.Core.Projects;

namespace Url2Video.Farm.Core.Tests.Simulation;

/// <summary>
/// One life of a project with its jobs, as an actor's shell would run it: read the journal, then turn by turn decide, commit, act.
/// What arrives while a commit is under way waits and shares the next one.
/// </summary>
internal sealed class SimProject
{
    private static readonly TimeSpan AdoptionGrace = TimeSpan.FromSeconds(Limits.HeartbeatSeconds + 1);

    private readonly SimFarm _farm;
    private readonly SimJournal _journal;
    private readonly SimPublisher _publisher;
    private readonly List<ProjectMessage> _inbox = [];
    private readonly SortedDictionary<string, SimJob> _jobs = new(StringComparer.Ordinal);
    private ProjectState _state;
    private long _version;
    private bool _busy;

    public SimProject(SimFarm farm, ProjectId id, int life)
    {
        (_farm, Id, Life, _journal) = (farm, id, life, farm.Journals[id]);
        Server = farm.Servers.Any(farm.Random);
        _publisher = new SimPublisher(farm, id, () => Term, () => IsAlive, m => farm.Network.Local(() => Tell(m)));
        _state = new ProjectState(id);
        IsAlive = true;
        farm.World.After(farm.Random.Between(World.Millisecond, World.Second), Recover);
    }

    public ProjectId Id { get; }

    public int Life { get; }

    public bool IsAlive { get; private set; }

    /// <summary>Frozen: it hears nothing and believes that it lives.</summary>
    public bool IsFrozen { get; set; }

    public bool IsReady { get; private set; }

    public long Term => _state.Term;

    /// <summary>The server it lives on.</summary>
    public int Server { get; init; }

    public IEnumerable<SimJob> Jobs => _jobs.Values;

    public void Stop()
    {
        IsAlive = false;
        _jobs.Clear();
    }

    public void Tell(ProjectMessage message)
    {
        if (!IsAlive || !IsReady)
        {
            return;
        }

        if (IsFrozen)
        {
            _farm.World.After(World.Second, () => Tell(message));
            return;
        }

        _inbox.Add(message);
        Turn();
    }

    public void TellJob(JobId job, JobMessage message)
    {
        if (!IsAlive || !IsReady)
        {
            return;
        }

        if (IsFrozen)
        {
            _farm.World.After(World.Second, () => TellJob(job, message));
            return;
        }

        if (_jobs.TryGetValue(job.Name, out var machine))
        {
            machine.Tell(message);
        }
        else
        {
            _farm.Carry(this, job, _farm.Rules.AnswerForNone(message));
        }
    }

    public void JobStopped(string name) => _jobs.Remove(name);

    private void Recover()
    {
        if (!IsAlive)
        {
            return;
        }

        _state = _journal.Events.Aggregate(new ProjectState(Id), (state, fact) => state.Apply(fact));
        _version = _journal.Version;
        Oracle.Recovered(_state, _journal.State);
        IsReady = true;
        Tell(new ProjectMessage.Recovered());
        _farm.World.After(4 * World.Second, Remind);
    }

    private void Remind()
    {
        if (!IsAlive)
        {
            return;
        }

        if (!_state.IsWorking && !_busy && !IsFrozen)
        {
            // Passivation: a project that does not work is forgotten when idle and read again when somebody asks. It must be: it writes
            // nothing, so the journal never tells it that another life, taken for dead, has gone on.
            _farm.Restart(this);
            return;
        }

        Tell(new ProjectMessage.Remind());
        _farm.World.After(4 * World.Second, Remind);
    }

    private void Turn()
    {
        while (!_busy && IsAlive && _inbox.Count > 0)
        {
            var messages = _inbox.Take(Limits.MessagesPerTurnMax).ToImmutableArray();
            _inbox.RemoveRange(0, messages.Length);
            var decision = _farm.Rules.Project(_state, messages, _farm.World.Now);
            if (decision.Events.IsEmpty)
            {
                Carry(decision.Effects);
                continue;
            }

            if (!_farm.Rules.CommitsFirst)
            {
                Carry(decision.Effects);
            }

            _busy = true;
            _journal.Append(_version, decision.Events, answer => Committed(decision, answer));
        }
    }

    private void Committed(ProjectDecision decision, AppendAnswer answer)
    {
        if (!IsAlive)
        {
            return;
        }

        if (answer != AppendAnswer.Committed)
        {
            // Whether it is in the journal is not known, or somebody else writes there: this life is over.
            _farm.Restart(this);
            return;
        }

        _busy = false;
        _version += decision.Events.Length;
        _state = decision.Events.Aggregate(_state, (state, fact) => state.Apply(fact));
        if (_farm.Rules.CommitsFirst)
        {
            Carry(decision.Effects);
        }

        Turn();
    }

    private void Carry(ImmutableArray<ProjectEffect> effects)
    {
        foreach (var effect in effects)
        {
            switch (effect)
            {
                case ProjectEffect.StartJob e:
                    StartJob(e);
                    break;
                case ProjectEffect.StopJobs:
                    foreach (var job in _jobs.Values.ToList())
                    {
                        job.Tell(new JobMessage.Cancel());
                    }

                    break;
                case ProjectEffect.AckJob e:
                    _farm.Network.Local(() => TellJobLocally(e.Job, new JobMessage.Settled(e.Term, e.Attempt, e.Verdict)));
                    break;
                case ProjectEffect.Publish e:
                    _publisher.Publish(e);
                    break;
                case ProjectEffect.Deliver e:
                    Oracle.Delivering(_journal.State);
                    _publisher.Deliver(e);
                    break;
                case ProjectEffect.RespecJob e:
                    _farm.Network.Local(() => TellJobLocally(e.Spec.Id, new JobMessage.Respec(e.Spec)));
                    break;
                case ProjectEffect.TellJob e:
                    _farm.Network.Local(() => TellJobLocally(new JobId(Id, e.Job), e.Message));
                    break;
                case ProjectEffect.Answer e:
                    _farm.Answered(Id, e.Error);
                    break;
            }
        }
    }

    private void StartJob(ProjectEffect.StartJob e)
    {
        if (_jobs.TryGetValue(e.Spec.Id.Name, out var former) && former.First < e.FirstAttempt)
        {
            former.Tell(new JobMessage.Cancel()); // Its result was lost before it heard that it was taken.
        }

        if (!_jobs.ContainsKey(e.Spec.Id.Name))
        {
            Oracle.Starting(this, _journal.State, e);
            var job = new SimJob(_farm, this, e.Spec.Id, e.FirstAttempt);
            _jobs.Add(e.Spec.Id.Name, job);
            var grace = e.MayBeHeld ? AdoptionGrace : TimeSpan.Zero;
            job.Begin(_farm.Rules.StartJob(e.Spec, e.FirstAttempt, e.CountedOut, grace, _farm.World.Now, e.Avoid));
        }
    }

    private void TellJobLocally(JobId job, JobMessage message)
    {
        if (IsAlive && _jobs.TryGetValue(job.Name, out var machine))
        {
            machine.Tell(message);
        }
    }
}
