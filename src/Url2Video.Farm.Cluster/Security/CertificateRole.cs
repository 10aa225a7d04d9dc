namespace Url2Video.Farm.Cluster.Security;

/// <summary>What the holder of a certificate may be. Written into the certificate as an extended key usage of our own.</summary>
public enum CertificateRole
{
    /// <summary>A member of the cluster: it may gossip, host projects and speak as any actor.</summary>
    Server,

    /// <summary>A node: it may open a link and speak for itself. Never a member.</summary>
    Node,
}

internal static class CertificateRoles
{
    /// <summary>Arc 2.25 needs no registration: the number is a random UUID. Written into certificates: frozen.</summary>
    private const string Arc = "2.25.214836205977344781339266520413847361042";

    public static string OidOf(CertificateRole role) => role == CertificateRole.Server ? Arc + ".1" : Arc + ".2";
}
