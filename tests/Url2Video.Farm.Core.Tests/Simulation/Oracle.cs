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
    private readonly Dictionary<(int Life, JobId Job), long> _current = [];
    private readonly HashSet<Lease> _ran = [];
    private readonly HashSet<Lease> _failed = [];
    private readonly HashSet<(JobId Job, NodeIncarnation Node)> _finished = [];
    private readonly HashSet<ArtifactId> _files = [];
    private readonly JournalRules _journalRules = new();

    public long Grants => _grants.Count;

    public long RefusedReports { get; private set; }

    public long Adoptions { get; private set; }

    /// <summary>Some work never ends; only its hard limit will.</summary>
    public bool HasHung { get; set; }

    public void WorkFinished(Lease lease, JobResult result)
    {
        _finished.Add((lease.Job, lease.Node)); // A node may hand the result over under a later lease of the same job.
        _files.UnionWith(SimFilm.FilesOf(result).Select(f => f.Id));
    }

    public void WorkFailed(Lease lease) => _failed.Add(lease);

    public void Running(Lease lease, NodeIncarnation node, int running, int slots)
    {
        Require(lease.Node == node, $"{node} works on {lease}, which is another's");
        Require(_grants.ContainsKey((lease.Job, lease.Attempt)), $"{lease} was never granted");
        Require(_ran.Add(lease), $"{lease} is worked twice");
        Require(running <= slots, $"{node} works on {running} jobs in {slots} slots");
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
            case JobEffect.ToDispatcher { Message: Core.Dispatch.DispatchMessage.Offer } or JobEffect.Stop:
                _current.Remove(key);
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
    public void ToJob(SimProject life, JobId job, JobMessage message)
    {
        var key = (life.Life, job);
        if (_current.TryGetValue(key, out var current)
            && (message is JobMessage.Refused m && m.Lease.Attempt == current
                || message is JobMessage.Settled { Verdict: JobVerdict.Again } s && s.Attempt == current))
        {
            _current.Remove(key);
        }
    }

    /// <summary>Nobody works under a lease whose end is in the journal.</summary>
    public static void Holds(SimProject life, ProjectState journal, JobStage stage)
    {
        if (stage is JobStage.Running { Lease: var lease } && journal.Term == life.Term
            && journal.Troubles.GetValueOrDefault(lease.Job.Name) is { } trouble)
        {
            Require(lease.Attempt > trouble.LastAttempt, $"{lease} is current although {trouble.LastAttempt} is counted out");
        }
    }

    private void OnGrant(SimProject life, ProjectState journal, (int, JobId) key, Lease lease)
    {
        var isNew = _grants.TryAdd((lease.Job, lease.Attempt), lease.Node);
        Require(isNew || _grants[(lease.Job, lease.Attempt)] == lease.Node, $"attempt {lease.Attempt} of {lease.Job} is granted twice");
        if (!isNew)
        {
            Require(_current.GetValueOrDefault(key) == lease.Attempt, $"{lease} is granted again after it was given up");
            return;
        }

        Require(!_current.ContainsKey(key), $"{lease} is granted while another lease is current");
        _current[key] = lease.Attempt;
        if (journal.Term == AttemptNumber.TermOf(lease.Attempt) && !life.IsFrozen)
        {
            Require(!_journalRules.IsDone(lease.Job), $"{lease} is granted though the job is finished in the journal");
            RequireWindow(journal, lease.Job);
        }
    }

    private void OnSettle(SimProject life, ProjectState journal, (int, JobId) key, ProjectMessage.JobSettled m)
    {
        Require(_grants.ContainsKey((m.Job, m.Attempt)), $"attempt {m.Attempt} of {m.Job} was never granted");
        var isHeld = _current.TryGetValue(key, out var current);
        Require(!isHeld || current == m.Attempt, $"attempt {m.Attempt} of {m.Job} ends it while {current} is the lease");
        if (current != m.Attempt && m.Outcome is not JobOutcome.Lost)
        {
            Adoptions++;
            var counted = journal.Troubles.GetValueOrDefault(m.Job.Name)?.LastAttempt ?? 0;
            Require(
                life.Term != journal.Term || m.Attempt > counted || _journalRules.Knows(m.Job, m.Attempt),
                $"attempt {m.Attempt} of {m.Job} ends it although {counted} is counted out");
        }

        _current[key] = m.Attempt;
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
            Require(other.Error.Code == ErrorCodes.JobTimeout, $"attempt {other.Attempt} of {other.Job} failed with {other.Error}");
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
