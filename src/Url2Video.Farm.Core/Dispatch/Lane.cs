namespace Url2Video.Farm.Core.Dispatch;

/// <summary>The queue of one project's jobs of one capability class in one band, by rank.</summary>
internal sealed class Lane(ProjectShare project, TenantLane tenant)
{
    private readonly PriorityQueue<QueuedJob, (long Rank, long Arrival)> _queue = new();
    private long _arrivals;

    public ProjectShare Project { get; } = project;

    public TenantLane Tenant { get; } = tenant;

    public CapabilityClass Class => Tenant.Class;

    /// <summary>Jobs that are really queued; the rest of the heap waits to be swept.</summary>
    public int Count { get; private set; }

    /// <summary>The first job by rank. The lane must not be empty.</summary>
    public QueuedJob Head
    {
        get
        {
            QueuedJob head;
            while (!(head = _queue.Peek()).IsQueued)
            {
                _queue.Dequeue();
            }

            return head;
        }
    }

    public void Enqueue(QueuedJob job)
    {
        _queue.Enqueue(job, (job.Rank, _arrivals++));
        Count++;
        Class.Queued++;
    }

    /// <summary>Takes the <see cref="Head"/>.</summary>
    public QueuedJob Dequeue()
    {
        var job = Head;
        _queue.Dequeue();
        job.IsQueued = false;
        Count--;
        Class.Queued--;
        return job;
    }

    public void Remove(QueuedJob job)
    {
        job.IsQueued = false;
        Count--;
        Class.Queued--;
        if (_queue.Count > 64 && _queue.Count > 2 * Count)
        {
            Sweep();
        }
    }

    /// <summary>Jobs of the lane that go before this one; null when there are too many to look.</summary>
    public int? Before(QueuedJob job)
    {
        if (_queue.Count > Limits.AheadCountedMax)
        {
            return null;
        }

        var before = 0;
        foreach (var (other, order) in _queue.UnorderedItems)
        {
            before += other.IsQueued && order.Rank < job.Rank ? 1 : 0;
        }

        return before;
    }

    // Amortised over the removals that made it necessary.
    private void Sweep()
    {
        var live = _queue.UnorderedItems.Where(i => i.Element.IsQueued).ToList();
        _queue.Clear();
        _queue.EnqueueRange(live);
    }
}
