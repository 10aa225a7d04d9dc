using Url2Video.Farm.Cluster.Artifacts;
using Url2Video.Farm.Core.Errors;

namespace Url2Video.Farm.Cluster.Hosting;

/// <summary>The folder of an embedded farm, held by one process at a time.</summary>
internal sealed class DataDirectory : IDisposable
{
    private readonly FileStream _lock;

    private DataDirectory(string root, FileStream held) => (Root, _lock) = (root, held);

    public string Root { get; }

    public string Journal => Path.Combine(Root, "journal.db");

    public string Artifacts => Path.Combine(Root, "artifacts");

    public string Results => Path.Combine(Root, "results");

    public string Scratch => Path.Combine(Root, "scratch");

    public string Log => Path.Combine(Root, "farm.log");

    /// <summary>Makes the folder if need be and takes its lock, which the system frees however the process ends.</summary>
    /// <exception cref="FarmException"><c>ERR_FARM_BUSY</c>, <c>ERR_NOT_WRITABLE</c>, <c>ERR_DISK_FULL</c>.</exception>
    public static DataDirectory Open(string path)
    {
        var root = Path.GetFullPath(path);
        try
        {
            CreateOnlyFile.EnsureDirectory(root);
            var held = Lock(root);
            try
            {
                Sweep(Path.Combine(root, "scratch"));
                return new DataDirectory(root, held);
            }
            catch
            {
                held.Dispose();
                throw;
            }
        }
        catch (Exception fault) when (IoFaults.IsKnown(fault))
        {
            throw IoFaults.Translate(fault, $"use the data folder {root}");
        }
    }

    public void Dispose() => _lock.Dispose();

    private static FileStream Lock(string root)
    {
        var path = Path.Combine(root, "farm.lock");
        try
        {
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException fault) when (File.Exists(path) && !IoFaults.IsUnwritableDisk(fault) && fault is not FileNotFoundException and not DirectoryNotFoundException)
        {
            throw new FarmException(
                ErrorCodes.FarmBusy,
                $"Another process works with the data folder {root}.",
                "Wait for it, stop it, or choose another folder with --data.",
                retryable: true,
                fault);
        }
    }

    // What a killed process left half-done; no other process can be using it now. Only what bears a project's name: the folder may
    // be one that a person named by mistake, with a "scratch" of their own in it.
    private static void Sweep(string scratch)
    {
        Directory.CreateDirectory(scratch);
        foreach (var attempt in Directory.EnumerateDirectories(scratch).Where(d => ProjectIds.StartsWithOne(Path.GetFileName(d))))
        {
            Directory.Delete(attempt, recursive: true);
        }
    }
}
