namespace Url2Video.Farm.Cluster.Artifacts.Transfer;

/// <summary>Where nodes read and write besides their link.</summary>
internal static class FarmRoutesOfNodes
{
    /// <summary>Followed by the name of the artifact.</summary>
    public const string Artifacts = "/artifacts/";

    /// <summary>Followed by the name of the result.</summary>
    public const string Results = "/node/v1/results/";

    public const string JobLogs = "/node/v1/job-logs";
}
