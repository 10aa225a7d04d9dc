using Url2Video.Farm.Core;

namespace Url2Video.Farm.Cluster.Nodes;

/// <summary>
/// Which attempts this server granted to which node, the latest of each: a node may say something of an attempt only if it was its own. Bounded in
/// nodes and in attempts of a node. Safe for any thread.
/// </summary>
internal sealed class GrantBook
{
    /// <summary>
    /// Twice what a node can hold at once: the log of an attempt is told when the next has begun, at the latest. And room for the reserves of
    /// some minutes, most of which it never begins.
    /// </summary>
    private const int AttemptsPerNodeMax = (2 * Limits.SlotsPerNodeMax) + (16 * Limits.ReservesPerNodeMax);

    private readonly Lock _gate = new();
    private readonly Dictionary<NodeId, Page> _pages = [];

    public void Granted(Lease lease)
    {
        lock (_gate)
        {
            if (!_pages.TryGetValue(lease.Node.Node, out var page))
            {
                if (_pages.Count >= Limits.NodesPerFarmMax)
                {
                    _pages.Clear(); // Names without end come and go: the projects themselves can still be asked.
                }

                _pages.Add(lease.Node.Node, page = new Page([], new Queue<(JobId, long)>()));
            }

            if (page.Known.Add((lease.Job, lease.Attempt)))
            {
                page.ByAge.Enqueue((lease.Job, lease.Attempt));
                if (page.ByAge.Count > AttemptsPerNodeMax)
                {
                    page.Known.Remove(page.ByAge.Dequeue());
                }
            }
        }
    }

    public bool Knows(NodeId node, JobId job, long attempt)
    {
        lock (_gate)
        {
            return _pages.TryGetValue(node, out var page) && page.Known.Contains((job, attempt));
        }
    }

    private sealed record Page(HashSet<(JobId, long)> Known, Queue<(JobId, long)> ByAge);
}
