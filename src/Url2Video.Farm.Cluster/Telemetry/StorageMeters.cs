using Microsoft.Extensions.Logging;

namespace Url2Video.Farm.Cluster.Telemetry;

/// <summary>Tells how full the disk of the artifact store is, while it lives.</summary>
internal sealed partial class StorageMeters : IAsyncDisposable
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(15);

    private readonly string _path;
    private readonly ILogger _log;
    private readonly ITimer _timer;
    private bool _failed;

    /// <param name="path">Any folder of the disk.</param>
    public StorageMeters(string path, TimeProvider clock, ILogger log)
    {
        (_path, _log) = (Path.GetFullPath(path), log);
        _timer = clock.CreateTimer(_ => Read(), null, TimeSpan.Zero, Period);
    }

    public async ValueTask DisposeAsync()
    {
        await _timer.DisposeAsync().ConfigureAwait(false);
        FarmMeters.Forget(FarmMeters.StorageBytes, FarmMeters.StorageFree);
    }

    private void Read()
    {
        try
        {
            var disk = new DriveInfo(_path);
            FarmMeters.Set(FarmMeters.StorageBytes, disk.TotalSize);
            FarmMeters.Set(FarmMeters.StorageFree, disk.AvailableFreeSpace); // What is left for this user, quotas and reserves considered.
            _failed = false;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            FarmMeters.Forget(FarmMeters.StorageBytes, FarmMeters.StorageFree); // An old figure would look like a good one.
            if (!_failed)
            {
                _failed = true;
                Unreadable(_log, fault.Message);
            }
        }
    }

    [LoggerMessage(LogLevel.Warning, "How full the disk of the artifacts is cannot be read: {Why}")]
    private static partial void Unreadable(ILogger log, string why);
}
