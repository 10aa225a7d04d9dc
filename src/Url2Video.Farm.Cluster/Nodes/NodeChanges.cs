namespace Url2Video.Farm.Cluster.Nodes;

/// <summary>How far a server has followed the nodes.</summary>
/// <param name="Next">Every change below this number is known.</param>
/// <param name="Struck">How many nodes had been struck off by then.</param>
internal readonly record struct NodesMark(long Next, long Struck)
{
    /// <summary>Knows nothing.</summary>
    public static NodesMark None { get; } = new(0, -1);
}

/// <summary>What became of the nodes since a mark.</summary>
/// <param name="IsWhole">These are all there are, whoever was known and is not among them is struck off; else only those that changed.</param>
internal sealed record NodeChanges(NodesMark Mark, bool IsWhole, IReadOnlyList<NodeStanding> Standings);
