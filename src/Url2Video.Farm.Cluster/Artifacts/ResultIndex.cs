using System.Text.Json;
using Url2Video.Farm.Cluster.Serialization;
using Url2Video.Farm.Core.Contracts;

namespace Url2Video.Farm.Cluster.Artifacts;

/// <summary>The index of results of one folder, one file an entry.</summary>
public sealed class ResultIndex(string root, ArtifactStore artifacts) : IResultIndex
{
    private const string TemporarySuffix = ".tmp";

    private long _temporaries;

    public JobResult? Find(JobSpec job)
    {
        ArgumentNullException.ThrowIfNull(job);
        var path = PathFor(job);
        try
        {
            var result = (JobResult)FarmJson.Read(File.ReadAllBytes(path), typeof(JobResult));
            return ArtifactsOf.Result(result).All(artifacts.Exists) ? result : null;
        }
        catch (Exception fault) when (fault is JsonException or NotSupportedException || IoFaults.IsKnown(fault))
        {
            return null; // Not there, damaged, or written by another version: working again is always right.
        }
    }

    /// <summary>Keeps a result whose artifacts are all stored. A present entry that is still good stays as it is, unless the job had to be worked anew.</summary>
    /// <exception cref="Core.Errors.FarmException"><c>ERR_DISK_FULL</c>, <c>ERR_NOT_WRITABLE</c>.</exception>
    public void Keep(JobSpec job, JobResult result)
    {
        if (!job.WorkAnew && Find(job) is not null)
        {
            return;
        }

        var path = PathFor(job);
        var temporary = Path.Combine(root, $"{Environment.ProcessId}-{Interlocked.Increment(ref _temporaries)}{TemporarySuffix}");
        try
        {
            CreateOnlyFile.EnsureDirectory(Path.GetDirectoryName(path)!);
            using (var file = new FileStream(temporary, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0))
            {
                file.Write(FarmJson.Write<JobResult>(result));
                file.Flush(flushToDisk: true);
            }

            // Replaces an entry that lost its files: a rename shows the old entry or the new one, never half of either.
            File.Move(temporary, path, overwrite: true);
            LibC.FlushDirectory(Path.GetDirectoryName(path)!);
        }
        catch (Exception fault) when (IoFaults.IsKnown(fault))
        {
            DeleteQuietly(temporary);
            throw IoFaults.Translate(fault, "write the index of results");
        }
    }

    /// <summary>Removes what a killed process left half-written. Only while no other process uses the index.</summary>
    public void SweepTemporaries()
    {
        if (Directory.Exists(root))
        {
            foreach (var leftover in Directory.EnumerateFiles(root, "*" + TemporarySuffix))
            {
                DeleteQuietly(leftover);
            }
        }
    }

    private static void DeleteQuietly(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception fault) when (IoFaults.IsKnown(fault))
        {
            // Swept at the next start.
        }
    }

    private string PathFor(JobSpec job)
    {
        var name = ResultName.Of(job);
        return Path.Combine(root, name[..2], name[2..] + ".json");
    }
}
