using System.Security.Cryptography;
using System.Text;
using Url2Video.Farm.Cluster.Serialization;
using Url2Video.Farm.Core.Contracts;
using Url2Video.Farm.Core.Planning;

namespace Url2Video.Farm.Cluster.Artifacts;

/// <summary>Under which name a result is kept: 64 lower-case hexadecimal characters.</summary>
internal static class ResultName
{
    public static string Of(JobSpec job)
    {
        ArgumentNullException.ThrowIfNull(job);

        // A web page changes while its address stays: its result is good for the project that fetched it and for no other.
        var name = JobKeys.IsShareable(job.Work)
            ? job.Key.Sha256
            : Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{job.Id.Project}/{job.Key}")));
        return Sha256Text.IsOne(name) ? name : throw new ArgumentException("A job key is 64 lower-case hexadecimal characters.", nameof(job));
    }
}
