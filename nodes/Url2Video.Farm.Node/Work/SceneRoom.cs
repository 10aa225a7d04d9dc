using Url2Video.Farm.Core;
using Url2Video.Farm.Core.Nodes;

namespace Url2Video.Farm.Node.Work;

/// <summary>The memory that the pictures of a scene may have where a work runs.</summary>
/// <param name="WorkerMib">Private memory of a worker of this node; 0: no bound.</param>
/// <param name="OthersMayHaveMore">Other nodes may have larger workers: true for a node of a farm, false for a farm of one process.</param>
public sealed record SceneRoom(int WorkerMib, bool OthersMayHaveMore)
{
    /// <summary>Of a worker that nobody said anything of.</summary>
    public static SceneRoom Usual { get; } = new(Limits.WorkerMemoryMibDefault, OthersMayHaveMore: false);

    public long BytesMax => MemoryWords.SceneBytesMax(WorkerMib);
}
