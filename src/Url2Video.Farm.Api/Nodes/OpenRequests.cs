using System.Collections.Concurrent;
using Url2Video.Farm.Cluster.Nodes;
using Url2Video.Farm.Core;

namespace Url2Video.Farm.Api.Nodes;

/// <summary>
/// Requests of nodes that are under way. A session is judged when a request begins, and an upload may take an hour: when a node is revoked, what it
/// has open is cut off. As many as the server has connections. Safe for any thread.
/// </summary>
internal sealed class OpenRequests(TimeProvider clock)
{
    private readonly ConcurrentDictionary<long, Open> _open = new();
    private long _last;

    /// <summary>Requests that are under way.</summary>
    public int Count => _open.Count;

    /// <param name="abort">Called when the node is let in no more; may be called again.</param>
    /// <returns>To be disposed of when the request is over.</returns>
    public IDisposable Track(NodeId node, Action abort)
    {
        var number = Interlocked.Increment(ref _last);
        _open[number] = new Open(node, abort, clock.GetTimestamp());
        return new Ending(this, number);
    }

    /// <param name="askedAt">Time stamp from before the question. A node that is not in the answer and had a request before is struck off the list.</param>
    public void Judge(IReadOnlyDictionary<NodeId, NodeStanding> standings, long askedAt)
    {
        if (_open.IsEmpty)
        {
            return;
        }

        foreach (var open in _open.Values)
        {
            var isOut = standings.TryGetValue(open.Node, out var standing) ? standing.State == NodeStates.Revoked : open.BeganAt < askedAt;
            if (isOut)
            {
                Cut(open);
            }
        }
    }

    // A request that ends in this very moment has nothing left to abort, and says so by throwing.
    private static void Cut(Open open)
    {
        try
        {
            open.Abort();
        }
        catch (Exception fault) when (fault is ObjectDisposedException or InvalidOperationException or NullReferenceException)
        {
            // It has ended.
        }
    }

    private sealed record Open(NodeId Node, Action Abort, long BeganAt);

    private sealed class Ending(OpenRequests owner, long number) : IDisposable
    {
        public void Dispose() => owner._open.TryRemove(number, out _);
    }
}
