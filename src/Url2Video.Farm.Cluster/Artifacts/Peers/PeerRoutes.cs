namespace Url2Video.Farm.Cluster.Artifacts.Peers;

/// <summary>Where servers speak to each other of artifacts.</summary>
internal static class PeerRoutes
{
    /// <summary>Followed by the name of the artifact.</summary>
    public const string Artifacts = "/peer/v1/artifacts/";
}
