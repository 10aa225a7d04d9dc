using System.Security.Cryptography;
using System.Text;
using Url2Video.Farm.Core.Contracts;
using Url2Video.Farm.Core.Planning;

namespace Url2Video.Farm.Cluster.Artifacts;

/// <summary>Results by the name of their job (<see cref="ResultNames"/>). An entry is given only while every artifact it names can be had.</summary>
public interface IResultIndex
{
    /// <param name="name">Of <see cref="ResultNames.Of"/>.</param>
    ValueTask<JobResult?> FindAsync(string name, CancellationToken cancellation);

    /// <summary>Keeps a result whose artifacts are all stored.</summary>
    /// <param name="replace">True when the present entry was judged wrong (<see cref="JobSpec.WorkAnew"/>); else a good present entry stays.</param>
    ValueTask KeepAsync(string name, JobResult result, bool replace, CancellationToken cancellation);
}

public static class ResultNames
{
    /// <summary>
    /// False for a film without what it is sought by, though it was asked for: a node of the former version makes none, nor does one that could not decode. Good enough for its
    /// own film, not for those after it.
    /// </summary>
    public static bool IsWhole(JobSpec job, JobResult result)
    {
        ArgumentNullException.ThrowIfNull(job);
        return !(job.Work is JobWork.Assemble { TrickPlay: not null } && result is JobResult.Assembled { TrickPlay: null });
    }

    /// <summary>Whether a result of this job stands in place of what is kept: that was judged wrong, or may not be whole.</summary>
    public static bool Replaces(JobSpec job)
    {
        ArgumentNullException.ThrowIfNull(job);
        return job.WorkAnew || job.Work is JobWork.Assemble { TrickPlay: not null };
    }

    /// <summary>64 lower-case hexadecimal characters: the job's key, or key and project for what only one project may use.</summary>
    /// <param name="here">What the result depends on beside the job, of the machine that makes it; empty: nothing.</param>
    public static string Of(JobSpec job, string here = "")
    {
        ArgumentNullException.ThrowIfNull(job);

        // A web page changes while its address stays: its result is good for the project that fetched it and for no other.
        var project = JobKeys.IsShareable(job.Work) ? "" : $"{job.Id.Project}/";
        return project.Length + here.Length == 0
            ? job.Key.Sha256
            : Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(here.Length == 0 ? $"{project}{job.Key}" : $"{project}{job.Key}/{here}")));
    }
}
