namespace Url2Video.Farm.Cluster.Nodes;

/// <summary>What operators have made of a node. Words are stored: frozen.</summary>
public static class NodeStates
{
    public const string Active = "active";

    /// <summary>Takes on nothing new; finishes what it holds.</summary>
    public const string Draining = "draining";

    /// <summary>As draining, because it is suspected.</summary>
    public const string Quarantined = "quarantined";

    /// <summary>Let in nowhere. Final: only forgetting the node frees its name.</summary>
    public const string Revoked = "revoked";
}
