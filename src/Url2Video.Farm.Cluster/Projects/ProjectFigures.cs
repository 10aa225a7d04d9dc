using System.Collections.Immutable;
using Akka.Actor;
using Url2Video.Farm.Cluster.Jobs;
using Url2Video.Farm.Core;
using Url2Video.Farm.Core.Contracts;
using Url2Video.Farm.Core.Errors;
using Url2Video.Farm.Core.Projects;

namespace Url2Video.Farm.Cluster.Projects;

/// <summary>How far one job is, told by a node of this process more often than its heartbeat does.</summary>
internal sealed record LiveProgress(JobId Job, int Permille) : INoSerializationVerificationNeeded, INotInfluenceReceiveTimeout
{
    /// <summary>The last line of the attempt's log.</summary>
    public string Line { get; init; } = string.Empty;
}

/// <summary>Watches a project's state change and tells the watchers; keeps the frames in work and their speed.</summary>
internal sealed class ProjectFigures(ProjectWatchers watchers, TimeProvider clock)
{
    private static readonly TimeSpan SpeedWindow = TimeSpan.FromSeconds(5);

    private readonly Dictionary<int, int> _permilleByChunk = [];
    private readonly Queue<(long At, long Frames)> _history = new();
    private FarmProgress.Work? _told;
    private (ImmutableList<FinishedChunk?>? Of, long Frames) _done;

    public void OnJob(ProjectState state, string job, int permille)
    {
        if (JobNames.TryParse(job, out var kind, out var chunk) && kind == JobKind.Render && chunk < state.Chunks.Count && state.Chunks[chunk] is null)
        {
            _permilleByChunk[chunk] = permille;
        }
    }

    /// <summary>Tells what one commit changed, apart from the figures.</summary>
    public void OnCommit(ProjectState before, ProjectState after, IEnumerable<ProjectEvent> events)
    {
        foreach (var fact in events)
        {
            switch (fact)
            {
                case ProjectEvent.AttemptFailed e:
                    _permilleByChunk.Clear();
                    Publish(new FarmProgress.Retrying(after.Id, e.Job, e.Error));
                    break;
                case ProjectEvent.ChunksFinished e:
                    foreach (var chunk in e.Chunks)
                    {
                        _permilleByChunk.Remove(chunk.Chunk);
                    }

                    break;
            }
        }

        AddDone(before, after, events);
        foreach (var warning in after.Warnings.Skip(before.Warnings.Count))
        {
            Publish(new FarmProgress.Warned(after.Id, warning));
        }

        if (before.Facts is null && after.Facts is { } facts)
        {
            Publish(new FarmProgress.Titled(after.Id, facts.Title));
        }

        if (!before.IsEnded && ProjectView.End(after) is { } end)
        {
            TellFigures(after);
            Publish(end);
        }
    }

    /// <summary>Tells the figures if they changed.</summary>
    public void TellFigures(ProjectState state)
    {
        var figures = Figures(state);
        if (figures != _told)
        {
            Publish(_told = figures);
        }
    }

    /// <summary>Takes a watcher on, or on again, and tells it everything.</summary>
    public void TellAll(ProjectState state, IActorRef watcher)
    {
        if (state.Request is null)
        {
            return;
        }

        watchers.Renew(watcher);
        if (state.Facts is { } facts)
        {
            ProjectWatchers.Tell(watcher, new FarmProgress.Titled(state.Id, facts.Title));
        }

        ProjectWatchers.Tell(watcher, Figures(state));
        if (ProjectView.End(state) is { } end)
        {
            ProjectWatchers.Tell(watcher, end);
        }
    }

    /// <summary>
    /// The journal cannot be written. What only a person can put right is the last word for those who watch now, although the
    /// project itself goes on as soon as it can; anything else passes.
    /// </summary>
    public void TellStuck(ProjectState state, FarmError error)
    {
        if (error.Code is ErrorCodes.DiskFull or ErrorCodes.NotWritable && state.Request is { } request)
        {
            Publish(new FarmProgress.Finished(state.Id, ProjectStage.Failed, error, request.OutDir, []));
        }
        else
        {
            Publish(new FarmProgress.Warned(state.Id, error.Message));
        }
    }

    public FarmProgress.Work Now(ProjectState state) => Figures(state);

    public void TellLate(ProjectState state, JobLate late) => Publish(new FarmProgress.Warned(
        state.Id, $"{late.Job} has taken half of its {late.SecondsMax} s on node {late.Node.Node}."));

    private FarmProgress.Work Figures(ProjectState state)
    {
        var inWork = state.Plan is { } plan ? _permilleByChunk.Sum(p => (long)plan.Chunks[p.Key].Frames * p.Value / 1000) : 0;
        var done = FramesDone(state);
        return ProjectView.Figures(state, done, inWork, SpeedTenths(done + inWork));
    }

    // A long film is not read anew for each of its commits.
    private void AddDone(ProjectState before, ProjectState after, IEnumerable<ProjectEvent> events)
    {
        if (!ReferenceEquals(_done.Of, before.Chunks) || after.Plan is not { } plan || !ReferenceEquals(plan, before.Plan))
        {
            return;
        }

        var fresh = events.OfType<ProjectEvent.ChunksFinished>().SelectMany(e => e.Chunks).Select(c => c.Chunk).Where(i => before.Chunks[i] is null).ToList();
        if (fresh.Count == after.ChunksDone - before.ChunksDone)
        {
            _done = (after.Chunks, _done.Frames + fresh.Sum(i => (long)plan.Chunks[i].Frames));
        }
    }

    private long FramesDone(ProjectState state)
    {
        if (!ReferenceEquals(_done.Of, state.Chunks))
        {
            _done = (state.Chunks, ProjectView.FramesDone(state));
        }

        return _done.Frames;
    }

    private int SpeedTenths(long frames)
    {
        var now = clock.GetTimestamp();
        _history.Enqueue((now, frames));
        while (_history.Count > 2 && clock.GetElapsedTime(_history.Peek().At, now) > SpeedWindow)
        {
            _history.Dequeue();
        }

        var (from, framesThen) = _history.Peek();
        var elapsed = clock.GetElapsedTime(from, now);
        return elapsed > TimeSpan.FromMilliseconds(200) ? (int)Math.Clamp((frames - framesThen) * 10 / elapsed.TotalSeconds, 0, int.MaxValue) : 0;
    }

    private void Publish(FarmProgress progress) => watchers.TellAll(progress);
}
