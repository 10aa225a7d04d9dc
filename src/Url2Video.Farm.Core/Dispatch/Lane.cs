namespace Url2Video.Farm.Core.Dispatch;

/// <summary>The queue of one project's jobs of one capability class in one band, by rank.</summary>
internal sealed class Lane(ProjectShare project, TenantLane tenant)
{
    private readonly PriorityQueue<QueuedJob, (long Rank, long Arrival)> _queue = new();
    private long _arrivals;
    private List<QueuedJob>? _spare; // Null until a node asks for reserves.

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
        Spare(job);
    }

    /// <summary>The job may be held in reserve (again).</summary>
    public void Spare(QueuedJob job)
    {
        if (_spare is null || job.IsSpare)
        {
            return;
        }

        _spare.Add(job);
        job.IsSpare = true;
    }

    /// <summary>A job that may be held in reserve, each once: of those that came last, which are granted last, so that it is of use for long.</summary>
    public QueuedJob? TakeSpare()
    {
        if (_spare is null)
        {
            _spare = new List<QueuedJob>(_queue.Count);
            foreach (var (job, _) in _queue.UnorderedItems)
            {
                Spare(job);
            }
        }

        while (_spare.Count > 0)
        {
            var job = _spare[^1];
            _spare.RemoveAt(_spare.Count - 1);
            job.IsSpare = false;
            if (job is { IsQueued: true, Offer: { ReservedBy: null, ReservesLeft: > 0 } })
            {
                return job;
            }
        }

        return null;
    }

    /// <summary>Takes the <see cref="Head"/>.</summary>
    public QueuedJob Dequeue()
    {
        var job = Head;
        _queue.Dequeue();
        job.IsQueued = false;
        Count--;
        Class.Queued--;
        SweepSpare();
        return job;
    }

    public void Remove(QueuedJob job)
    {
        job.IsQueued = false;
        Count--;
        Class.Queued--;
        SweepSpare();
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

    private void SweepSpare()
    {
        if (_spare is { Count: > 64 } && _spare.Count > 2 * Count)
        {
            _spare.RemoveAll(static j => !j.IsQueued);
        }
    }

    // Amortised over the removals that made it necessary, as above.
    private void Sweep()
    {
        var live = _queue.UnorderedItems.Where(i => i.Element.IsQueued).ToList();
        _queue.Clear();
        _queue.EnqueueRange(live);
    }
}
