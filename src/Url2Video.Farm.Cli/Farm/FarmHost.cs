using Microsoft.Extensions.Logging;
using Url2Video.Farm.Cluster.Hosting;
using Url2Video.Farm.Core;
using Url2Video.Farm.Core.Errors;
using Url2Video.Farm.Core.Nodes;
using Url2Video.Farm.Media.FFmpeg;
using Url2Video.Farm.Node.Embedded;
using Url2Video.Farm.Node.Work;
using Url2Video.Farm.Node.Workers;

namespace Url2Video.Farm.Cli.Farm;

/// <summary>Puts a process together: the embedded farm with everything that this machine can do.</summary>
internal static class FarmHost
{
    /// <param name="workers">Jobs at the same time; null: one per core.</param>
    /// <exception cref="FarmException">ERR_INVALID_ARGUMENT, ERR_FARM_BUSY, ERR_NOT_WRITABLE.</exception>
    /// <param name="workerMemoryMibMax">Of each worker process; 0: no bound.</param>
    public static async Task<IFarm> StartAsync(string dataDir, int? workers, int workerMemoryMibMax = Limits.WorkerMemoryMibDefault)
    {
        if (workers is < 1 or > Limits.SlotsPerNodeMax)
        {
            throw new FarmException(ErrorCodes.InvalidArgument, $"--workers {workers} is not possible.", $"Give a whole number from 1 to {Limits.SlotsPerNodeMax}.");
        }

        var roomMib = SceneRoom.MibHere(workerMemoryMibMax);

        // They start while the farm does; they end with this process, however it ends.
        var pool = NodeWorkers.Start(workers ?? Environment.ProcessorCount, string.Empty, othersMaySpeak: false, workerMemoryMibMax, roomMib, dataDir);
        var voices = new NodeVoices();
        var options = new FarmOptions
        {
            DataDir = dataDir,
            Workers = workers ?? Environment.ProcessorCount,
            Capabilities = [.. voices.Capabilities, .. EncoderTrial.Listed().Select(EncoderWords.Of), .. NodePlugins.Open(NodePlugins.FolderOf(dataDir), othersMayHave: false).Words,
                MemoryWords.Of(roomMib)],
            LogLevel = Environment.GetEnvironmentVariable("URL2VIDEO_DEBUG") is "1" ? LogLevel.Debug : LogLevel.Information,
        };
        return await EmbeddedFarm.StartAsync(options, AllWorks.Create(TimeProvider.System, voices, room: new SceneRoom(roomMib, OthersMayHaveMore: false)).Pooled(pool)).ConfigureAwait(false);
    }
}
