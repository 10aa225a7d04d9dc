using Url2Video.Farm.Core;

namespace Url2Video.Farm.Cluster.Nodes;

/// <summary>
/// Which attempts this server granted to which node, the latest of each: a node may say something of an attempt only if it was its own. Bounded in
/// nodes and in attempts of a node. Safe for any thread.
/// </summary>
internal sealed class GrantBook
{
    /// <summary>Twice what a node can hold at once: the log of an attempt is told when the next has begun, at the latest.</summary>
    private const int AttemptsPerNodeMax = 2 * Limits.SlotsPerNodeMax;

    /// <summary>Most of what is held in reserve is never begun, and each is over after a minute.</summary>
    private const int ReservesPerNodeMax = 4 * Limits.ReservesPerNodeMax;

    private readonly Lock _gate = new();
    private readonly Dictionary<NodeId, Page> _pages = [];

    public void Granted(Lease lease)
    {
        lock (_gate)
        {
            PageOf(lease).Granted.Add(lease);
        }
    }

    /// <summary>It may begin this by itself.</summary>
    public void Reserved(Lease lease)
    {
        lock (_gate)
        {
            PageOf(lease).Reserved.Add(lease);
        }
    }

    /// <summary>The node says that it has begun: from then on a reserve of its own is an attempt like any.</summary>
    public void Begun(Lease lease)
    {
        lock (_gate)
        {
            if (_pages.TryGetValue(lease.Node.Node, out var page) && page.Reserved.Has(lease.Job, lease.Attempt))
            {
                page.Granted.Add(lease);
            }
        }
    }

    public bool Knows(NodeId node, JobId job, long attempt)
    {
        lock (_gate)
        {
            return _pages.TryGetValue(node, out var page) && (page.Granted.Has(job, attempt) || page.Reserved.Has(job, attempt));
        }
    }

    private Page PageOf(Lease lease)
    {
        if (!_pages.TryGetValue(lease.Node.Node, out var page))
        {
            if (_pages.Count >= Limits.NodesPerFarmMax)
            {
                _pages.Clear(); // Names without end come and go: the projects themselves can still be asked.
            }

            _pages.Add(lease.Node.Node, page = new Page(new Shelf(AttemptsPerNodeMax), new Shelf(ReservesPerNodeMax)));
        }

        return page;
    }

    private sealed record Page(Shelf Granted, Shelf Reserved);

    /// <summary>The latest attempts, so many at most.</summary>
    private sealed class Shelf(int attemptsMax)
    {
        private readonly HashSet<(JobId, long)> _known = [];
        private readonly Queue<(JobId, long)> _byAge = [];

        public bool Has(JobId job, long attempt) => _known.Contains((job, attempt));

        public void Add(Lease lease)
        {
            if (_known.Add((lease.Job, lease.Attempt)))
            {
                _byAge.Enqueue((lease.Job, lease.Attempt));
                if (_byAge.Count > attemptsMax)
                {
                    _known.Remove(_byAge.Dequeue());
                }
            }
        }
    }
}
