namespace Url2Video.Farm.Core.Dispatch;

/// <summary>The queue of one project's jobs of one capability class, by rank.</summary>
internal sealed class Lane(ProjectShare project, CapabilityClass @class)
{
    private readonly PriorityQueue<QueuedJob, (long Rank, long Arrival)> _queue = new();
    private long _arrivals;

    public ProjectShare Project { get; } = project;

    public CapabilityClass Class { get; } = @class;

    /// <summary>Jobs that are really queued; the rest of the heap waits to be swept.</summary>
    public int Count { get; private set; }

    public void Enqueue(QueuedJob job)
    {
        _queue.Enqueue(job, (job.Rank, _arrivals++));
        Count++;
    }

    /// <summary>The first job by rank. The lane must not be empty.</summary>
    public QueuedJob Dequeue()
    {
        while (true)
        {
            var job = _queue.Dequeue();
            if (job.IsQueued)
            {
                job.IsQueued = false;
                Count--;
                return job;
            }
        }
    }

    public void Remove(QueuedJob job)
    {
        job.IsQueued = false;
        Count--;
        if (_queue.Count > 64 && _queue.Count > 2 * Count)
        {
            Sweep();
        }
    }

    // Amortised over the removals that made it necessary.
    private void Sweep()
    {
        var live = _queue.UnorderedItems.Where(i => i.Element.IsQueued).ToList();
        _queue.Clear();
        _queue.EnqueueRange(live);
    }
}
