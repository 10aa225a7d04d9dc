namespace Url2Video.Farm.Core.Dispatch;

/// <summary>What a node may be given.</summary>
internal enum Standing
{
    Good,

    /// <summary>Nothing.</summary>
    Quarantined,

    /// <summary>One job at a time, until enough of them are finished.</summary>
    Probation,
}

/// <summary>What is known of a node's reliability. By name: it outlives the lives of the node, because a restart repairs few things.</summary>
internal sealed class NodeHealth(NodeId id)
{
    public NodeId Id { get; } = id;

    public Standing Standing { get; set; }

    /// <summary>An operator wants it empty.</summary>
    public bool IsDrained { get; set; }

    public string Reason { get; set; } = string.Empty;

    /// <summary>When a quarantine may end; null: by an operator only.</summary>
    public DateTimeOffset? Until { get; set; }

    /// <summary>Quarantines in a row.</summary>
    public int Times { get; set; }

    /// <summary>Probes finished in a row.</summary>
    public int Proven { get; set; }

    public DateTimeOffset SeenAt { get; set; }

    /// <summary>Different jobs that failed here since the last that was finished, the last <see cref="Limits.FailuresPerNodeMax"/> and some.</summary>
    public List<JobId> Failed { get; } = [];
}
