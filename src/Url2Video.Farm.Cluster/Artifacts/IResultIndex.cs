using Url2Video.Farm.Core.Contracts;

namespace Url2Video.Farm.Cluster.Artifacts;

/// <summary>
/// Results by job key: the same key is never worked twice, by whichever project. An entry is trusted only while every artifact it names is
/// there, so deleting files costs work and never correctness. Safe for any thread.
/// </summary>
public interface IResultIndex
{
    /// <returns>The result that this very work gave before; null when it has to be done.</returns>
    JobResult? Find(JobSpec job);

    /// <summary>Keeps a result whose artifacts are all stored. A present entry that is still good stays as it is, unless the job had to be worked anew.</summary>
    /// <exception cref="Core.Errors.FarmException">The index cannot be written.</exception>
    void Keep(JobSpec job, JobResult result);
}
