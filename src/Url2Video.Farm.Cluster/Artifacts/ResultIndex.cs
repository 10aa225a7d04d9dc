using System.Text.Json;
using Url2Video.Farm.Cluster.Serialization;
using Url2Video.Farm.Core.Contracts;

namespace Url2Video.Farm.Cluster.Artifacts;

/// <summary>
/// Results by job key: the same key is never worked twice, by whichever project. An entry is trusted only while every artifact
/// it names is there, so deleting files costs work and never correctness. Safe for any thread.
/// </summary>
public sealed class ResultIndex(string root, ArtifactStore artifacts) : IResultIndex
{
    private const string TemporarySuffix = ".tmp";

    private long _temporaries;

    /// <returns>The result that this very work gave before; null when it has to be done.</returns>
    public JobResult? Find(JobSpec job)
    {
        return Find(ResultNames.Of(job));
    }

    /// <inheritdoc/>
    public ValueTask<JobResult?> FindAsync(string name, CancellationToken cancellation) => ValueTask.FromResult(Find(name));

    /// <inheritdoc/>
    public ValueTask KeepAsync(string name, JobResult result, bool replace, CancellationToken cancellation)
    {
        Keep(name, result, replace);
        return default;
    }

    private JobResult? Find(string name)
    {
        var path = PathFor(name);
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
        ArgumentNullException.ThrowIfNull(job);
        Keep(ResultNames.Of(job), result, job.WorkAnew);
    }

    private void Keep(string name, JobResult result, bool replace)
    {
        if (!replace && Find(name) is not null)
        {
            return;
        }

        var path = PathFor(name);
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

    private string PathFor(string name) => Sha256Text.IsOne(name)
        ? Path.Combine(root, name[..2], name[2..] + ".json")
        : throw new ArgumentException("A result is named by 64 lower-case hexadecimal characters.", nameof(name));
}
