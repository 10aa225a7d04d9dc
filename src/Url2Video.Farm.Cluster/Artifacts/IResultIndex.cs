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
