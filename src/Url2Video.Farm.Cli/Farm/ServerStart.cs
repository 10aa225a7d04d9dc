using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using Url2Video.Farm.Cluster.Store;
using Url2Video.Farm.Core;
using Url2Video.Farm.Core.Settings;

namespace Url2Video.Farm.Cli.Farm;

/// <summary>What a server is started with, judged.</summary>
/// <param name="DataDir">The server's own folder.</param>
/// <param name="PublicUrl">Where clients and nodes reach this server.</param>
internal sealed record ServerStart(StoreUrl Store, string DataDir, ImmutableArray<string> Listen, Uri PublicUrl)
{
    /// <summary>Folder of the artifacts; another than <c>DataDir/artifacts</c> where servers share one.</summary>
    public required string ArtifactDir { get; init; }

    /// <summary>Name or address under which the other servers reach this one.</summary>
    public required string ClusterHost { get; init; }

    /// <summary>0: any.</summary>
    public int ClusterPort { get; init; }

    /// <summary>On how many servers an artifact lies before it counts as stored, 1 or 2.</summary>
    public int Copies { get; init; } = 1;

    /// <summary>PEM files of the https certificate and its key; null: one of the farm's own authority.</summary>
    public (string Certificate, string Key)? Tls { get; init; }

    /// <summary>Where the first administrator's key is written; null: <c>admin.key</c> in the data folder.</summary>
    public string? AdminKeyOut { get; init; }

    /// <summary>Where a join token for nodes is written at each start; null: nowhere.</summary>
    public string? JoinTokenOut { get; init; }

    public bool AllowPrivateAddresses { get; init; }

    /// <summary>Of one key, on this server.</summary>
    public int KeyRequestsPerHour { get; init; } = Limits.KeyRequestsPerHourMax;

    public Retention Retention { get; init; } = Retention.Default;

    public LogLevel LogLevel { get; init; } = LogLevel.Information;
}
