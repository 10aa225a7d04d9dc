using Url2Video.Farm.Core.Contracts;
using Url2Video.Farm.Core.Errors;
using Url2Video.Farm.Core.Jobs;
using Url2Video.Farm.Core.Nodes;
using Url2Video.Farm.Core.Projects;

namespace Url2Video.Farm.Core.Tests.Simulation;

/// <summary>
/// Sees everything and believes nothing: keeps its own books of grants, works and files, and holds every commit and every effect
/// against them. It knows the promises, not the code.
/// </summary>
internal sealed class Oracle
{
    private readonly Dictionary<(JobId Job, long Attempt), NodeIncarnation> _grants = [];
    private readonly Dictionary<(int Life, JobId Job), List<long>> _current = [];
    private readonly HashSet<(int Life, JobId Job)> _mayTwin = [];
    private readonly HashSet<(int Life, long Term, Lease Lease)> _stopped = [];
    private readonly HashSet<Lease> _limited = [];
    private readonly HashSet<(int Life, JobId Job, long Attempt)> _preempted = [];
    private readonly Dictionary<(int Life, JobId Job), Lease> _reserves = [];
    private readonly HashSet<Lease> _toldToStop = [];
    private readonly List<ArtifactId> _order = [];
    private readonly HashSet<Lease> _ran = [];
    private readonly HashSet<Lease> _failed = [];
    private readonly HashSet<(JobId Job, NodeIncarnation Node)> _finished = [];
    private readonly HashSet<ArtifactId> _files = [];
    private readonly JournalRules _journalRules = new();

    public long Grants => _grants.Count;

    /// <summary>Works that nodes began by themselves.</summary>
    public long ReservesBegun { get; private set; }

    public long RefusedReports { get; private set; }

    public long Adoptions { get; private set; }

    /// <summary>Some work never ends; only its hard limit will.</summary>
    public bool HasHung { get; set; }

    public void WorkFinished(Lease lease, JobResult result)
    {
        _finished.Add((lease.Job, lease.Node)); // A node may hand the result over under a later lease of the same job.
        foreach (var file in SimFilm.FilesOf(result))
        {
            if (_files.Add(file.Id))
            {
                _order.Add(file.Id);
            }
        }
    }

    /// <summary>A disk forgets one of the latest files.</summary>
    public void Lose(SplitMix random)
    {
        if (_order.Count > 0)
        {
            var at = Math.Max(0, _order.Count - 1 - random.Below(20));
            _files.Remove(_order[at]);
            _order.RemoveAt(at);
        }
    }

    public void Stopped(Lease lease) => _limited.Remove(lease);

    public void WorkFailed(Lease lease) => _failed.Add(lease);

    /// <summary>The node has heard it.</summary>
    public void ToldToStop(Lease lease) => _toldToStop.Add(lease);

    public void Running(Lease lease, NodeIncarnation node, int running, int slots, NodeEffect.RunWork run)
    {
        var isLimited = run.Spec.Limits.Length > 0;
        ReservesBegun += run.IsReserve ? 1 : 0;
        Require(!_toldToStop.Contains(lease), $"{node} begins {lease} after it was told to stop");
        Require(!run.IsReserve || !isLimited, $"{node} begins {lease} by itself, which takes of a limit");
        Require(lease.Node == node, $"{node} works on {lease}, which is another's");
        Require(_grants.ContainsKey((lease.Job, lease.Attempt)), $"{lease} was never granted");
        Require(_ran.Add(lease), $"{lease} is worked twice");
        Require(running <= slots, $"{node} works on {running} jobs in {slots} slots");
        if (isLimited)
        {
            _limited.Add(lease);
            Require(_limited.Count <= SimFarm.Licences, $"{_limited.Count} jobs run on {SimFarm.Licences} licences: {string.Join(", ", _limited)}");
        }
    }

    /// <summary>I6 each attempt is granted once; I5 only the current lease, or one that may be adopted, ends a job.</summary>
    public void FromJob(SimProject life, ProjectState journal, JobId job, JobEffect effect)
    {
        var key = (life.Life, job);
        switch (effect)
        {
            case JobEffect.ToNode { Message: NodeMessage.Grant { Lease: var lease } }:
                OnGrant(life, journal, key, lease);
                break;
            case JobEffect.ToNode { Message: NodeMessage.Reserve { Lease: var lease } }:
                OnReserve(life, journal, key, lease);
                break;
            case JobEffect.ToDispatcher { Message: Core.Dispatch.DispatchMessage.Offer { Priority: 0 } } or JobEffect.Stop:
                Require(effect is not JobEffect.Stop || !_reserves.ContainsKey(key), $"{job} is over and a node holds it in reserve");
                _current.Remove(key);
                break;
            case JobEffect.ToDispatcher { Message: Core.Dispatch.DispatchMessage.Ended ended }:
                Current(key).Remove(ended.Attempt);
                break;
            case JobEffect.ToNode { Message: NodeMessage.Cancel cancel }:
                _stopped.Add((life.Life, life.Term, cancel.Lease));
                if (_reserves.GetValueOrDefault(key) == cancel.Lease)
                {
                    _reserves.Remove(key);
                }

                break;
            case JobEffect.ToProject { Message: var m } when m.Node is not null:
                OnSettle(life, journal, key, m);
                break;
            case JobEffect.ToNode { Message: NodeMessage.Ack { Kind: AckKind.Taken } ack }:
                Require(_journalRules.Knows(ack.Lease), $"{ack.Lease} is acknowledged but not in the journal");
                break;
            case JobEffect.ToNode { Message: NodeMessage.Ack { Kind: AckKind.Stale } }:
                RefusedReports++;
                break;
        }
    }

    /// <summary>What a machine hears may set it free: its grant was refused, or its end was counted and it begins again.</summary>
    public void ToJob(SimProject life, JobId job, JobMessage message, JobState state)
    {
        var key = (life.Life, job);
        switch (message)
        {
            case JobMessage.Refused m: Current(key).Remove(m.Lease.Attempt); break;
            case JobMessage.Settled { Verdict: JobVerdict.Again } m: Current(key).Remove(m.Attempt); break;
            case JobMessage.Speculate: _mayTwin.Add(key); break;
            case JobMessage.Preempt m when state.Stage is JobStage.Running { Lease: var lease } && lease.Attempt == m.Attempt:
                _preempted.Add((life.Life, job, m.Attempt));
                break;
        }
    }

    private List<long> Current((int, JobId) key) => _current.TryGetValue(key, out var current) ? current : _current[key] = [];

    /// <summary>Nobody works under a lease whose end is in the journal.</summary>
    public void Holds(SimProject life, ProjectState journal, JobState state)
    {
        if (state.Stage is JobStage.Running { Lease: var held })
        {
            if (_reserves.GetValueOrDefault((life.Life, state.Spec.Id)) == held)
            {
                _reserves.Remove((life.Life, state.Spec.Id)); // Its node has begun it.
            }

            var current = Current((life.Life, state.Spec.Id));
            if (!current.Contains(held.Attempt))
            {
                Adoptions++;
                current.Add(held.Attempt);
            }

            Require(!_stopped.Contains((life.Life, state.Term, held)), $"{held} is current although its node was told to stop");
        }

        if (state.Stage is JobStage.Running { Lease: var lease } && journal.Term == life.Term
            && journal.Troubles.GetValueOrDefault(lease.Job.Name) is { } trouble)
        {
            Require(lease.Attempt > trouble.LastAttempt, $"{lease} is current although {trouble.LastAttempt} is counted out");
        }
    }

    /// <summary>A number of its own, of a job that nobody has; and it ends with the waiting.</summary>
    private void OnReserve(SimProject life, ProjectState journal, (int, JobId) key, Lease lease)
    {
        Require(_grants.TryAdd((lease.Job, lease.Attempt), lease.Node), $"attempt {lease.Attempt} of {lease.Job} is given out twice");
        Require(Current(key).Count == 0, $"{lease} is given in reserve while {string.Join(" and ", Current(key))} is current");
        Require(_reserves.TryAdd(key, lease), $"{lease} is given in reserve beside {_reserves.GetValueOrDefault(key)}");
        var isCurrent = journal.Term == AttemptNumber.TermOf(lease.Attempt) && !life.IsFrozen;
        Require(!isCurrent || !_journalRules.IsDone(lease.Job), $"{lease} is given in reserve though the job is finished in the journal");
    }

    private void OnGrant(SimProject life, ProjectState journal, (int, JobId) key, Lease lease)
    {
        Require(!_reserves.ContainsKey(key), $"{lease} is granted and {_reserves.GetValueOrDefault(key)} is not taken back");
        var isNew = _grants.TryAdd((lease.Job, lease.Attempt), lease.Node);
        Require(isNew || _grants[(lease.Job, lease.Attempt)] == lease.Node, $"attempt {lease.Attempt} of {lease.Job} is granted twice");
        if (!isNew)
        {
            Require(Current(key).Contains(lease.Attempt), $"{lease} is granted again after it was given up");
            return;
        }

        var current = Current(key);
        Require(
            current.Count == 0 || (current.Count == 1 && _mayTwin.Contains(key)),
            $"{lease} is granted while {string.Join(" and ", current)} is current");
        current.Add(lease.Attempt);
        if (current.Count == 2)
        {
            _mayTwin.Remove(key);
        }

        if (journal.Term == AttemptNumber.TermOf(lease.Attempt) && !life.IsFrozen)
        {
            Require(!_journalRules.IsDone(lease.Job), $"{lease} is granted though the job is finished in the journal");
            RequireWindow(journal, lease.Job);
        }
    }

    private void OnSettle(SimProject life, ProjectState journal, (int, JobId) key, ProjectMessage.JobSettled m)
    {
        Require(_grants.ContainsKey((m.Job, m.Attempt)), $"attempt {m.Attempt} of {m.Job} was never granted");
        if (_reserves.GetValueOrDefault(key).Attempt == m.Attempt)
        {
            _reserves.Remove(key); // Begun and ended before the job heard of either.
        }

        var current = Current(key);
        var isHeld = current.Contains(m.Attempt);
        Require(current.Count == 0 || isHeld, $"attempt {m.Attempt} of {m.Job} ends it while {string.Join(" and ", current)} is the lease");
        if (!isHeld && m.Outcome is not JobOutcome.Lost)
        {
            Adoptions++;
            var counted = journal.Troubles.GetValueOrDefault(m.Job.Name)?.LastAttempt ?? 0;
            Require(
                life.Term != journal.Term || m.Attempt > counted || _journalRules.Knows(m.Job, m.Attempt),
                $"attempt {m.Attempt} of {m.Job} ends it although {counted} is counted out");
        }

        Require(
            m.Outcome is JobOutcome.Finished || !_preempted.Contains((life.Life, m.Job, m.Attempt)),
            $"attempt {m.Attempt} of {m.Job} was preempted, and is counted against it");
        if (!isHeld)
        {
            current.Add(m.Attempt);
        }

        Require(
            m.Outcome is not JobOutcome.Finished || current.Count == 1,
            $"attempt {m.Attempt} of {m.Job} has finished it and {string.Join(" and ", current)} run");
        Require(
            m.Outcome is not JobOutcome.Finished || _finished.Contains((m.Job, m.Node!.Value)),
            $"attempt {m.Attempt} of {m.Job} is said to be finished by {m.Node}, which has not done it");
    }

    public static void Starting(SimProject life, ProjectState journal, ProjectEffect.StartJob e)
    {
        if (journal.Term == AttemptNumber.TermOf(e.FirstAttempt) && !life.IsFrozen)
        {
            Require(journal.IsWorking, $"{e.Spec.Id} is started in a project that does not work");
            RequireWindow(journal, e.Spec.Id);
        }
    }

    /// <summary>Every fact, before it enters the journal.</summary>
    public void Committing(ProjectState before, ProjectEvent fact)
    {
        _journalRules.Committing(before, fact);
        if (fact is ProjectEvent.AttemptFailed { Node: { } node } failed && failed.Error.Code == ErrorCodes.MediaFailed)
        {
            var lease = new Lease(new JobId(before.Id, failed.Job), failed.Attempt, node);
            Require(_failed.Contains(lease), $"{lease} is counted as failed, and did not fail");
        }
        else if (fact is ProjectEvent.AttemptFailed other)
        {
            Require(other.Error.Code is ErrorCodes.JobTimeout or ErrorCodes.ResultWrong, $"attempt {other.Attempt} of {other.Job} failed with {other.Error}");
        }
    }

    /// <summary>I4: what a replay gives is what was folded while it happened.</summary>
    public static void Recovered(ProjectState replayed, ProjectState folded)
    {
        var (a, b) = (StateText.Of(replayed), StateText.Of(folded));
        Require(a == b, $"a replay gives another state:\n{a}\n{b}");
    }

    public bool Exists(ArtifactId file) => _files.Contains(file);

    /// <summary>The project says that chunks are published: players must find their segments.</summary>
    public static void Published(ProjectEvent.ChunksPublished fact, SimOutput folder)
    {
        var allThere = Enumerable.Range(0, fact.Chunks).All(chunk => folder.HasSegment("1080p", chunk));
        Require(allThere, $"{fact.Chunks} chunks are published and not all are there");
    }

    public static void Delivering(ProjectState journal) =>
        Require(journal is { Files: not null, IsPublished: true }, "a film is delivered that is not complete");

    private static void RequireWindow(ProjectState journal, JobId job)
    {
        if (JobNames.TryParse(job.Name, out var kind, out var chunk) && kind == JobKind.Render)
        {
            var isInside = chunk < journal.ChunksPublished + Limits.LookAheadChunksMax;
            Require(isInside, $"{job} is begun with {journal.ChunksPublished} chunks published");
        }
    }

    private static void Require(bool holds, string otherwise)
    {
        if (!holds)
        {
            throw new ViolationException(otherwise);
        }
    }
}
