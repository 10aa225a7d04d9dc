using Akka.Configuration;
using Microsoft.Extensions.Logging;
using Url2Video.Farm.Cluster.Artifacts;
using Url2Video.Farm.Cluster.Store;
using Url2Video.Farm.Cluster.Webhooks;
using Url2Video.Farm.Core.Settings;

namespace Url2Video.Farm.Cluster.Hosting;

/// <summary>What one server of a farm is started with.</summary>
/// <param name="Database">Opened by the caller, who also closes it, after the server has ended.</param>
/// <param name="PublicUrl">Where clients and nodes reach this server's HTTP port.</param>
internal sealed record ServerSetup(FarmDatabase Database, ArtifactStore Artifacts, Uri PublicUrl, TimeProvider Clock, ILoggerFactory Logging, LogLevel LogLevel)
{
    /// <summary>Name or address under which the other servers reach this one.</summary>
    public string ClusterHost { get; init; } = "127.0.0.1";

    /// <summary>Port of the cluster's own traffic; 0: any free one.</summary>
    public int ClusterPort { get; init; }

    /// <summary>Address to listen on where it is not <see cref="ClusterHost"/> itself (behind NAT, in containers); null: the same.</summary>
    public string? BindHost { get; init; }

    /// <summary>Makes the calls that customers ask for; null: none are made.</summary>
    public IWebhookSender? Webhooks { get; init; }

    /// <summary>How long rows are kept that no film needs.</summary>
    public Retention Retention { get; init; } = Retention.Default;

    /// <summary>Comes before the profile's own configuration; null for none.</summary>
    public Config? Overrides { get; init; }
}

/// <summary>Why a server is no longer one.</summary>
internal enum ServerEnd
{
    /// <summary>It was told to stop, and left in order.</summary>
    Stopped,

    /// <summary>It lost a split, or could not be sure of having won it. Start again: it joins those that went on.</summary>
    Downed,

    /// <summary>The others removed it while it slept or was cut off. Start again.</summary>
    Removed,

    /// <summary>Its certificate is about to end, and it left in order. Start again for a new one.</summary>
    RenewalDue,
}
