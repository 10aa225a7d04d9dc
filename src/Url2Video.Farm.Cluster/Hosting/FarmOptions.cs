using Microsoft.Extensions.Logging;

namespace Url2Video.Farm.Cluster.Hosting;

/// <summary>Settings of the embedded farm: server and node in one process, everything in one folder.</summary>
public sealed record FarmOptions
{
    /// <summary>Journal, artifacts, results and scratch lie here; one process at a time may use it.</summary>
    public required string DataDir { get; init; }

    /// <summary>Jobs worked at the same time, 1..<see cref="Core.Limits.SlotsPerNodeMax"/>. Default: one per core.</summary>
    public int Workers { get; init; } = Environment.ProcessorCount;

    /// <summary>What the node can do, as stable words (<c>voice:flite</c>), matched against the needs of jobs.</summary>
    public IReadOnlyCollection<string> Capabilities { get; init; } = [];

    /// <summary>Lowest level that reaches <c>farm.log</c> in the data folder. Default: information.</summary>
    public LogLevel LogLevel { get; init; } = LogLevel.Information;

    /// <summary>Also gets every log line when set; the console stays quiet otherwise.</summary>
    public ILoggerFactory? Logging { get; init; }

    /// <summary>Clock for decisions and deadlines of the farm. Default: the system's.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;
}
