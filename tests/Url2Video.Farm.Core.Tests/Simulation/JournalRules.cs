using Url2Video.Farm.Core.Jobs;
using Url2Video.Farm.Core.Projects;
using static Url2Video.Farm.Core.Projects.ProjectEvent;

namespace Url2Video.Farm.Core.Tests.Simulation;

/// <summary>What may stand in a journal, whoever wrote it: each job finished once, each attempt ended once, order.</summary>
internal sealed class JournalRules
{
    private readonly HashSet<(JobId Job, long Attempt)> _ended = [];
    private readonly HashSet<JobId> _done = [];
    private readonly Dictionary<JobId, (int Failures, int Lost, bool Fatal)> _counts = [];
    private readonly Dictionary<ProjectId, long> _terms = [];
    private readonly Dictionary<JobId, int> _remakes = [];
    private readonly Dictionary<JobId, int> _excused = [];
    private readonly Dictionary<JobId, HashSet<NodeId>> _lostOn = [];

    public bool Knows(Lease lease) => Knows(lease.Job, lease.Attempt);

    public bool Knows(JobId job, long attempt) => _ended.Contains((job, attempt));

    public bool IsDone(JobId job) => _done.Contains(job);

    public void Committing(ProjectState before, ProjectEvent fact)
    {
        var project = before.Id;
        switch (fact)
        {
            case Submitted: Require(before.Phase == ProjectPhase.New, "submitted twice"); _terms[project] = 1; break;
            case TermStarted e: Term(project, e.Term); break;
            case Unpaused e: Term(project, e.Term); break;
            case Retried e: Term(project, e.Term); Forgive(project); break;
            case SourceIngested e:
                Finish(before, JobNames.Ingest, e.Attempt);
                Forget(new JobId(project, JobNames.Write));
                break;
            case StoryboardWritten e: Finish(before, JobNames.Write, e.Attempt); break;
            case ScenesSpoken e: e.Scenes.ToList().ForEach(s => Finish(before, JobNames.Speak(s.Scene), s.Attempt)); break;
            case ChunksFinished e: e.Chunks.ToList().ForEach(c => Finish(before, JobNames.Render(c.Chunk), c.Attempt)); break;
            case SoundMixed e: Finish(before, JobNames.Mix, e.Attempt); break;
            case FilmAssembled e: Finish(before, JobNames.Assemble, e.Attempt); break;
            case ResultsLost e: e.Jobs.ToList().ForEach(j => Lose(project, j)); break;
            case AttemptExcused e: Excuse(before, e); break;
            case AttemptFailed e: Count(before, e.Job, e.Attempt, null, failed: true, fatal: !e.Error.Retryable); break;
            case AttemptLost e: Count(before, e.Job, e.Attempt, e.Reason == LossReason.Forgotten ? null : e.Node, failed: false, fatal: false); break;
            case JobDied e: Die(project, e.Job); break;
            case Failed e:
                Require(before.Dead.Count > 0, $"the project failed without a dead job: {e.Error}");
                break;
            case ChunksPublished e:
                var inOrder = e.Chunks > before.ChunksPublished && e.Chunks <= before.ChunksReady;
                Require(inOrder, $"{e.Chunks} chunks published, {before.ChunksReady} ready");
                break;
            case Completed:
                Require(before is { Phase: ProjectPhase.Delivering, IsWorking: true }, "completed too early");
                break;
        }
    }

    private void Term(ProjectId project, long term)
    {
        Require(term > _terms[project], $"term {term} follows {_terms[project]}");
        _terms[project] = term;
    }

    private void Finish(ProjectState before, string name, long attempt)
    {
        var job = new JobId(before.Id, name);
        Require(before.Status == ProjectStatus.Active, $"{job} is finished in a project that is {before.Status}");
        Require(_done.Add(job), $"{job} is finished twice");
        End(job, attempt);
        Forget(job);
    }

    private void Count(ProjectState before, string name, long attempt, NodeIncarnation? lostOn, bool failed, bool fatal)
    {
        var job = new JobId(before.Id, name);
        Require(!_done.Contains(job), $"{job} has trouble after it was finished");
        End(job, attempt);
        var (failures, lost, _) = _counts.GetValueOrDefault(job);
        var nodes = NodesOf(job);
        var mayGoOn = failures < Limits.FailuresPerJobMax && lost < Limits.LostPerJobMax && nodes.Count < Limits.PoisonNodes;
        _ = lostOn is { Node: var node } && nodes.Add(node);
        Require(mayGoOn, $"{job} goes on after {failures} failures and {lost} losses");
        _counts[job] = (failures + (failed ? 1 : 0), lost + (failed ? 0 : 1), fatal);
    }

    private void Die(ProjectId project, DeadJob dead)
    {
        var (failures, lost, fatal) = _counts.GetValueOrDefault(new JobId(project, dead.Job));
        Require((failures, lost) == (dead.Failures, dead.Lost), $"{dead.Job} died with wrong counters");
        var job = new JobId(project, dead.Job);
        var mustDie = fatal || failures >= Limits.FailuresPerJobMax || lost >= Limits.LostPerJobMax || NodesOf(job).Count >= Limits.PoisonNodes
            || _remakes.GetValueOrDefault(job) >= Limits.ResultsLostPerJobMax || _excused.GetValueOrDefault(job) >= Limits.ExcusedPerJobMax;
        Require(mustDie, $"{dead.Job} died after {failures} failures and {lost} losses");
    }

    // It may be finished a second time, and nothing that was counted before counts against it.
    private void Lose(ProjectId project, string name)
    {
        var job = new JobId(project, name);
        Require(_done.Remove(job), $"{job} is lost and was not finished");
        var times = _remakes[job] = _remakes.GetValueOrDefault(job) + 1;
        Require(times <= Limits.ResultsLostPerJobMax, $"{job} is made again the {times}th time");
        Forget(job);
    }

    // What was counted before it was finished, or before there was another page to write from, does not count any more.
    private void Forget(JobId job)
    {
        _counts.Remove(job);
        _lostOn.Remove(job);
        _excused.Remove(job);
    }

    private void Excuse(ProjectState before, AttemptExcused e)
    {
        var job = new JobId(before.Id, e.Job);
        End(job, e.Attempt);
        _excused[job] = _excused.GetValueOrDefault(job) + (e.Error.Artifact is null ? 1 : 0);
        Require(_excused[job] <= Limits.ExcusedPerJobMax, $"{job} was excused {_excused[job]} times");
    }

    private HashSet<NodeId> NodesOf(JobId job) => _lostOn.TryGetValue(job, out var nodes) ? nodes : _lostOn[job] = [];

    private void End(JobId job, long attempt) => Require(_ended.Add((job, attempt)), $"attempt {attempt} of {job} ends twice");

    private void Forgive(ProjectId project)
    {
        foreach (var job in _counts.Keys.Where(j => j.Project == project).ToList())
        {
            _counts.Remove(job);
        }

        foreach (var job in _remakes.Keys.Concat(_excused.Keys).Concat(_lostOn.Keys).Where(j => j.Project == project).ToList())
        {
            _ = _remakes.Remove(job) | _excused.Remove(job) | _lostOn.Remove(job);
        }
    }

    private static void Require(bool holds, string otherwise)
    {
        if (!holds)
        {
            throw new ViolationException("journal: " + otherwise);
        }
    }
}
