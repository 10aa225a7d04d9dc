using Akka.Actor;
using Url2Video.Farm.Cluster.Artifacts;
using Url2Video.Farm.Cluster.Store;
using Url2Video.Farm.Core;
using Url2Video.Farm.Core.Projects;

namespace Url2Video.Farm.Cluster.Projects;

/// <summary>What a project needs of its surroundings.</summary>
/// <param name="HeldGrace">How long a job that a node may still hold from an earlier life of its project waits before it is offered.</param>
internal sealed record ProjectParts(
    IPlanning Planning,
    IActorRef Dispatcher,
    ArtifactStore Artifacts,
    TimeProvider Clock,
    Func<ProjectId, TimeSpan> HeldGrace)
{
    /// <summary>
    /// What every node that can ever come has together; null when any node may still come. A job that needs more would wait for ever.
    /// </summary>
    public IReadOnlySet<string>? CapabilitiesOfAll { get; init; }

    /// <summary>Where films without a folder of their own are published; null in a farm that has none.</summary>
    public FarmDatabase? Database { get; init; }

    /// <summary>Where calls to customers' addresses are made; null in a farm that makes none.</summary>
    public IActorRef? Webhooks { get; init; }

    /// <summary>Null where the nodes keep results for the farm.</summary>
    public ResultKeeper? Keeper { get; init; }

    public Rejections Rejections { get; } = new();
}

/// <summary>
/// In a process that is server and node at once, no node can hold anything from before the process: only the second and later
/// lives of a project within it need to wait for a heartbeat.
/// </summary>
internal sealed class EmbeddedGrace
{
    private readonly HashSet<ProjectId> _lived = [];
    private readonly Lock _gate = new();

    /// <summary>Called once per life.</summary>
    public TimeSpan Of(ProjectId project)
    {
        lock (_gate)
        {
            return _lived.Add(project) ? TimeSpan.Zero : TimeSpan.FromSeconds(Limits.HeartbeatSeconds + 1);
        }
    }
}
