using System.Globalization;
using Url2Video.Farm.Cluster.Artifacts;
using Url2Video.Farm.Core;

namespace Url2Video.Farm.Node.Running;

/// <summary>The private folder of one attempt: named by the whole lease, so that no two attempts ever meet in it.</summary>
internal sealed class ScratchFolder : IDisposable
{
    private ScratchFolder(string path) => FullPath = path;

    public string FullPath { get; }

    /// <exception cref="Core.Errors.FarmException"><c>ERR_DISK_FULL</c>, <c>ERR_NOT_WRITABLE</c>.</exception>
    public static ScratchFolder Create(string root, Lease lease)
    {
        var name = string.Create(
            CultureInfo.InvariantCulture,
            $"{lease.Job.Project.Value}-{lease.Job.Name.Replace('/', '-')}-{lease.Attempt}-{lease.Node.Epoch}");
        var path = Path.Combine(root, name);
        try
        {
            Directory.CreateDirectory(path);
        }
        catch (Exception fault) when (IoFaults.IsKnown(fault))
        {
            throw IoFaults.Translate(fault, "make a scratch folder");
        }

        return new ScratchFolder(path);
    }

    public void Dispose()
    {
        try
        {
            Directory.Delete(FullPath, recursive: true);
        }
        catch (Exception fault) when (IoFaults.IsKnown(fault))
        {
            // Swept at the next start of the process.
        }
    }
}
