using Url2Video.Farm.Cli.Local;
using Url2Video.Farm.Cluster.Artifacts;
using Url2Video.Farm.Core;
using Url2Video.Farm.Core.Errors;
using Url2Video.Farm.Node.Work;
using Url2Video.Farm.Node.Workers;

namespace Url2Video.Farm.Cli.Farm;

/// <summary>The worker processes of a node in this process: this program again, with its hidden verb.</summary>
internal static class NodeWorkers
{
    /// <summary>More would compete for the cores before there is work.</summary>
    private const int WarmMax = 4;

    /// <param name="workers">Jobs at the same time.</param>
    /// <param name="memoryMibMax">0: no bound.</param>
    /// <param name="roomMib">What of that this machine has, see <see cref="SceneRoom.MibHere"/>.</param>
    /// <exception cref="FarmException">ERR_INVALID_ARGUMENT.</exception>
    /// <param name="dataDir">Of the node.</param>
    public static WorkerPool Start(int workers, string encoder, bool othersMaySpeak, int memoryMibMax, int roomMib, string dataDir)
    {
        if (memoryMibMax is not 0 and (< Limits.WorkerMemoryMibMin or > Limits.WorkerMemoryMibMax))
        {
            throw new FarmException(
                ErrorCodes.InvalidArgument, $"--worker-memory {memoryMibMax} is not possible.", $"Give {Limits.WorkerMemoryMibMin} to {Limits.WorkerMemoryMibMax} MiB, or 0 for no bound.");
        }

        var command = WorkersOf.Command(FarmProcess.ThisProgram(), encoder, othersMaySpeak, memoryMibMax, roomMib, Folders(dataDir), NodePlugins.FolderOf(dataDir));
        return new WorkerPool(new WorkerPoolOptions(command, Math.Clamp(workers, 0, WarmMax)));
    }

    // They must be there before a process can be confined to them. Where they cannot be made, whoever opens the data folder says why.
    private static string[] Folders(string dataDir)
    {
        try
        {
            var root = Path.GetFullPath(dataDir);
            string[] folders = [Path.Combine(root, "artifacts"), Path.Combine(root, "scratch")];
            Array.ForEach(folders, CreateOnlyFile.EnsureDirectory);
            return folders;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return [];
        }
    }
}
