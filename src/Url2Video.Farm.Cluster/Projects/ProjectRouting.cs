using Akka.Cluster.Sharding;
using Url2Video.Farm.Cluster.Protocol;

namespace Url2Video.Farm.Cluster.Projects;

/// <summary>Project id → entity → shard. The hash is Akka's Murmur3, the same in every process.</summary>
internal sealed class ProjectRouting(int shards) : HashCodeMessageExtractor(shards)
{
    public override string EntityId(object message) => message is IForProject to ? to.To.Value : null!;

    public override object EntityMessage(object message) => message;
}
