using Url2Video.Farm.Core.Errors;

namespace Url2Video.Farm.Cli.Commands;

/// <summary>The folder for the result: tried before any work, and left as it was found when the work comes to nothing.</summary>
internal sealed class OutDirectory
{
    private readonly bool _isNew;

    private OutDirectory(string path, bool isNew) => (Path, _isNew) = (path, isNew);

    public string Path { get; }

    /// <exception cref="FarmException">ERR_INVALID_ARGUMENT, ERR_NOT_WRITABLE or ERR_DISK_FULL.</exception>
    public static OutDirectory Prepare(string path)
    {
        if (path.Length == 0)
        {
            throw new FarmException(ErrorCodes.InvalidArgument, "--out is empty.", "Name a folder.");
        }

        var full = System.IO.Path.GetFullPath(path);
        var isNew = !Directory.Exists(full);
        try
        {
            Directory.CreateDirectory(full);
            var probe = System.IO.Path.Combine(full, $".url2video-{Environment.ProcessId}");
            File.WriteAllBytes(probe, [0]);
            File.Delete(probe);
        }
        catch (Exception e) when (e is UnauthorizedAccessException or IOException)
        {
            var isFull = e is IOException && (e.HResult & 0xFFFF) == 28; // ENOSPC
            throw isFull
                ? new FarmException(ErrorCodes.DiskFull, $"The disk of {full} is full.", "Free some space or choose another --out.", retryable: true, e)
                : new FarmException(ErrorCodes.NotWritable, $"Cannot write to {full}: {e.Message}", "Choose another --out or change its permissions.", cause: e);
        }

        return new OutDirectory(full, isNew);
    }

    /// <summary>Takes an empty folder away again if this command made it.</summary>
    public void RemoveIfUnused()
    {
        if (_isNew && Directory.Exists(Path) && !Directory.EnumerateFileSystemEntries(Path).Any())
        {
            Directory.Delete(Path);
        }
    }
}
