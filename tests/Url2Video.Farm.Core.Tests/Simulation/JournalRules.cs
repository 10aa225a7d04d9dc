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
            case SourceIngested e: Finish(before, JobNames.Ingest, e.Attempt); break;
            case StoryboardWritten e: Finish(before, JobNames.Write, e.Attempt); break;
            case ScenesSpoken e: e.Scenes.ToList().ForEach(s => Finish(before, JobNames.Speak(s.Scene), s.Attempt)); break;
            case ChunksFinished e: e.Chunks.ToList().ForEach(c => Finish(before, JobNames.Render(c.Chunk), c.Attempt)); break;
            case SoundMixed e: Finish(before, JobNames.Mix, e.Attempt); break;
            case FilmAssembled e: Finish(before, JobNames.Assemble, e.Attempt); break;
            case AttemptFailed e: Count(before, e.Job, e.Attempt, failed: true, fatal: !e.Error.Retryable); break;
            case AttemptLost e: Count(before, e.Job, e.Attempt, failed: false, fatal: false); break;
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
    }

    private void Count(ProjectState before, string name, long attempt, bool failed, bool fatal)
    {
        var job = new JobId(before.Id, name);
        Require(!_done.Contains(job), $"{job} has trouble after it was finished");
        End(job, attempt);
        var (failures, lost, _) = _counts.GetValueOrDefault(job);
        var mayGoOn = failures < Limits.FailuresPerJobMax && lost < Limits.LostPerJobMax;
        Require(mayGoOn, $"{job} goes on after {failures} failures and {lost} losses");
        _counts[job] = (failures + (failed ? 1 : 0), lost + (failed ? 0 : 1), fatal);
    }

    private void Die(ProjectId project, DeadJob dead)
    {
        var (failures, lost, fatal) = _counts.GetValueOrDefault(new JobId(project, dead.Job));
        Require((failures, lost) == (dead.Failures, dead.Lost), $"{dead.Job} died with wrong counters");
        var mustDie = fatal || failures >= Limits.FailuresPerJobMax || lost >= Limits.LostPerJobMax;
        Require(mustDie, $"{dead.Job} died after {failures} failures and {lost} losses");
    }

    private void End(JobId job, long attempt) => Require(_ended.Add((job, attempt)), $"attempt {attempt} of {job} ends twice");

    private void Forgive(ProjectId project)
    {
        foreach (var job in _counts.Keys.Where(j => j.Project == project).ToList())
        {
            _counts.Remove(job);
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
