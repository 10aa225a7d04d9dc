using System.Collections.Immutable;
using Microsoft.Extensions.Logging;

namespace Url2Video.Farm.Node.Joining;

/// <summary>What a node process is started with.</summary>
public sealed record NodeHostOptions
{
    /// <summary>URL of any server, or of a load balancer before them.</summary>
    public required string Server { get; init; }

    /// <summary>Needed the first time; a restart finds the credential in <see cref="DataDir"/>.</summary>
    public string? Token { get; init; }

    /// <summary>Unique in the farm, see <see cref="Core.Nodes.NodeNames"/>. Only heard when the node enrols.</summary>
    public required string Name { get; init; }

    /// <summary>Jobs worked at the same time, 1..<see cref="Core.Limits.SlotsPerNodeMax"/>.</summary>
    public int Workers { get; init; } = Environment.ProcessorCount;

    /// <summary>Credential, artifacts, results, kept reports and scratch; one process at a time may use it.</summary>
    public required string DataDir { get; init; }

    /// <summary>What the node can do, as stable words.</summary>
    public IReadOnlyCollection<string> Capabilities { get; init; } = [];

    /// <summary>JSON of what was measured.</summary>
    public string Facts { get; init; } = "{}";

    /// <summary>Speak http to servers that are not on this machine.</summary>
    public bool InsecureHttp { get; init; }

    /// <summary>Give up when no server answers the first time, instead of trying again.</summary>
    public bool JoinOnce { get; init; }

    /// <summary>Told, in one line, why the node is not in yet.</summary>
    public Action<string> Waiting { get; init; } = static _ => { };

    /// <summary>What is kept of the farm's files beyond what is in use.</summary>
    public long CacheBytesMax { get; init; } = Core.Limits.NodeCacheBytesDefault;

    public string Version { get; init; } = typeof(NodeHostOptions).Assembly.GetName().Version!.ToString(3);

    public LogLevel LogLevel { get; init; } = LogLevel.Information;

    /// <summary>Also gets every log line when set.</summary>
    public ILoggerFactory? Logging { get; init; }

    public TimeProvider Clock { get; init; } = TimeProvider.System;
}
