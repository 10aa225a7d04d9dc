using Akka.Actor;
using Url2Video.Farm.Core;
using Url2Video.Farm.Core.Contracts;
using Url2Video.Farm.Core.Dispatch;
using Url2Video.Farm.Core.Errors;
using Url2Video.Farm.Core.Jobs;
using Url2Video.Farm.Core.Projects;

namespace Url2Video.Farm.Cluster.Projects;

/// <summary>From a job to its project: it has come into another stage.</summary>
internal sealed record JobChanged(string Job, JobStatus Status) : INoSerializationVerificationNeeded, INotInfluenceReceiveTimeout;

/// <summary>From a job to its project: an attempt is over, and this is what it cost.</summary>
internal sealed record JobSpent(string Job, EndKind Kind, long BusyMillis) : INoSerializationVerificationNeeded, INotInfluenceReceiveTimeout;

/// <summary>
/// What a project knows of its jobs in work beyond its journal: where they stand, how long they take. For lists and for the choice of
/// second runs; lost with the process and nobody misses it.
/// </summary>
internal sealed class ProjectLive(TimeProvider clock)
{
    private const int SamplesMax = 64;

    private readonly Dictionary<string, JobLive> _byName = new(StringComparer.Ordinal);
    private readonly Dictionary<JobKind, Queue<long>> _durations = [];

    /// <summary>Milliseconds nodes worked for the project in this life of its actor, whatever came of it.</summary>
    public long BusyMillis { get; private set; }

    public JobLive? Find(string job) => _byName.GetValueOrDefault(job);

    public void On(JobChanged m)
    {
        if (m.Status.Stage == JobStages.Done)
        {
            _byName.Remove(m.Job);
            return;
        }

        var now = clock.GetUtcNow();
        var known = _byName.GetValueOrDefault(m.Job) ?? new JobLive(null, now, 0, null, null);
        var isSame = known.Status?.Stage == m.Status.Stage && known.Status.Attempt == m.Status.Attempt;
        _byName[m.Job] = isSame ? known with { Status = m.Status } : known with { Status = m.Status, Since = now, Permille = 0 };
    }

    public void On(JobSpent m)
    {
        BusyMillis += m.BusyMillis;
        if (m.Kind == EndKind.Finished && m.BusyMillis > 0 && JobNames.TryParse(m.Job, out var kind, out _))
        {
            var samples = _durations.TryGetValue(kind, out var known) ? known : _durations[kind] = new Queue<long>();
            samples.Enqueue(m.BusyMillis);
            if (samples.Count > SamplesMax)
            {
                samples.Dequeue();
            }
        }
    }

    public void OnProgress(string job, int permille, string line)
    {
        if (_byName.TryGetValue(job, out var known))
        {
            _byName[job] = known with { Permille = permille, Tail = line.Length > 0 ? line : known.Tail };
        }
    }

    public void OnCommit(IEnumerable<ProjectEvent> events)
    {
        foreach (var fact in events)
        {
            switch (fact)
            {
                case ProjectEvent.AttemptFailed e: OnError(e.Job, e.Error); break;
                case ProjectEvent.AttemptExcused e: OnError(e.Job, e.Error); break;
            }
        }
    }

    /// <summary>All machines are told to stop; those of the next term report anew.</summary>
    public void Clear() => _byName.Clear();

    /// <summary>Jobs that should be run a second time now.</summary>
    public IEnumerable<string> Stragglers()
    {
        var now = clock.GetUtcNow();
        var running = _byName.Where(j => j.Value.Status is { Stage: JobStages.Running }).ToList();
        return Core.Projects.Stragglers.Of(
            running.Select(j => new RunningPace(
                j.Key,
                j.Value.Status!.Since is { } since ? (long)(now - since).TotalMilliseconds : 0,
                JobNames.TryParse(j.Key, out var kind, out _) && _durations.TryGetValue(kind, out var samples) ? Core.Projects.Stragglers.Median(samples) : null,
                j.Value.Status.Twin is not null)),
            isAnyIdle: running.Count < _byName.Count);
    }

    private void OnError(string job, FarmError error) =>
        _byName[job] = (_byName.GetValueOrDefault(job) ?? new JobLive(null, clock.GetUtcNow(), 0, null, null)) with { LastError = error };
}
