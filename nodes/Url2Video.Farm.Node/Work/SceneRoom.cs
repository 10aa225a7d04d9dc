using Url2Video.Farm.Core;
using Url2Video.Farm.Core.Nodes;
using Url2Video.Farm.Node.Probing;

namespace Url2Video.Farm.Node.Work;

/// <summary>The memory that the pictures of a scene may have where a work runs.</summary>
/// <param name="WorkerMib">Private memory that a worker of this node can have; 0: nobody knows.</param>
/// <param name="OthersMayHaveMore">Other nodes may have larger workers: true for a node of a farm, false for a farm of one process.</param>
public sealed record SceneRoom(int WorkerMib, bool OthersMayHaveMore)
{
    /// <summary>Of a worker that nobody said anything of.</summary>
    public static SceneRoom Usual { get; } = new(Limits.WorkerMemoryMibDefault, OthersMayHaveMore: false);

    /// <summary>The machine has no more: <c>--worker-memory</c> gives workers nothing.</summary>
    public bool IsAllThereIs { get; init; }

    public long BytesMax => MemoryWords.SceneBytesMax(WorkerMib);

    /// <summary>What a worker of this machine can have.</summary>
    /// <param name="workerMib">What it may have; 0: no bound.</param>
    public static int MibHere(int workerMib) => MibOf(workerMib, CgroupLimits.MemoryBytes());

    /// <param name="machineBytes">Of the machine or its container; 0: nobody knows.</param>
    /// <returns>0: nobody knows.</returns>
    internal static int MibOf(int workerMib, long machineBytes)
    {
        var machineMib = (int)Math.Min(Limits.WorkerMemoryMibMax, machineBytes / (1024 * 1024));
        return workerMib == 0 || machineMib == 0 ? Math.Max(workerMib, machineMib) : Math.Min(workerMib, machineMib);
    }
}
